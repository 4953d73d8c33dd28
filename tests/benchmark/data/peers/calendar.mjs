// Days as the peers in JavaScript count them: days since 1970-01-01.

// Hinnant, chrono-compatible low-level date algorithms.
export function number(year, month, day) {
    const y = month <= 2 ? year - 1 : year;
    const era = Math.floor(y / 400);
    const ofEra = y - era * 400;
    const ofYear = ((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 | 0) + day - 1;
    return era * 146097 + ofEra * 365 + (ofEra >> 2) - (ofEra / 100 | 0) + ofYear - 719468;
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export function length(year, month) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    return month === 2 && leap ? 29 : lengths[month - 1];
}

// The number of the digits from one place to another.
function digits(text, from, to) {
    let out = 0;
    for (let i = from; i < to; ++i) out = out * 10 + text.charCodeAt(i) - 48;
    return out;
}

// First and last day that may be meant; null where nothing is stated.
export function window(text) {
    if (text == null) return null;
    const year = digits(text, 0, 4);
    if (text.length === 4) return {first: number(year, 1, 1), last: number(year, 12, 31)};
    const month = digits(text, 5, 7);
    if (text.length === 7)
        return {first: number(year, month, 1), last: number(year, month, length(year, month))};
    const day = number(year, month, digits(text, 8, 10));
    return {first: day, last: day};
}

function monthsAfter(year, month, day, months) {
    const all = year * 12 + month - 1 + months;
    const y = Math.floor(all / 12);
    const m = all % 12 + 1;
    return number(y, m, Math.min(day, length(y, m)));
}

// First and last day of the end of a term that begins on such a date, less what is credited.
export function end(text, months, credit) {
    const year = digits(text, 0, 4);
    const month = text.length > 4 ? digits(text, 5, 7) : 0;
    const from = text.length > 7 ? digits(text, 8, 10) : 1;
    const to = text.length > 7 ? from : length(year, month || 12);
    return {
        first: monthsAfter(year, month || 1, from, months) - credit,
        last: monthsAfter(year, month || 12, to, months) - credit,
    };
}

// 2: certain, 1: possible, 0: none; a is more than so many days before b.
export function before(a, b, days) {
    if (a === null || b === null) return 0;
    if (a.last + days < b.first) return 2;
    return a.first + days < b.last ? 1 : 0;
}

export const longestDetention = 180;
export const appealTerm = 30;
export const rules = [
    'act-before-norm', 'held-before-act', 'detention-too-long', 'heard-after-judgment',
    'appeal-too-late', 'released-too-early'];

export class Counts {
    constructor() {
        this.records = 0;
        this.certain = rules.map(() => 0);
        this.possible = rules.map(() => 0);
    }
    add(rule, verdict) {
        if (verdict === 2) ++this.certain[rule];
        else if (verdict === 1) ++this.possible[rule];
    }
    toString() {
        const findings = {};
        rules.forEach((rule, r) => {
            findings[rule] = {certain: this.certain[r], possible: this.possible[r]};
        });
        return JSON.stringify({records: this.records, findings});
    }
}
