-- What both forms of the six rules share. A day is its first and last: a date that is written as a month or a year is one
-- unknown day of it. $file and $threads are filled in by duckdb.mjs.
SET threads = $threads;
SET preserve_insertion_order = false;

CREATE MACRO first_day(t) AS
    CAST(CASE length(t) WHEN 10 THEN t WHEN 7 THEN t || '-01' ELSE t || '-01-01' END AS DATE);
CREATE MACRO last_written(t) AS
    CAST(CASE length(t) WHEN 10 THEN t WHEN 7 THEN t || '-01' ELSE t || '-12-31' END AS DATE);
CREATE MACRO last_day_of(t) AS
    CASE WHEN length(t) = 7 THEN last_day(last_written(t)) ELSE last_written(t) END;
-- 2: certainly more than so many days before; 1: possibly; 0: not; NULL where nothing is stated.
CREATE MACRO before(a_first, a_last, b_first, b_last, d) AS
    CASE WHEN a_last + d < b_first THEN 2 WHEN a_first + d < b_last THEN 1 ELSE 0 END;

-- Only what the rules read is parsed into columns.
CREATE VIEW records AS
SELECT * FROM read_json('$file', format = 'newline_delimited', columns = {
    charges: 'STRUCT(id VARCHAR, in_force VARCHAR, act VARCHAR)[]',
    detention: 'STRUCT(charge VARCHAR, "from" VARCHAR, "to" VARCHAR)[]',
    hearings: 'STRUCT(held VARCHAR)[]',
    judgment: 'STRUCT(given VARCHAR, served VARCHAR)',
    appeal: 'STRUCT(filed VARCHAR)',
    sentence: 'STRUCT("from" VARCHAR, months INTEGER, credit_days INTEGER, released VARCHAR)'
});
