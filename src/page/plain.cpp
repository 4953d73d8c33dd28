#include "page/plain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace antinomy::page {

namespace {

struct Tag {
    std::string name;  // "/p" where it ends
    std::string all;   // "<p class="x">"
    [[nodiscard]] bool ends() const { return name.front() == '/'; }
    [[nodiscard]] std::string attribute(std::string_view key) const {
        const auto at = all.find(' ' + std::string(key) + "=\"");
        if (at == std::string::npos) return {};
        const auto begin = at + key.size() + 3;
        return all.substr(begin, all.find('"', begin) - begin);
    }
    [[nodiscard]] bool is(std::string_view element, std::string_view of = {}) const {
        if (name != element) return false;
        const auto classes = ' ' + attribute("class") + ' ';
        return of.empty() || classes.find(' ' + std::string(of) + ' ') != std::string::npos;
    }
};

Tag tag_at(const std::string& html, std::size_t at) {
    const auto end = std::min(html.find('>', at), html.size() - 1);
    Tag t{{}, html.substr(at, end - at + 1)};
    t.name = t.all.substr(1, t.all.find_first_of(" >") - 1);
    if (t.name.empty()) t.name = "?";
    return t;
}

// Behind the end of the element that begins there.
std::size_t behind(const std::string& html, std::size_t at) {
    const auto first = tag_at(html, at);
    std::size_t depth = 0;
    while (at < html.size()) {
        const auto t = tag_at(html, at);
        at += t.all.size();
        if (t.name == first.name) ++depth;
        if (t.name == '/' + first.name && --depth == 0) return at;
        at = std::min(html.find('<', at), html.size());
    }
    return at;
}

// Languages written from right to left.
bool right_to_left(const std::string& language) {
    static constexpr std::array<std::string_view, 10> kSuch{"ar", "he", "fa", "ur", "ps",
                                                            "yi", "sd", "ug", "dv", "ckb"};
    const auto primary = language.substr(0, language.find('-'));
    return std::find(kSuch.begin(), kSuch.end(), primary) != kSuch.end();
}

std::string span_in(const std::string& language) {
    if (language.empty()) return "<span>";
    return "<span lang=\"" + language + '"' + (right_to_left(language) ? " dir=\"rtl\"" : "") +
           " data-custom-style=\"Lang-" + language + "\">";
}

// ---------------------------------------------------------------- widths of columns

constexpr double kLine = 104;  // letters that a line of a table has room for

struct Column {
    double word = 3;  // its longest word
    double line = 4;  // its longest line, as far as that counts
};

// Of one text without its markup: a letter is one, whatever its bytes; of code it is narrower.
void measure(const std::string& cell, Column& c) {
    constexpr double code = 0.92;
    double word = 0;
    double line = 0;
    double letter = 1;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell[i] == '<') {
            const auto t = tag_at(cell, i);
            i += t.all.size() - 1;
            if (t.name == "br" || t.name == "p" || t.name == "li") word = line = 0;
            if (t.name == "code" || t.name == "/code") letter = t.ends() ? 1 : code;
            continue;
        }
        if (cell[i] == '&') {
            const auto end = cell.find(';', i);
            if (end != std::string::npos && end - i < 8) i = end;
        } else if ((static_cast<unsigned char>(cell[i]) & 0xc0u) == 0x80) {
            continue;
        }
        // A line may break between two dates and behind the hyphen of a compound, not within a
        // date.
        const auto digit = [&](std::size_t k) {
            return k < cell.size() && cell[k] >= '0' && cell[k] <= '9';
        };
        const bool blank = cell[i] == ' ' || cell[i] == '\n' || cell[i] == '/' ||
                           cell.compare(i, 2, "..") == 0 || (cell[i] == '-' && !digit(i + 1));
        word = blank ? 0 : word + letter;
        line += letter;
        c.word = std::max(c.word, std::min(word, 20.0));
        c.line = std::max(c.line, std::min(line, 64.0));
    }
}

std::string columns_of(const std::string& table) {
    std::vector<Column> columns;
    std::map<std::size_t, std::size_t> taken;  // columns that a cell above still stands in
    std::size_t column = 0;
    for (std::size_t at = table.find('<'); at != std::string::npos; at = table.find('<', at + 1)) {
        const auto t = tag_at(table, at);
        if (t.name == "tr") {
            column = 0;
            for (auto& [c, rows] : taken) rows -= rows > 0 ? 1 : 0;
        }
        if (t.name != "td" && t.name != "th") continue;
        while (taken.count(column) > 0 && taken[column] > 0) ++column;
        if (columns.size() <= column) columns.resize(column + 1);
        const auto end = behind(table, at);
        measure(table.substr(at + t.all.size(), end - at - t.all.size()), columns[column]);
        if (const auto rows = t.attribute("rowspan"); !rows.empty())
            taken[column] = static_cast<std::size_t>(std::stoul(rows));
        ++column;
        at = end - 1;
    }
    // Where all words have no room, only the longest are divided, so that dates are not.
    double longest = 21.5;
    const auto needed = [&](double most) {
        double sum = 0;
        for (const auto& c : columns) sum += std::min(c.word + 1.5, most);
        return sum;
    };
    while (longest > 8 && needed(longest) > kLine) longest -= 0.25;
    double least = 0;
    double more = 0;
    for (auto& c : columns) {
        c.word = std::min(c.word + 1.5, longest);
        c.line = std::max(c.line + 1.5, c.word);
        least += c.word;
        more += c.line - c.word;
    }
    // What no column asks for is the last one's.
    if (!columns.empty() && least + more < kLine) {
        columns.back().line += kLine - least - more;
        more = kLine - least;
    }
    const double rest = std::max(0.0, kLine - least);
    std::string out = "<colgroup>";
    double all = 0;
    std::vector<double> widths;
    for (const auto& c : columns) {
        widths.push_back(c.word + (more > 0 ? rest * (c.line - c.word) / more : 0));
        all += widths.back();
    }
    for (const double w : widths)
        out += "<col style=\"width:" + std::to_string(std::lround(100 * w / all)) + "%\">";
    return out + "</colgroup>";
}

// ---------------------------------------------------------------- the whole

class Writer {
public:
    Writer(const std::string& body, std::string picture)
        : body_(body), picture_(std::move(picture)), pictured_(!picture_.empty()) {}

    std::string run() {
        for (std::size_t at = 0; at < body_.size();) {
            if (body_[at] != '<') {
                const auto end = std::min(body_.find('<', at), body_.size());
                const auto text = body_.substr(at, end - at);
                // Between the elements of a table line breaks are nobody's.
                if (tables_.empty() || text.find_first_not_of('\n') != std::string::npos)
                    out_ += text;
                at = end;
                continue;
            }
            const auto t = tag_at(body_, at);
            if (t.is("svg")) out_ += std::exchange(picture_, {});
            at = left_out(t) ? behind(body_, at) : at + t.all.size();
            if (!left_out(t)) put(t);
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] bool left_out(const Tag& t) const {
        return t.is("h1") || t.is("svg") || t.is("div", "strips") || t.is("ul", "legend") ||
               (!pictured_ && t.is("p", "drawn")) || t.is("details", "log");
    }

    // What an element becomes, and what stands at its end.
    void open(const std::string& begin, const std::string& end) {
        out_ += begin;
        ends_.push_back(end);
    }

    void put(const Tag& t) {
        static constexpr std::array<std::string_view, 6> kInOne{"br",  "wbr",  "hr",
                                                                "col", "meta", "img"};
        if (std::find(kInOne.begin(), kInOne.end(), t.name) != kInOne.end()) {
            if (t.name != "wbr") out_ += t.all;
            return;
        }
        if (t.ends()) {
            if (ends_.empty()) return;
            if (t.name == "/th" && !heads_.empty()) heads_.pop_back();
            out_ += ends_.back();
            ends_.pop_back();
            if (t.name == "/table") {
                const auto table = out_.substr(tables_.back());
                const auto head = table.find("<thead>");
                out_.insert(tables_.back() + (head == std::string::npos ? 7 : head),
                            columns_of(table));
                tables_.pop_back();
            }
            return;
        }
        const auto lang = t.attribute("lang");
        const auto id = t.attribute("id");
        const auto named = id.empty() ? "" : " id=\"" + id + '"';
        if (t.name == "table") {
            tables_.push_back(out_.size());
            open("<table>", "</table>");
        } else if (t.name == "th" && t.attribute("scope") == "row") {
            const auto rows = t.attribute("rowspan");
            heads_.push_back(true);
            open(rows.empty() ? "<td><strong>" : "<td rowspan=\"" + rows + "\"><strong>",
                 "</strong></td>");
        } else if (t.name == "th") {
            heads_.push_back(false);
            open("<th>", "</th>");
        } else if (t.is("span", "also")) {
            // Below what it belongs to, and not as strong.
            if (!heads_.empty() && heads_.back())
                open("</strong><br><span>", "</span><strong>");
            else
                open("<br><span>", "</span>");
        } else if (t.is("span", "quote")) {
            open("<br><span>", "</span>");
        } else if (t.is("span", "tag")) {
            open("<strong>", in_verdict_ ? "</strong>," : "</strong>");
        } else if (t.is("p", "verdict")) {
            in_verdict_ = true;
            open("<p>", "</p>");
        } else if (!tables_.empty() && (t.name == "p" || t.name == "li")) {
            // Lines of a cell: paragraphs of their own would not look as the others do.
            const bool first = out_.ends_with("<td>") || out_.ends_with("\">") ||
                               out_.ends_with("<strong>") || out_.ends_with("<ul>");
            open(first ? "" : "<br>", "");
        } else if (!tables_.empty() && t.name == "ul") {
            open("", "");
        } else if (t.name == "p") {
            in_verdict_ = false;
            if (t.is("p", "said") || t.is("p", "preamble"))
                open("<blockquote><p>", "</p></blockquote>");
            else if (t.is("p", "given"))
                open("<p><em>", "</em></p>");
            else
                open("<p" + named + '>', "</p>");
        } else if (t.name == "q") {
            open(span_in(lang) + "\u201c", "\u201d</span>");
        } else if (t.is("bdi", "point")) {
            open("<em>", "</em>");
        } else if (t.name == "bdi" || t.name == "span") {
            open(span_in(lang), "</span>");
        } else if (t.name == "summary") {
            // What is folded on a screen has a heading here.
            const std::string level = heading_ == 2 ? "h3" : "h4";
            open('<' + level + '>', "</" + level + '>');
        } else if (t.name == "details" || t.name == "nav" || t.name == "div") {
            open("<div>", "</div>");
        } else {
            simple(t, named);
        }
    }

    void simple(const Tag& t, const std::string& named) {
        static constexpr std::array<std::string_view, 18> kKept{
            "h2",     "h3", "h4",    "ul",    "ol",      "li",      "a",  "code", "pre",
            "strong", "em", "thead", "tbody", "caption", "section", "dl", "dt",   "dd"};
        if (t.name == "tr") return open("<tr>", "</tr>");
        if (t.name == "td") {
            const auto rows = t.attribute("rowspan");
            return open(rows.empty() ? "<td>" : "<td rowspan=\"" + rows + "\">", "</td>");
        }
        if (t.name == "h2" || t.name == "h3" || t.name == "h4") heading_ = t.name[1] - '0';
        if (t.name == "a") return open("<a href=\"" + t.attribute("href") + "\">", "</a>");
        if (std::find(kKept.begin(), kKept.end(), t.name) != kKept.end())
            return open('<' + t.name + named + '>', "</" + t.name + '>');
        open("", "");
    }

    const std::string& body_;
    std::string picture_;  // still to be put in
    bool pictured_;
    std::string out_;
    std::vector<std::string> ends_;
    std::vector<bool> heads_;  // th that are open: of a row?
    std::vector<std::size_t> tables_;
    bool in_verdict_ = false;
    int heading_ = 2;  // level of the last one
};

// A list of facts as a table of two columns, before anything else is done with it.
std::string with_tables_of_facts(const std::string& body) {
    std::string out;
    const std::string_view open = "<dl class=\"facts\">";
    for (std::size_t at = 0;;) {
        const auto begin = body.find(open, at);
        out.append(body, at, begin == std::string::npos ? begin : begin - at);
        if (begin == std::string::npos) return out;
        const auto end = behind(body, begin);
        auto list = body.substr(begin + open.size(), end - begin - open.size() - 5);
        const auto replace = [&](std::string_view what, std::string_view with) {
            for (auto i = list.find(what); i != std::string::npos;
                 i = list.find(what, i + with.size()))
                list.replace(i, what.size(), with);
        };
        replace("<dt>", "<tr><th scope=\"row\">");
        replace("</dt>", "</th>");
        replace("<dd>", "<td>");
        replace("</dd>", "</td></tr>");
        out += "<table><tbody>" + list + "</tbody></table>\n";
        at = end;
    }
}

}  // namespace

std::string plain(const std::string& body, const std::string& picture) {
    const auto tables = with_tables_of_facts(body);
    return Writer(tables, picture).run();
}

}  // namespace antinomy::page
