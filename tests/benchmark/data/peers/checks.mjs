// The six rules of pack.yaml, written by hand for Node: checks.mjs FILE (`-`: standard input)
import {appealTerm, before, Counts, end, longestDetention, window} from './calendar.mjs';
import {lines} from './lines.mjs';

const counts = new Counts();

function check(record) {
    const acts = new Map();
    for (const charge of record.charges) {
        const act = window(charge.act);
        acts.set(charge.id, act);
        counts.add(0, before(act, window(charge.in_force), 0));
    }
    for (const detention of record.detention) {
        const from = window(detention.from);
        counts.add(1, before(from, acts.get(detention.charge), 0));
        counts.add(2, before(from, window(detention.to), longestDetention));
    }
    const given = window(record.judgment.given);
    for (const hearing of record.hearings)
        counts.add(3, before(given, window(hearing.held), 0));
    if (record.appeal)
        counts.add(4, before(window(record.judgment.served), window(record.appeal.filed), appealTerm));
    const sentence = record.sentence;
    if (sentence) {
        const released = window(sentence.released);
        counts.add(5, before(released, end(sentence.from, sentence.months, sentence.credit_days), 0));
    }
    ++counts.records;
}

for (const line of lines(process.argv[2])) check(JSON.parse(line));
console.log(counts.toString());
