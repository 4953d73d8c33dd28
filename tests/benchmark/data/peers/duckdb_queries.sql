-- The six rules of pack.yaml for DuckDB, as one would write them: the records are a table, and each rule is a query.
CREATE TABLE cases AS SELECT row_number() OVER () AS id, * FROM records;
CREATE TABLE charges AS SELECT cases.id AS of, c.* FROM cases, unnest(charges) AS u(c);
CREATE TABLE detentions AS SELECT cases.id AS of, d.* FROM cases, unnest(detention) AS u(d);
CREATE TABLE hearings AS SELECT cases.id AS of, h.* FROM cases, unnest(hearings) AS u(h);
CREATE TABLE found (rule VARCHAR, verdict INTEGER);

INSERT INTO found SELECT 'act-before-norm',
    before(first_day(act), last_day_of(act), first_day(in_force), last_day_of(in_force), 0)
FROM charges;

INSERT INTO found SELECT 'held-before-act',
    before(first_day(d."from"), last_day_of(d."from"), first_day(c.act), last_day_of(c.act), 0)
FROM detentions d JOIN charges c ON c.of = d.of AND c.id = d.charge;

INSERT INTO found SELECT 'detention-too-long',
    before(first_day("from"), last_day_of("from"), first_day("to"), last_day_of("to"), 180)
FROM detentions;

INSERT INTO found SELECT 'heard-after-judgment',
    before(first_day(judgment.given), last_day_of(judgment.given), first_day(held), last_day_of(held), 0)
FROM hearings JOIN cases ON cases.id = of;

INSERT INTO found SELECT 'appeal-too-late',
    before(first_day(judgment.served), last_day_of(judgment.served),
           first_day(appeal.filed), last_day_of(appeal.filed), 30)
FROM cases;

INSERT INTO found SELECT 'released-too-early',
    before(first_day(sentence.released), last_day_of(sentence.released),
           CAST(first_day(sentence."from") + to_months(sentence.months) AS DATE) - sentence.credit_days,
           CAST(last_day_of(sentence."from") + to_months(sentence.months) AS DATE) - sentence.credit_days, 0)
FROM cases;

SELECT (SELECT count(*) FROM cases) AS records,
    count(*) FILTER (rule = 'act-before-norm' AND verdict = 2) AS "act-before-norm certain",
    count(*) FILTER (rule = 'act-before-norm' AND verdict = 1) AS "act-before-norm possible",
    count(*) FILTER (rule = 'held-before-act' AND verdict = 2) AS "held-before-act certain",
    count(*) FILTER (rule = 'held-before-act' AND verdict = 1) AS "held-before-act possible",
    count(*) FILTER (rule = 'detention-too-long' AND verdict = 2) AS "detention-too-long certain",
    count(*) FILTER (rule = 'detention-too-long' AND verdict = 1) AS "detention-too-long possible",
    count(*) FILTER (rule = 'heard-after-judgment' AND verdict = 2) AS "heard-after-judgment certain",
    count(*) FILTER (rule = 'heard-after-judgment' AND verdict = 1) AS "heard-after-judgment possible",
    count(*) FILTER (rule = 'appeal-too-late' AND verdict = 2) AS "appeal-too-late certain",
    count(*) FILTER (rule = 'appeal-too-late' AND verdict = 1) AS "appeal-too-late possible",
    count(*) FILTER (rule = 'released-too-early' AND verdict = 2) AS "released-too-early certain",
    count(*) FILTER (rule = 'released-too-early' AND verdict = 1) AS "released-too-early possible"
FROM found;
