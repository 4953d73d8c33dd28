#pragma once
// How a page of a case names things: records by their title, fields in words, accounts and persons
// by name, sources by number. What is not in the case's sheet stands as it was written.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "check/finding.hpp"
#include "html/html.hpp"
#include "page/dossier.hpp"

namespace antinomy::page {

class Words {
public:
    explicit Words(const Dossier&);

    // The record that a path begins with ("evidence.video" of "evidence.video.published"); empty:
    // none of this case.
    [[nodiscard]] std::string record_of(std::string_view path) const;
    // "the video"; a record without a title by its id.
    [[nodiscard]] std::string title(std::string_view path) const;
    // "the video, published"; "the video, same item: no" of a path with a value behind it; of a
    // path with "@defence" behind it "the video, published, as the defence has it".
    [[nodiscard]] std::string point(std::string_view path) const;
    // "the video (published)", within a sentence, or as its first words.
    [[nodiscard]] html::Html dated(std::string_view path, bool first = false) const;
    // A value as it was written, of this path: references by the titles of their records, and what
    // a day is relative to by its name.
    [[nodiscard]] html::Html value(std::string_view path, std::string_view written) const;
    // The same; what is written in signs ("2014-11/..", "[2014, 2015]") in their type.
    [[nodiscard]] html::Html as_written(std::string_view path, std::string_view written) const;
    // The same of several, joined by "or".
    [[nodiscard]] html::Html values(std::string_view path, std::string_view written) const;
    // "the prosecution and the court" of their ids, joined so
    [[nodiscard]] std::string joined(std::string_view ids) const;
    // "the defence"
    [[nodiscard]] std::string account(std::string_view id) const;
    [[nodiscard]] std::string accounts(const std::vector<std::string>& ids) const;
    // "Saymuddin Qosimov"
    [[nodiscard]] std::string person(std::string_view id) const;
    // Number of a source in the list of sources, from 1; 0: not listed.
    [[nodiscard]] std::size_t source_number(std::string_view id) const;
    // Language of a source, if it is a tag of BCP 47; else empty.
    [[nodiscard]] std::string language(std::string_view source) const;

    // A name in its own direction, whatever stands beside it.
    [[nodiscard]] html::Html name(std::string_view text) const;
    // "source 2" as a link; the id, if it is not listed.
    [[nodiscard]] html::Html source(std::string_view id) const;
    // How little a statement of this source is worth by itself, as far as the file says: "weak
    // source", "source not looked up again", "doubtful"; empty: the file says nothing of the kind.
    [[nodiscard]] std::string caution(std::string_view source, bool doubtful) const;
    // In quotation marks, in the language of its source.
    [[nodiscard]] html::Html quote(std::string_view quote, std::string_view source) const;
    // The title of a finding's rule, in its language; its id, if it has none.
    [[nodiscard]] html::Html rule(const check::Finding&) const;
    // `content`, which is made of a text of a rule or pack, marked with the language of that text
    // where it is not that of the page (WCAG 3.1.2).
    [[nodiscard]] html::Html spoken(std::string_view text, const html::Html& content) const;
    // The same of the message of a finding.
    [[nodiscard]] html::Html spoken(const check::Finding&, const html::Html& content) const;
    // Text of the program in which `paths` of this case stand by their names.
    [[nodiscard]] html::Html prose(std::string_view written) const;
    // The same of a message, in which sources are named by their ids, and days by what they are
    // relative to, without any sign.
    [[nodiscard]] html::Html message(std::string_view written) const;
    // "the prosecution", of the side that a rule puts a burden on.
    [[nodiscard]] std::string side(std::string_view burden) const;
    // "certain, given the defence's word"
    [[nodiscard]] std::string verdict(const check::Finding&) const;
    // "in the view of the court and the prosecution", "between ...", "in every account"
    [[nodiscard]] std::string views(const check::Finding&) const;
    // "the defence says so", of an exception that holds in another account's view; "nobody says so"
    [[nodiscard]] html::Html said(const check::ExceptionLooked&) const;
    // Values that the file has and a finding does not rest on, and whose word each is.
    [[nodiscard]] html::Html rivals(const check::Contrary&) const;
    // What the file has beside an unchallenged word, by the titles of accounts.
    [[nodiscard]] std::string others(const check::Others&) const;
    // "S. Qosimov, for the defence": who speaks, and for whom if that is another; either may be
    // nobody. `between` stands before the account.
    [[nodiscard]] html::Html speaks(std::string_view speaker, std::string_view account,
                                    std::string_view between = ", for ") const;
    // Who says a statement, where, and what others say of it.
    [[nodiscard]] html::Html whose(const check::Fact&) const;

private:
    [[nodiscard]] html::Html prose(std::string_view written, bool cites) const;
    [[nodiscard]] html::Html cited(std::string_view written) const;
    // The path that a name within a value leads to ("killing.start", "events.killing.start");
    // empty: none.
    [[nodiscard]] std::string path_of(std::string_view name) const;

    const Dossier& dossier_;
    std::map<std::string, std::string, std::less<>> titles_;  // of records, by path
    std::map<std::string, std::string, std::less<>> ids_;     // paths, by what names them in values
    std::map<std::string, std::string, std::less<>> accounts_;
    std::map<std::string, std::size_t, std::less<>> sources_;
};

// Is it a case with charges, of which words as "charge" and "guilt" may speak?
[[nodiscard]] bool has_charges(const check::CaseSheet&);

// "legal_force" as "legal force"
[[nodiscard]] std::string field_words(std::string_view field);
// "2014-11-01 to 2014-11-30", "until 2014-09-29", "on any day"
[[nodiscard]] std::string days_words(const time::Window&);
[[nodiscard]] std::string days_words(const time::DaySet&);

// "error", in a frame.
[[nodiscard]] html::Html severity_tag(check::Severity);
// "certain" or "possible" and its condition, in a frame.
[[nodiscard]] html::Html verdict_tag(const Words&, const check::Finding&);

}  // namespace antinomy::page
