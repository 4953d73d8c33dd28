// Runs duckdb_days.sql and what follows it: duckdb.mjs MODULES pass|queries FILE [THREADS]
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const [modules, form, file, threads = '1'] = process.argv.slice(2);
const {DuckDBInstance} = createRequire(join(modules, 'package.json'))('@duckdb/node-api');
const read = name => readFileSync(new URL(name, import.meta.url), 'utf8').replace(/--.*$/gm, '');
const sql = (read('duckdb_days.sql') + read(`duckdb_${form}.sql`))
    .replaceAll('$file', () => file.replaceAll("'", "''"))
    .replaceAll('$threads', () => String(Number(threads)));
const connection = await (await DuckDBInstance.create(':memory:')).connect();
let last = null;
for (const statement of sql.split(';'))
    if (statement.trim()) last = await connection.runAndReadAll(statement);
const row = last.getRowObjects()[0];
const findings = {};
for (const [name, value] of Object.entries(row)) {
    const [rule, verdict] = name.split(' ');
    if (verdict) (findings[rule] ??= {})[verdict] = Number(value);
}
console.log(JSON.stringify({records: Number(row.records), findings}));
