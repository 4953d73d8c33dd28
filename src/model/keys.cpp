#include "model/keys.hpp"

namespace antinomy::model {

using text::Keys;

const Keys& file_keys() {
    static const Keys keys{
        {"case", "what the case is: its id, title, place, time zone, packs, policies"},
        {"include", "files with parts of the case, relative to this one"},
        {"accounts", "who tells what happened, by name"},
        {"identity", "two records that may be one"},
        {"order", "what is known of the order without dates: `release before killing`"},
        {"expect", "what the rules find here; `antinomy test` compares"},
        {"suppress", "findings to leave out of the counts, with the reason"}};
    return keys;
}

const Keys& case_keys() {
    static const Keys keys{
        {"id", "stands in reports and fingerprints"},
        {"title", "how reports name the case"},
        {"forum",
         "the jurisdiction, or a list of them; the figures of their law count where there is a "
         "pack of it"},
        {"timezone", "the time zone of dates that name none: `Asia/Dushanbe`"},
        {"complete", "lists of records that are whole: nothing else was there"},
        {"policies", "numbers and ways of counting that differ from those of the packs"},
        {"packs",
         "rule packs beside those that are always there: paths relative to this file, or names of "
         "packs of a forum"},
        {"variant_of", "the id of the case that this one varies"},
        {"working_days", "the calendar that working days are counted by"}};
    return keys;
}

const Keys& account_keys() {
    static const Keys keys{{"title", "how reports name it"},
                           {"role", "whose account it is"},
                           {"adopts", "accounts whose word it holds where it has none of its own"}};
    return keys;
}

const Keys& assertion_keys() {
    static const Keys keys{
        {"value", "what is said"},
        {"pending",
         "instead of `value`, of a date: it has not come, and this is what it waits for"},
        {"as_of", "beside `pending`: the day on which the date had not come"},
        {"by", "the account that says so; without it nobody in particular does"},
        {"source", "where it stands"},
        {"speaker", "the person whose words they are"},
        {"quote", "the words themselves"},
        {"state", "what the other accounts make of it"},
        {"closed", "yes: this list is whole"},
        {"calendar", "the calendar that the date is written in"},
        {"zone", "the time zone of the date: `Asia/Dushanbe`, `+05:00` or `unknown`"}};
    return keys;
}

const Keys& record_keys() {
    static const Keys keys{
        {"by", "the record is there on this account alone, which says all that follows"},
        {"source", "where all of it stands"},
        {"speaker", "the person whose words all of it is"},
        {"quote", "the words themselves"},
        {"state", "what the other accounts make of it"}};
    return keys;
}

const Keys& order_keys() {
    static const Keys keys{{"value", "the line: `a before b before c`, `a not after b`"},
                           {"by", "the account that says so"},
                           {"source", "where it stands"}};
    return keys;
}

const Keys& identity_keys() {
    static const Keys keys{{"value", "are they one?"},
                           {"by", "the account that says so"},
                           {"source", "where it stands"}};
    return keys;
}

const Keys& expect_keys() {
    static const Keys keys{{"rule", "the id of the rule"},
                           {"at", "a record, or a field of it; without it, anywhere"},
                           {"accounts", "exactly the accounts in whose view it holds"},
                           {"verdict", "what is found; `certain` if not said"},
                           {"sources", "the case as if only these sources existed"}};
    return keys;
}

const Keys& suppress_keys() {
    static const Keys keys{
        {"rule", "the id of the rule"},
        {"at", "a record, or a field of it; without it, anywhere"},
        {"accounts", "only findings of exactly these accounts"},
        {"verdict", "`certain`: of certain findings too; without it, of possible ones alone"},
        {"fingerprint", "only the finding of this fingerprint, or of these first digits"},
        {"reason", "why it is left out"},
        {"by", "whose decision that is"},
        {"until", "the last day that it holds"}};
    return keys;
}

const Keys& silenced_verdicts() {
    static const Keys words{{"possible", "of possible findings alone"},
                            {"certain", "of certain ones, and of possible ones"}};
    return words;
}

const Keys& roles() {
    static const Keys words{{"party", "one of the sides"},
                            {"court", "a court"},
                            {"expert", "an expert"},
                            {"witness", "a witness"},
                            {"other", "somebody else"}};
    return words;
}

const Keys& states() {
    static const Keys words{
        {"unchallenged", "one side's word that the others are not known to dispute: in every view"},
        {"conceded", "the account grants it against itself"},
        {"withdrawn", "no longer said: it counts in no view"},
        {"proposed", "not yet anybody's word: it counts in no view"}};
    return words;
}

const Keys& verdicts() {
    static const Keys words{{"certain", "whatever days the statements leave open"},
                            {"possible", "on some of these days"},
                            {"none", "the rule is silent"},
                            {"gap", "a fact that the rule asks for is not stated"}};
    return words;
}

const Keys& calendars() {
    static const Keys words{{"gregorian", "the calendar of today"},
                            {"julian", "the old calendar: in Russia until 31 January 1918"}};
    return words;
}

const Keys& answers() {
    static const Keys words{
        {"yes", "they are one"}, {"no", "they are two"}, {"unknown", "judged both ways"}};
    return words;
}

const Keys& type_keys() {
    static const Keys keys{
        {"plural", "the key under which case files list these records"},
        {"title", "the field that names a record in sentences"},
        {"moment", "what `before x` means of a record: a date field, or the first and the last"},
        {"fields", "the fields, by name"},
        {"always", "what holds by meaning and dates what is not dated: `start not after end`"}};
    return keys;
}

const Keys& field_keys() {
    static const Keys keys{
        {"type", "what the field holds"},
        {"list", "a list of these: of text, or of references to records"},
        {"nested", "records of this type inside the record, by name"},
        {"words", "one of these words"},
        {"lasts", "words whose records last: no end that stands in for one holds for them"},
        {"else", "the field whose value stands in where this one is not stated"}};
    return keys;
}

const Keys& type_words() {
    static const Keys words{{"date", "one day; less precise: a window in which it lies"},
                            {"period", "a start and an end"},
                            {"duration", "a number of days"},
                            {"int", "a whole number"},
                            {"number", "a number"},
                            {"bool", "yes or no"},
                            {"text", "text"}};
    return words;
}

const Keys& calendar_keys() {
    static const Keys keys{
        {"title", "whose calendar it is"},
        {"years", "the first and the last year for which all holidays are here"},
        {"free", "the days of the week that are free; [] if none is"},
        {"holidays", "free days: 01-01 of every year, 2014-07-28, {day: 03-21, last: 03-24}"},
        {"worked", "days that are worked although they are free or a holiday"},
        {"moved_on", "yes: a holiday on a free day of the week makes the next working day free"},
        {"basis", "what the calendar rests on"}};
    return keys;
}

const Keys& holiday_keys() {
    static const Keys keys{{"day", "the day, or the first of several"},
                           {"last", "the last of several"},
                           {"name", "what is celebrated"},
                           {"source", "where it stands"}};
    return keys;
}

const Keys& source_keys() {
    static const Keys keys{{"cite", "the provision, or the publication"},
                           {"note", "what is to be said of it"}};
    return keys;
}

}  // namespace antinomy::model
