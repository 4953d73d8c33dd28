#include "report/junit.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/phrases.hpp"
#include "report/place.hpp"
#include "report/questions.hpp"
#include "report/sections.hpp"
#include "text/encode.hpp"
#include "text/visible.hpp"

namespace antinomy::report {
namespace {

// Of text and of attribute values alike. What XML 1.0 forbids even as a reference is shown by
// number: controls, and the two noncharacters that `visible` lets pass.
std::string xml(std::string_view text) {
    std::string shown = text::visible(text, "\n");
    for (const auto& [character, number] :
         {std::pair{"\xef\xbf\xbe", "\\ufffe"}, {"\xef\xbf\xbf", "\\uffff"}})
        for (auto at = shown.find(character); at != std::string::npos;
             at = shown.find(character, at))
            shown.replace(at, 3, number);
    return text::escaped_markup(shown);
}

struct Test {
    enum class State { passed, failed, skipped, error } state = State::passed;
    std::string name;
    std::string classname;
    std::string file;
    std::string type;     // of failures and errors
    std::string message;  // of these, and why it was skipped
    std::string text;
};

struct Suite {
    std::string name;
    std::string package;
    std::vector<std::pair<std::string, std::string>> properties;
    std::vector<Test> tests;
    std::string said;
};

std::string text_of(const check::Finding& f, const std::string& file, const Report& r) {
    std::string out = one_line(f.message) + '\n';
    if (const auto given = given_words(f); !given.empty()) out += given + '\n';
    out += std::string(check::word(f.severity)) + ", " + verdict_words(f) + "; " +
           accounts_words(f) + '\n';
    for (const check::Place& p : f.places) {
        const Where w = where(r, p.span, file);
        out +=
            "  " + one_line(w.file) + ':' + std::to_string(w.line) + ':' + std::to_string(w.column);
        if (!p.label.empty()) out += ": " + one_line(p.label);
        if (!p.account.empty()) out += " (" + one_line(p.account) + ')';
        out += '\n';
    }
    for (const Section& s : sections(f)) {
        out += s.title + ":\n";
        for (const std::string& line : s.lines) out += "  - " + line + '\n';
    }
    if (!f.fingerprint.empty())
        out += "explain: antinomy explain " + one_line(f.fingerprint) +
               (r.explain_beside.empty() ? "" : " " + sanitize(r.explain_beside)) + '\n';
    return out;
}

Test test_of(const check::Finding& f, const check::CaseResult& c, const Report& r, Suite& suite) {
    Test t;
    t.name = one_line(f.rule) + ' ' + one_line(f.at) + ' ' + one_line(f.fingerprint);
    t.classname = one_line(c.id);
    t.file = where(r, f.places.empty() ? text::Span{} : f.places[0].span, c.file).file;
    t.text = text_of(f, c.file, r);
    t.message = one_line(f.message) + " (" + verdict_words(f) + ')';
    if (!f.suppressed.empty()) {
        t.state = Test::State::skipped;
        t.message = "suppressed: " + one_line(f.suppressed);
        if (!f.suppressed_by.empty()) t.message += "; by " + one_line(f.suppressed_by);
        if (!f.suppressed_until.empty()) t.message += "; until " + one_line(f.suppressed_until);
    } else if (r.threshold.counts(f)) {
        t.state = Test::State::failed;
        t.type = std::string(check::word(f.severity)) + '.' + std::string(check::word(f.verdict));
    } else {
        suite.said += t.name + '\n' +
                      (f.baseline == check::Baseline::old ? "in the baseline\n" : "") + t.text +
                      '\n';
    }
    return t;
}

// A rule that applied and found nothing.
Test test_of(const Ran& rule, const check::CaseResult& c, const Report& r) {
    Test t;
    t.name = one_line(rule.rule);
    t.classname = one_line(c.id);
    t.file = relative_path(r.provenance, c.file);
    if (rule.passed) return t;
    t.state = Test::State::skipped;
    std::set<std::string> missing;
    for (const check::Gap& g : c.gaps)
        if (g.rule == rule.rule) missing.insert('`' + one_line(g.field) + "` of " + one_line(g.at));
    t.message = missing.empty() ? "no finding, and not settled either"
                                : "not settled: the file does not hold " +
                                      some_names({missing.begin(), missing.end()}, 6);
    return t;
}

Suite suite_of(const check::CaseResult& c, const std::vector<Ran>& ran, const Report& r) {
    Suite s;
    s.name = relative_path(r.provenance, c.file);
    s.package = one_line(c.id);
    s.properties = {{"about", std::string(preamble())}, {"case", one_line(c.id)}};
    if (!c.title.empty()) s.properties.emplace_back("title", one_line(c.title));
    std::set<std::string_view> found;
    for (const bool suppressed : {false, true})
        for (const check::Finding* f : in_order(c, suppressed)) {
            s.tests.push_back(test_of(*f, c, r, s));
            found.insert(f->rule);
        }
    for (const Ran& rule : ran)
        if (found.count(rule.rule) == 0) s.tests.push_back(test_of(rule, c, r));
    const Questions asked = questions(c);
    if (asked.facts > 0) s.said += "what to find out:\n";
    for (const std::string& line : asked.lines) s.said += "  - " + line + '\n';
    for (const std::string& note : c.notes) s.said += "note: " + one_line(note) + '\n';
    return s;
}

// What could not be read, or decided.
Suite suite_of(const Report& r) {
    Suite s;
    s.name = "input";
    s.package = "input";
    s.properties = {{"about", "what could not be read, or not be decided"}};
    for (const text::Diagnostic& d : r.problems.items()) {
        const Where w = where(r, d.span, d.where);
        std::string place = one_line(w.file);
        if (d.span.valid()) place += ':' + std::to_string(w.line) + ':' + std::to_string(w.column);
        const std::string text = one_line(d.message) + "\nhelp: " + one_line(d.help) + '\n';
        if (d.level != text::Level::error) {
            s.said +=
                (d.level == text::Level::warning ? "warning: " : "note: ") + place + ": " + text;
            continue;
        }
        Test t;
        t.state = Test::State::error;
        t.name = one_line(d.code) + (place.empty() ? "" : " " + place);
        t.classname = "input";
        t.file = w.file;
        t.type = one_line(d.code);
        t.message = one_line(d.message);
        t.text = place + ": " + text;
        s.tests.push_back(std::move(t));
    }
    return s;
}

// A number to the second and further ones of a name.
void name_apart(std::vector<Test>& tests) {
    std::map<std::string, int> seen;
    for (Test& t : tests)
        if (const int n = ++seen[t.name]; n > 1) t.name += " (" + std::to_string(n) + ')';
}

class Writer {
public:
    Writer(std::ostream& out, bool gitlab) : out_(out), gitlab_(gitlab) {}

    void suite(Suite s, std::size_t id) {
        name_apart(s.tests);
        const auto count = [&](Test::State state) {
            return std::count_if(s.tests.begin(), s.tests.end(),
                                 [&](const Test& t) { return t.state == state; });
        };
        out_ << "  <testsuite name=\"" << xml(s.name) << "\" package=\"" << xml(s.package)
             << "\" id=\"" << id
             << "\" hostname=\"localhost\" timestamp=\"1970-01-01T00:00:00\" time=\"0\" tests=\""
             << s.tests.size() << "\" failures=\"" << count(Test::State::failed) << "\" errors=\""
             << count(Test::State::error) << '"';
        // No schema but Jenkins' knows it.
        if (const auto n = count(Test::State::skipped); n > 0) out_ << " skipped=\"" << n << '"';
        out_ << ">\n    <properties>\n";
        for (const auto& [name, value] : s.properties)
            out_ << "      <property name=\"" << xml(name) << "\" value=\"" << xml(value)
                 << "\"/>\n";
        out_ << "    </properties>\n";
        for (const Test& t : s.tests) test(t);
        out_ << "    <system-out>" << xml(s.said) << "</system-out>\n"
             << "    <system-err></system-err>\n  </testsuite>\n";
    }

private:
    void test(const Test& t) {
        out_ << "    <testcase name=\"" << xml(t.name) << "\" classname=\"" << xml(t.classname)
             << "\" time=\"0\"";
        if (gitlab_ && !t.file.empty()) out_ << " file=\"" << xml(t.file) << '"';
        switch (t.state) {
            case Test::State::passed:
                out_ << "/>\n";
                return;
            case Test::State::skipped:
                out_ << ">\n      <skipped>" << xml(t.message) << "</skipped>\n";
                break;
            case Test::State::failed:
                body("failure", t);
                break;
            case Test::State::error:
                body("error", t);
                break;
        }
        out_ << "    </testcase>\n";
    }
    void body(std::string_view element, const Test& t) {
        out_ << ">\n      <" << element << " type=\"" << xml(t.type) << "\" message=\""
             << xml(t.message) << "\">" << xml(t.text) << "</" << element << ">\n";
    }

    std::ostream& out_;
    bool gitlab_;
};

void print(std::ostream& out, const Report& r, bool gitlab) {
    Writer w(out, gitlab);
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    std::size_t id = 0;
    if (Suite input = suite_of(r); !input.tests.empty() || !input.said.empty())
        w.suite(std::move(input), id++);
    static const std::vector<Ran> none;
    for (std::size_t i = 0; i < r.result.cases.size(); ++i)
        w.suite(suite_of(r.result.cases[i], i < r.ran.size() ? r.ran[i] : none, r), id++);
    out << "</testsuites>\n";
}

}  // namespace

void print_junit(std::ostream& out, const Report& r) {
    print(out, r, false);
}
void print_junit_gitlab(std::ostream& out, const Report& r) {
    print(out, r, true);
}

}  // namespace antinomy::report
