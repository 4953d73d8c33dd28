#include "track/diff_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "report/json_parts.hpp"
#include "report/layout.hpp"
#include "report/phrases.hpp"

namespace antinomy::track {

namespace {

using Json = nlohmann::ordered_json;
using Kind = StatementChange::Kind;
using report::one_line;
using report::print_wrapped;
using report::Tone;

// ---- text

std::string value_words(const Statement& s) {
    auto out = one_line(s.value);
    if (!s.state.empty()) out += ", " + one_line(s.state);
    return out;
}

std::string who_words(const Statement& s) {
    std::string out;
    for (const auto& part : {s.account, s.source})
        if (!part.empty()) out += (out.empty() ? "" : ", ") + one_line(part);
    return out.empty() ? out : " (" + out + ')';
}

std::string change_words(const StatementChange& c) {
    const auto& s = c.kind == Kind::removed ? c.before : c.after;
    auto out = '`' + one_line(s.path) + '`' + who_words(s) + ": ";
    switch (c.kind) {
        case Kind::added:
            return out + "now stated, " + value_words(s);
        case Kind::removed:
            return out + "no longer stated, it was " + value_words(s);
        case Kind::changed:
            break;
    }
    auto now = value_words(c.after);
    auto then = value_words(c.before);
    // The same words, from a source that counts for less, or for more.
    if (now == then && c.after.doubtful != c.before.doubtful)
        (c.after.doubtful ? now : then) += ", doubtful";
    out += now + ", it was " + then;
    if (c.before.account == c.after.account && c.before.source != c.after.source)
        out += who_words(c.before);
    return out;
}

std::string head(const Told& t) {
    std::string out = one_line(t.severity) + '[' + one_line(t.rule) + "] at " + one_line(t.at) +
                      " in " + one_line(t.case_id);
    return out + (t.suppressed ? " (suppressed)" : "");
}

// "certain, given evidence.video.published (defence)": never without its given.
std::string verdict_words(const std::string& verdict, const std::vector<std::string>& given) {
    auto out = one_line(verdict);
    for (std::size_t i = 0; i < given.size(); ++i)
        out += (i == 0 ? ", given the word on " : " and ") + one_line(given[i]);
    return out;
}

class Text {
public:
    Text(std::ostream& out, const Diff& diff, const report::Style& style)
        : out_(out), diff_(diff), style_(style) {}

    void print() {
        wrapped("", one_line(diff_.before->name) + " (before) and " + one_line(diff_.after->name) +
                        " (after) compared");
        for (const auto* side : {diff_.before, diff_.after})
            if (!side->complete)
                wrapped("", one_line(side->name) +
                                " was not checked wholly: what is missing there may have been "
                                "missed");
        out_ << '\n';
        for (const auto& d : diff_.fresh) one("new", Tone::error, d);
        for (const auto& d : diff_.gone) one("gone", Tone::faint, d);
        for (const auto& d : diff_.otherwise) one("changed", Tone::warning, d);
        sum();
    }

private:
    void one(const char* word, Tone tone, const Difference& d) {
        const auto& t = d.told();
        print_wrapped(out_, std::string(word) + ": ", tone, head(t), 4, style_, Tone::strong);
        wrapped("    ", verdict_words(t.verdict, t.given) +
                            (t.accounts.empty() ? "" : "; accounts: ") +
                            report::list_words(t.accounts));
        wrapped("    ", t.message);
        for (const auto& o : d.otherwise) {
            if (o.what == "facts")
                continue;
            else if (o.what == "verdict")
                bullet("verdict: " + verdict_words(o.after, d.after->given) + "; it was " +
                       verdict_words(o.before, d.before->given));
            else if (o.what == "given")
                bullet("given: " + (o.after.empty() ? "none" : one_line(o.after)) + ", it was " +
                       (o.before.empty() ? "none" : one_line(o.before)));
            else
                bullet(o.what + ": " +
                       (o.after.empty() ? "none in particular" : one_line(o.after)) + ", it was " +
                       (o.before.empty() ? "none in particular" : one_line(o.before)));
        }
        if (d.case_only_here) {
            bullet(d.after != nullptr ? "the case is not among those before"
                                      : "the case is not among those after");
        } else if (!d.statements.empty()) {
            for (const auto& c : d.statements) bullet(change_words(c));
        } else if (d.otherwise.size() == 1 && d.otherwise.front().what == "suppressed") {
            bullet("no statement that it names differs: a suppression does");
        } else if (!d.elsewhere.empty()) {
            bullet("no statement that it names differs; elsewhere in the case:");
            for (const auto& c : d.elsewhere) bullet(change_words(c));
            if (d.more_elsewhere > 0)
                bullet(std::to_string(d.more_elsewhere) + " more (`--format json`)");
        } else if (rests_otherwise(d)) {
            bullet("it rests on other statements, which both have");
        } else if (diff_.before->whole && diff_.after->whole) {
            bullet("no statement of the case differs: rules, policies or suppressions do");
        } else {
            bullet(
                "no statement that both reports name differs; compare the case files to see "
                "which were added or taken out");
        }
        out_ << '\n';
    }

    static bool rests_otherwise(const Difference& d) {
        return std::any_of(d.otherwise.begin(), d.otherwise.end(),
                           [](const Otherwise& o) { return o.what == "facts"; });
    }

    void sum() {
        if (!diff_.any()) {
            wrapped("", "no difference in " + report::count_words(diff_.same, "finding"));
        } else {
            wrapped("", std::to_string(diff_.fresh.size()) + " new, " +
                            std::to_string(diff_.gone.size()) + " gone, " +
                            std::to_string(diff_.otherwise.size()) + " changed, " +
                            std::to_string(diff_.same) + " the same");
        }
        std::size_t n = 0;
        for (const auto& [id, list] : diff_.statements) n += list.size();
        if (n > 0)
            wrapped("", report::count_words(n, "statement") + (n == 1 ? " differs" : " differ") +
                            (diff_.before->whole && diff_.after->whole
                                 ? " in cases that both have"
                                 : " among those that both reports name"));
    }

    void wrapped(const char* begin, const std::string& text) {
        print_wrapped(out_, begin, Tone::plain, text, 4, style_);
    }
    void bullet(const std::string& text) {
        print_wrapped(out_, "    - ", Tone::frame, text, 6, style_);
    }

    std::ostream& out_;
    const Diff& diff_;
    const report::Style& style_;
};

// ---- JSON

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json statement(const Statement& s) {
    return {{"value", s.value},
            {"account", or_null(s.account)},
            {"source", or_null(s.source)},
            {"state", or_null(s.state)},
            {"doubtful", s.doubtful}};
}

Json statements(const std::vector<StatementChange>& list) {
    Json out = Json::array();
    for (const auto& c : list) {
        const bool removed = c.kind == Kind::removed;
        out.push_back({{"path", removed ? c.before.path : c.after.path},
                       {"change", c.kind == Kind::changed ? "changed"
                                  : removed               ? "removed"
                                                          : "added"},
                       {"before", c.kind == Kind::added ? Json(nullptr) : statement(c.before)},
                       {"after", removed ? Json(nullptr) : statement(c.after)}});
    }
    return out;
}

Json differences(const std::vector<Difference>& list) {
    Json out = Json::array();
    for (const auto& d : list) {
        const auto& t = d.told();
        Json j = {{"rule", t.rule},       {"case", t.case_id},
                  {"at", t.at},           {"severity", t.severity},
                  {"verdict", t.verdict}, {"accounts", t.accounts},
                  {"given", t.given},     {"suppressed", t.suppressed},
                  {"message", t.message}, {"fingerprint", t.fingerprint}};
        if (d.before != nullptr && d.after != nullptr) {
            j["changed"] = Json::array();
            for (const auto& o : d.otherwise)
                j["changed"].push_back(
                    {{"what", o.what}, {"before", or_null(o.before)}, {"after", or_null(o.after)}});
        }
        j["case_on_one_side"] = d.case_only_here;
        j["statements"] = statements(d.statements);
        j["elsewhere"] = statements(d.elsewhere);
        j["more_elsewhere"] = d.more_elsewhere;
        out.push_back(std::move(j));
    }
    return out;
}

}  // namespace

void print_diff(std::ostream& out, const Diff& diff, const report::Style& style) {
    Text(out, diff, style).print();
}

void print_diff_json(std::ostream& out, const Diff& diff) {
    Json j;
    j["format"] = 1;
    j["before"] = diff.before->name;
    j["after"] = diff.after->name;
    j["complete"] = diff.before->complete && diff.after->complete;
    // Without it, statements that were added or taken out are not known.
    j["whole"] = diff.before->whole && diff.after->whole;
    j["new"] = differences(diff.fresh);
    j["gone"] = differences(diff.gone);
    j["changed"] = differences(diff.otherwise);
    j["same"] = diff.same;
    j["statements"] = Json::object();
    for (const auto& [id, list] : diff.statements) j["statements"][id] = statements(list);
    out << report::json_text(j, 2) << '\n';
}

}  // namespace antinomy::track
