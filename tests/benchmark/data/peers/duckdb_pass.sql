-- The six rules of pack.yaml for DuckDB, tuned: the data are read once, each record becomes the verdicts of its rules, and
-- these are summed.
CREATE MACRO verdicts(list) AS {
    certain: len(list_filter(list, lambda v: v = 2)),
    possible: len(list_filter(list, lambda v: v = 1))
};

WITH judged AS (
    SELECT
        [before(first_day(c.act), last_day_of(c.act), first_day(c.in_force), last_day_of(c.in_force), 0)
            for c in charges] AS act_before_norm,
        [before(first_day(d."from"), last_day_of(d."from"),
                first_day(list_filter(charges, lambda c: c.id = d.charge)[1].act),
                last_day_of(list_filter(charges, lambda c: c.id = d.charge)[1].act), 0)
            for d in detention] AS held_before_act,
        [before(first_day(d."from"), last_day_of(d."from"), first_day(d."to"), last_day_of(d."to"), 180)
            for d in detention] AS detention_too_long,
        [before(first_day(judgment.given), last_day_of(judgment.given), first_day(h.held), last_day_of(h.held), 0)
            for h in hearings] AS heard_after_judgment,
        before(first_day(judgment.served), last_day_of(judgment.served),
               first_day(appeal.filed), last_day_of(appeal.filed), 30) AS appeal_too_late,
        before(first_day(sentence.released), last_day_of(sentence.released),
               CAST(first_day(sentence."from") + to_months(sentence.months) AS DATE) - sentence.credit_days,
               CAST(last_day_of(sentence."from") + to_months(sentence.months) AS DATE) - sentence.credit_days,
               0) AS released_too_early
    FROM records
)
SELECT
    count(*) AS records,
    sum(verdicts(act_before_norm).certain) AS "act-before-norm certain",
    sum(verdicts(act_before_norm).possible) AS "act-before-norm possible",
    sum(verdicts(held_before_act).certain) AS "held-before-act certain",
    sum(verdicts(held_before_act).possible) AS "held-before-act possible",
    sum(verdicts(detention_too_long).certain) AS "detention-too-long certain",
    sum(verdicts(detention_too_long).possible) AS "detention-too-long possible",
    sum(verdicts(heard_after_judgment).certain) AS "heard-after-judgment certain",
    sum(verdicts(heard_after_judgment).possible) AS "heard-after-judgment possible",
    count(*) FILTER (appeal_too_late = 2) AS "appeal-too-late certain",
    count(*) FILTER (appeal_too_late = 1) AS "appeal-too-late possible",
    count(*) FILTER (released_too_early = 2) AS "released-too-early certain",
    count(*) FILTER (released_too_early = 1) AS "released-too-early possible"
FROM judged;
