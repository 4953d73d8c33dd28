#include "data/keys.hpp"

namespace antinomy::data {

const text::Keys& map_keys() {
    static const text::Keys keys{
        {"id", "its name, for reports"},
        {"title", "what the data are"},
        {"one_case", "what becomes one case: record (if not said), file or key"},
        {"key", "with `one_case: key`: what records of one case have in common: `$.case_id`"},
        {"parts", "kinds of files, by name: of each its form, its files, its key"},
        {"reads", "the form of the data: json, jsonl, csv, tsv or yaml"},
        {"files", "names of the files: `hearings*.csv`; if not said, those with the suffix"},
        {"records", "where in a file the list of records is (json, yaml): `$.officials`"},
        {"packs", "rule packs to use, relative to the map"},
        {"shipped", "no: without the packs that come with the program"},
        {"table", "how a csv or tsv file is written"},
        {"nulls", "spellings of nothing, beside the empty text"},
        {"dates", "formats of dates: `%d.%m.%Y`, `edtf`"},
        {"century", "the first of the hundred years that `%y` means: 1950 for 1950 to 2049"},
        {"unknown", "what stands for a digit of a date that is not known, once for each: `?`"},
        {"marks", "signs before or behind a date, with their meaning: {\"<\": before}"},
        {"decimal", "the sign between a whole number and its fraction, if it is no point"},
        {"grouping", "the sign between groups of three digits"},
        {"limits", "rules that may find fault with so many records before a run fails"},
    };
    return keys;
}

const text::Keys& part_keys() {
    static const text::Keys keys = [] {
        text::Keys out;
        for (const auto& k : map_keys())
            for (const std::string_view name : {"key", "reads", "files", "records", "table",
                                                "nulls", "dates", "decimal", "grouping"})
                if (k.name == name) out.push_back(k);
        return out;
    }();
    return keys;
}

const text::Keys& cases_of() {
    static const text::Keys keys{
        {"record", "each record is a case"},
        {"file", "the records of a file are one case"},
        {"key", "records with one key are one case, whatever files they come from"},
    };
    return keys;
}

const text::Keys& mark_words() {
    static const text::Keys keys{
        {"exact", "that day"},
        {"about", "about that day"},
        {"doubtful", "that day, and somebody doubts it"},
        {"before", "before that day"},
        {"after", "after it"},
        {"not before", "that day or after it"},
        {"not after", "that day or before it"},
        {"between", "some day from that one to another"},
        {"nothing", "no day is stated"},
    };
    return keys;
}

const text::Keys& table_keys() {
    static const text::Keys keys{
        {"separator", "the character between cells; a comma (csv) or a tab (tsv) if not said"},
        {"quotes", "no: a quote is text like any other"},
        {"header", "no: the first row is a record; then say `columns`"},
        {"columns", "names of the columns, where no header has them"},
        {"optional", "columns that the map asks for, and that may be missing"},
        {"skip", "lines before the header"},
    };
    return keys;
}

const text::Keys& template_keys() {
    static const text::Keys keys{
        {"each",
         "a list in the data: a record of each of its items; of a list in one text `{path: "
         "..., split: \";\"}`"},
        {"named", "where the data give the record's name"},
        {"part", "of which of the `parts` of the map it is made"},
    };
    return keys;
}

const text::Keys& value_keys() {
    static const text::Keys keys{
        {"path", "where the value is in the data"},
        {"value", "a constant"},
        {"from", "of a period: where its begin is"},
        {"to", "of a period: where its end is; of a date between two: where the other is"},
        {"dates", "formats of this date, instead of those of `map:`"},
        {"century", "as in `map:`"},
        {"unknown", "as in `map:`"},
        {"marks", "as in `map:`"},
        {"mark", "where the sign of this date is, if it is not beside it"},
        {"pending", "words of a date that has not come, with what it waits for: {open: appeal}"},
        {"as_of", "of a date that has not come: the day on which it had not"},
        {"nulls", "spellings of nothing here, instead of those of `map:`"},
        {"decimal", "as in `map:`"},
        {"grouping", "as in `map:`"},
        {"unit",
         "of a duration that is a number alone: days, weeks, months, years, hours, minutes"},
        {"words", "what a word of the data means: {Freispruch: acquittal}"},
        {"split", "what parts the items of a list that is one text"},
        {"first_of", "a date that may be two, parted by this: takes the first"},
        {"last_of", "a date that may be two, parted by this: takes the last, if there are two"},
        {"first",
         "yes: where several records of the data make one, the first of them that says it"},
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
        {"records", "several of one case: a list, or a list for each part"},
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
