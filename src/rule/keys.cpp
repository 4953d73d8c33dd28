#include "rule/keys.hpp"

namespace antinomy::rule {

using text::Keys;

const Keys& top_keys() {
    static const Keys keys{
        {"pack", "what the pack is"},
        {"vocabulary", "types of records and their fields, by name"},
        {"policies", "numbers and ways of counting that a desk chooses"},
        {"define", "named conditions and values, called as `name(x)`"},
        {"calendars", "calendars of working days, by name"},
        {"override", "rules of packs that this one extends, turned off or weighed otherwise"},
        {"exceptions", "exceptions that hold for several rules at once"},
        {"rules", "what must hold"}};
    return keys;
}

const Keys& pack_keys() {
    static const Keys keys{
        {"id", "the name of the pack"},
        {"title", "what the pack is about"},
        {"version", "the pack's own version"},
        {"verified_on", "the day on which its law was last looked up"},
        {"extends", "packs that this one builds on: its word counts above theirs"}};
    return keys;
}

const Keys& extends_keys() {
    static const Keys keys{{"pack", "its id"}, {"file", "where it is, from this pack"}};
    return keys;
}

const Keys& override_keys() {
    static const Keys keys{{"severity", "how much a finding weighs, or `off`: not judged at all"},
                           {"because", "why, in words"}};
    return keys;
}

const Keys& policy_keys() {
    static const Keys keys{{"value", "the number, the term (10 days), or the way of counting"},
                           {"values", "of law: its values, each with its days and its basis"},
                           {"about", "what it decides"}};
    return keys;
}

const Keys& define_keys() {
    static const Keys keys{{"given", "the parameters and their types: {e: event, d: date}"},
                           {"is", "the condition, or the value"},
                           {"cases", "the value by cases, the first that holds"}};
    return keys;
}

const Keys& among_keys() {
    static const Keys keys{
        {"name", "what conditions call the amounts of all that is alike: `peers`"},
        {"alike", "the values that all of a group have in common: [s.norm, s.kind]"},
        {"value", "the amount that is compared: a number or a duration"},
        {"at_least", "fewer than so many are no group to compare with: a gap"}};
    return keys;
}

const Keys& define_case_keys() {
    static const Keys keys{{"when", "the condition"}, {"is", "the value where it holds"}};
    return keys;
}

const Keys& rule_keys() {
    static const Keys keys{
        {"id", "stands in reports, in `expect` and in `suppress`; never rename it"},
        {"aliases", "ids that the rule had before"},
        {"group", "names under which exceptions speak of several rules at once"},
        {"mandatory", "yes: no case may suppress it, no other pack turn it off or weigh it less"},
        {"over", "rules that this one ranks above: where it applies, they do not"},
        {"title", "what is the matter, in one line"},
        {"kind", "fact: what cannot be. law: what must not be"},
        {"severity", "how much a finding weighs"},
        {"about", "what the rule is about"},
        {"reaches", "what an error takes away if it stands"},
        {"presumption", "yes: what usually holds"},
        {"between", "the two sides that are compared: [one, other], or {sources: [one, other]}"},
        {"for", "the bindings, in order; a later one may use an earlier one"},
        {"at", "the binding that the finding is about; the first, if not said"},
        {"among", "what is compared over the whole data set: a name, what is alike, the amount"},
        {"where", "the scope: where it is false, the rule does not apply"},
        {"require", "what must hold"},
        {"unless", "the exceptions"},
        {"burden", "who has to prove it"},
        {"message", "what a certain finding says: text with {x.field}, {days(a, b)}, {word(x)}"},
        {"possible", "what a possible finding says; without it the message serves both"},
        {"help", "what to find out, or what may be behind it"},
        {"basis", "what the rule rests on"},
        {"tests", "examples: one that violates and one that passes, at least"},
        {"survives", "changes of the rule that no example can notice, each with the reason"}};
    return keys;
}

const Keys& over_keys() {
    static const Keys keys{{"rule", "the id of the rule that ranks lower"},
                           {"by", "why this one ranks above it"}};
    return keys;
}

const Keys& group_exception_keys() {
    static const Keys keys{{"to", "the groups and rules that it is an exception to"},
                           {"given", "what it speaks of, and of which types: {e: evidence}"},
                           {"when", "the condition under which these rules do not hold"},
                           {"because", "why, in words"},
                           {"unless", "exceptions of the exception"}};
    return keys;
}

const Keys& dated_keys() {
    static const Keys keys{{"from", "the first day on which it holds; without it, ever before"},
                           {"to", "the last day on which it holds; without it, to this day"},
                           {"value", "the number, or the term: 10, 10 days"},
                           {"basis", "the law that says so"}};
    return keys;
}

const Keys& between_keys() {
    static const Keys keys{{"accounts", "two accounts of one case"},
                           {"sources", "two sources of one account"}};
    return keys;
}

const Keys& exception_keys() {
    static const Keys keys{{"when", "the condition under which the rule does not hold"},
                           {"because", "why, in words"},
                           {"unless", "exceptions of the exception"}};
    return keys;
}

const Keys& citation_keys() {
    static const Keys keys{
        {"cite", "the provision, or the publication"},
        {"note", "what is to be said of it"},
        {"forum", "of the law of one jurisdiction: not cited in a case of another"},
        {"status", "has anybody looked it up?"}};
    return keys;
}

const Keys& survivor_keys() {
    static const Keys keys{{"change", "as `test --mutate` prints it: before -> after"},
                           {"because", "why no example can tell the two apart"}};
    return keys;
}

const Keys& example_keys() {
    static const Keys keys{{"name", "what is the case, in one line"},
                           {"case", "the records of the example, as in a case file"},
                           {"expect", "what the rule finds there; []: nothing"}};
    return keys;
}

const Keys& expected_keys() {
    static const Keys keys{{"at", "a record, or a field of it; without it, anywhere"},
                           {"verdict", "what is found; `certain` if not said"},
                           {"accounts", "exactly the accounts in whose view it holds"}};
    return keys;
}

const Keys& kinds() {
    static const Keys words{{"fact", "what cannot be; it may date what is not dated"},
                            {"law", "what must not be; it never moves a date"}};
    return words;
}

const Keys& severities() {
    static const Keys words{{"error", "makes `check` end with 1"},
                            {"warning", "to be explained"},
                            {"review", "to be looked at"},
                            {"info", "to be known"}};
    return words;
}

const Keys& abouts() {
    static const Keys words{{"charge", "a charge"},
                            {"proceeding", "the proceeding"},
                            {"exhibit", "an item of evidence"},
                            {"source", "a source"},
                            {"record", "any other record"}};
    return words;
}

const Keys& reaches() {
    static const Keys words{{"exhibit", "an item of evidence"},
                            {"element", "an element of the offence"},
                            {"charge", "the charge"},
                            {"record", "a record"}};
    return words;
}

const Keys& ranks() {
    static const Keys words{{"lex-superior", "a higher source of law"},
                            {"lex-specialis", "the more special rule"},
                            {"lex-posterior", "the later rule"}};
    return words;
}

const Keys& statuses() {
    static const Keys words{{"unverified", "cited from memory or from others"},
                            {"verified", "looked up"}};
    return words;
}

}  // namespace antinomy::rule
