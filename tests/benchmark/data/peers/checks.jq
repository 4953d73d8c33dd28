# The six rules of pack.yaml for jq: jq -n -c -f checks.jq FILE
# Days are counted from 1970-01-01 (Hinnant, chrono-compatible low-level date algorithms).
def number($y; $m; $d):
    (if $m <= 2 then $y - 1 else $y end) as $y
    | ($y / 400 | floor) as $era
    | ($y - $era * 400) as $of_era
    | (((153 * ($m + (if $m > 2 then -3 else 9 end)) + 2) / 5 | floor) + $d - 1) as $of_year
    | $era * 146097 + $of_era * 365 + ($of_era / 4 | floor) - ($of_era / 100 | floor) + $of_year - 719468;

def length_of($y; $m):
    if $m == 2 and (($y % 4 == 0 and $y % 100 != 0) or $y % 400 == 0) then 29
    else [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][$m - 1] end;

# First and last day that may be meant, each as [year, month, day].
def ends:
    [.[0:4], .[5:7], .[8:10] | select(. != "") | tonumber] as $p
    | ($p[1] // 12) as $m
    | [[$p[0], $p[1] // 1, $p[2] // 1], [$p[0], $m, $p[2] // length_of($p[0]; $m)]];

def window: if . == null then null else ends | map(number(.[0]; .[1]; .[2])) end;

def months_after($months):
    (.[0] * 12 + .[1] - 1 + $months) as $all
    | ($all / 12 | floor) as $y
    | ($all % 12 + 1) as $m
    | number($y; $m; [.[2], length_of($y; $m)] | min);

# A finding where a is more than so many days before b.
def before($rule; $a; $b; $days):
    if $a == null or $b == null then empty
    elif $a[1] + $days < $b[0] then [$rule, "certain"]
    elif $a[0] + $days < $b[1] then [$rule, "possible"]
    else empty end;

def findings:
    (reduce .charges[] as $c ({}; .[$c.id] = ($c.act | window))) as $acts
    | (.judgment.given | window) as $given
    | (.charges[] | before("act-before-norm"; $acts[.id]; .in_force | window; 0)),
      (.detention[]
          | (.from | window) as $from
          | before("held-before-act"; $from; $acts[.charge]; 0),
            before("detention-too-long"; $from; .to | window; 180)),
      (.hearings[] | before("heard-after-judgment"; $given; .held | window; 0)),
      (if .appeal then before("appeal-too-late"; .judgment.served | window; .appeal.filed | window; 30)
       else empty end),
      (.sentence
          | if . then
                . as $s
                | before("released-too-early"; .released | window;
                         .from | ends | map(months_after($s.months) - $s.credit_days); 0)
            else empty end);

reduce inputs as $record (
    {records: 0,
     findings: (["act-before-norm", "held-before-act", "detention-too-long", "heard-after-judgment",
                 "appeal-too-late", "released-too-early"]
                | map({key: ., value: {certain: 0, possible: 0}}) | from_entries)};
    .records += 1
    | reduce ($record | findings) as $f (.; .findings[$f[0]][$f[1]] += 1))
