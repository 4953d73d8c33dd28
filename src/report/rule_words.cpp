#include "report/rule_words.hpp"

#include "time/conventions.hpp"

namespace antinomy::report {

using rule::Rule;

Word code(std::string text) {
    return {std::move(text), true};
}
Word plain(std::string text) {
    return {std::move(text), false};
}

std::string kind_words(const Rule& r) {
    return r.kind == rule::RuleKind::fact ? "fact, what cannot be; it may date what is not dated"
                                          : "law, what must not be; it never moves a date";
}

std::string between_words(const Rule& r) {
    const std::string two = r.between == rule::Between::sources ? "two sources" : "two accounts";
    return two + ", called " + r.sides[0] + " and " + r.sides[1];
}

Words binding_words(const rule::Binding& b, const rule::Packs& packs) {
    Words w{code(b.name), plain(": ")};
    if (b.type.kind == rule::Kind::field) {
        w.push_back(plain("every field that is stated, of every record"));
    } else if (b.source.op == rule::Op::records) {
        w.push_back(plain("every record of type "));
        w.push_back(code(packs.vocabulary().type(b.type.record).name));
        if (b.written != packs.vocabulary().type(b.type.record).name) {
            w.push_back(plain(", as "));
            w.push_back(code(b.written));
        }
    } else {
        w.push_back(code(b.written));
        w.push_back(plain(b.source.type.list ? ", each " : ", "));
        w.push_back(plain(rule::describe(b.type, packs.vocabulary())));
    }
    return w;
}

std::string citation_text(const rule::Citation& b) {
    const auto note = rule::note_of(b);
    return b.cite + (note.empty() ? "" : ": " + note) + (b.unverified ? " (unverified)" : "");
}

std::string policy_value(const rule::Packs& packs, const std::string& name) {
    if (const auto term = packs.terms().find(name); term != packs.terms().end())
        return term->second.dated ? "of law, by the day" : print(term->second.values.front());
    const auto it = packs.policies().find(name);
    if (it == packs.policies().end()) return "not set";
    const auto convention = time::convention_of(name);
    if (!convention) return std::to_string(static_cast<std::int64_t>(it->second));
    if (it->second < 0) return "not chosen, so counted both ways";
    return time::kConventionTable[*convention].words[it->second > 0 ? 1 : 0];
}

std::string expected_words(const rule::Expected& e) {
    std::string out = e.verdict == "none" ? "no finding" : e.verdict;
    if (!e.at.empty()) out += " at " + e.at;
    if (!e.has_accounts) return out;
    std::string names;
    for (const auto& a : e.accounts) names += (names.empty() ? "" : ", ") + a;
    return out + " (accounts: " + (names.empty() ? "none" : names) + ")";
}

std::string overridden_words(const Rule& r) {
    const auto& o = *r.overridden;
    const auto reason = o.because.empty() ? "" : ", because " + o.because;
    if (!o.severity) return "off: pack `" + o.pack + "` says so" + reason;
    return std::string(rule::word(r.severity_written)) + " in its own pack; pack `" + o.pack +
           "` says " + std::string(rule::word(*o.severity)) + reason;
}

}  // namespace antinomy::report
