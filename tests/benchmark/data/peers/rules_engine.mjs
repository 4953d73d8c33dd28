// The six rules of pack.yaml for json-rules-engine: rules_engine.mjs MODULES FILE
// The engine knows neither days nor lists. Days become first and last before it sees them, and it is run for each item of
// a list. Each rule stands twice, once for each verdict.
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {appealTerm, Counts, end, longestDetention, rules, window} from './calendar.mjs';
import {lines} from './lines.mjs';

const [modules, file] = process.argv.slice(2);
const {Engine} = createRequire(join(modules, 'package.json'))('json-rules-engine');

// Of each [rule, a, b]: a finding where a is before b.
function engine(...all) {
    const made = new Engine([], {allowUndefinedFacts: true});
    made.addOperator('certainlyBefore', (a, b) => Boolean(a && b) && a.last < b.first);
    made.addOperator('possiblyBefore',
        (a, b) => Boolean(a && b) && a.last >= b.first && a.first < b.last);
    for (const [rule, fact, other] of all) {
        for (const [operator, verdict] of [['certainlyBefore', 2], ['possiblyBefore', 1]]) {
            made.addRule({
                conditions: {all: [{fact, operator, value: {fact: other}}]},
                event: {type: rules[rule], params: {rule, verdict}},
            });
        }
    }
    return made;
}

const ofCharges = engine([0, 'act', 'inForce']);
const ofDetentions = engine([1, 'from', 'act'], [2, 'latest', 'to']);
const ofHearings = engine([3, 'given', 'held']);
const ofRecords = engine([4, 'lastDay', 'filed'], [5, 'released', 'end']);
const counts = new Counts();

function later(w, days) {
    return w === null ? null : {first: w.first + days, last: w.last + days};
}

async function judge(made, facts) {
    for (const {params} of (await made.run(facts)).events) counts.add(params.rule, params.verdict);
}

async function check(record) {
    const acts = new Map();
    for (const charge of record.charges) {
        const act = window(charge.act);
        acts.set(charge.id, act);
        await judge(ofCharges, {act, inForce: window(charge.in_force)});
    }
    for (const detention of record.detention) {
        const from = window(detention.from);
        const latest = later(from, longestDetention);
        await judge(ofDetentions, {from, latest, to: window(detention.to), act: acts.get(detention.charge)});
    }
    const given = window(record.judgment.given);
    for (const hearing of record.hearings) await judge(ofHearings, {given, held: window(hearing.held)});
    const s = record.sentence;
    await judge(ofRecords, {
        lastDay: later(window(record.judgment.served), appealTerm),
        filed: window(record.appeal?.filed),
        released: window(s?.released),
        end: s ? end(s.from, s.months, s.credit_days) : null,
    });
    ++counts.records;
}

for (const line of lines(file)) await check(JSON.parse(line));
console.log(counts.toString());
