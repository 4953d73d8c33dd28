#include "data/keys.hpp"

namespace antinomy::data {

const text::Keys& map_keys() {
    static const text::Keys keys{
        {"id", "its name, for reports"},
        {"title", "what the data are"},
        {"reads", "the form of the data: json, jsonl, csv, tsv or yaml"},
        {"records", "where in a file the list of records is (json, yaml): `$.officials`"},
        {"packs", "rule packs to use, relative to the map"},
        {"shipped", "no: without the packs that come with the program"},
        {"table", "how a csv or tsv file is written"},
        {"nulls", "spellings of nothing, beside the empty text"},
        {"dates", "formats of dates: `%d.%m.%Y`, `edtf`"},
        {"decimal", "the sign between a whole number and its fraction, if it is no point"},
        {"grouping", "the sign between groups of three digits"},
        {"limits", "rules that may find fault with so many records before a run fails"},
    };
    return keys;
}

const text::Keys& table_keys() {
    static const text::Keys keys{
        {"separator", "the character between cells; a comma (csv) or a tab (tsv) if not said"},
        {"quotes", "no: a quote is text like any other"},
        {"header", "no: the first row is a record; then say `columns`"},
        {"columns", "names of the columns, where no header has them"},
        {"skip", "lines before the header"},
    };
    return keys;
}

const text::Keys& template_keys() {
    static const text::Keys keys{
        {"each", "a list in the data: a record of each of its items"},
        {"named", "where the data give the record's name"},
    };
    return keys;
}

const text::Keys& value_keys() {
    static const text::Keys keys{
        {"path", "where the value is in the data"},
        {"value", "a constant"},
        {"from", "of a period: where its begin is"},
        {"to", "of a period: where its end is"},
        {"dates", "formats of this date, instead of those of `map:`"},
        {"nulls", "spellings of nothing here, instead of those of `map:`"},
        {"decimal", "as in `map:`"},
        {"grouping", "as in `map:`"},
        {"unit",
         "of a duration that is a number alone: days, weeks, months, years, hours, minutes"},
        {"words", "what a word of the data means: {Freispruch: acquittal}"},
        {"split", "what parts the items of a list that is one text"},
        {"required", "yes: a record without it cannot be checked, and is named"},
    };
    return keys;
}

const text::Keys& meta_keys() {
    static const text::Keys keys{
        {"by", "the account that says so"},
        {"source", "the source that it stands in"},
        {"speaker", "the person whose words they are"},
        {"quote", "the words themselves"},
        {"state", "unchallenged, conceded, withdrawn or proposed"},
        {"zone", "the time zone of a date"},
        {"calendar", "the calendar of a date"},
        {"closed", "yes: this list is whole"},
    };
    return keys;
}

const text::Keys& test_keys() {
    static const text::Keys keys{
        {"name", "what it shows"},
        {"record", "a record as the data have it"},
        {"expect", "what is found in it, as in a case; []: nothing"},
        {"refused", "the code of the error that it must have instead"},
    };
    return keys;
}

const text::Keys& formats() {
    static const text::Keys keys{
        {"json", "a list of records, or one record a file"},
        {"jsonl", "JSON Lines: a record a line"},
        {"csv", "a table with commas, or another separator"},
        {"tsv", "a table with tabs"},
        {"yaml", "documents of records, or one with a list of them"},
    };
    return keys;
}

const text::Keys& units() {
    static const text::Keys keys{{"days", ""},  {"weeks", ""}, {"months", ""},
                                 {"years", ""}, {"hours", ""}, {"minutes", ""}};
    return keys;
}

}  // namespace antinomy::data
