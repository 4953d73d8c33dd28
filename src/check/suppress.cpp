#include "check/suppress.hpp"

#include <algorithm>
#include <set>

#include "check/state.hpp"
#include "rule/builtin.hpp"

namespace antinomy::check {

namespace {

using model::Suppression;

constexpr const char* kExpired = "suppression-expired";
constexpr const char* kUnused = "suppression-unused";

// Does the entry speak of this finding, whatever its verdict?
bool selects(const Suppression& s, const Finding& f) {
    return s.rule == f.rule && (s.at.empty() || f.at == s.at || f.at.rfind(s.at + ".", 0) == 0) &&
           (!s.has_accounts || s.accounts == f.accounts) &&
           f.fingerprint.rfind(s.fingerprint, 0) == 0;
}

bool covers(const Suppression& s, const Finding& f) {
    return selects(s, f) && (s.certain || f.verdict == Verdict::possible);
}

// "the suppression of `r` at `evidence.video` (decided by A)"
std::string words(const Suppression& s) {
    std::string out = "the suppression of `" + s.rule + "`";
    if (!s.at.empty()) out += " at `" + s.at + "`";
    if (!s.by.empty()) out += " (decided by " + s.by + ")";
    return out;
}

Finding about(const Suppression& s, const model::Case& c, const char* rule, const char* title) {
    Finding f;
    f.rule = rule;
    f.rule_title = title;
    f.case_id = c.id;
    f.verdict = Verdict::certain;
    f.about = "source";
    f.reaches = "record";
    f.at = s.at.empty() ? "suppress" : s.at;
    f.proof.kind = "values";
    // By what it says that it is about: entries may change their order and their reasons.
    std::string identity = f.rule + "\n" + c.id + "\n" + s.rule + "\n" + s.at + "\n" +
                           (s.certain ? "certain" : "possible") + "\n" + s.fingerprint;
    if (s.has_accounts) identity += "\naccounts";
    for (const auto& a : s.accounts) identity += "\n@" + a;
    f.fingerprint = hash16(identity);
    return f;
}

Finding expired(const Suppression& s, const model::Case& c, std::size_t back) {
    auto f = about(s, c, kExpired, "A suppression has ended, and what it silenced is back");
    f.message = words(s) + " ended with " + time::to_string(*s.until) + ": " +
                (back == 1 ? "the finding is" : std::to_string(back) + " findings are") +
                " back (the reason was: " + s.reason + ")";
    f.help =
        "look at it again; then take the entry out, or give it a reason that holds today and "
        "another `until`";
    f.places.push_back({s.span, "until " + time::to_string(*s.until), ""});
    f.proof.text.push_back(f.message);
    return f;
}

// Why it silences nothing, as far as findings of its rule say.
enum class Missed { nothing, certain, taken, elsewhere };

Finding unused(const Suppression& s, const model::Case& c, bool ended, Missed missed) {
    auto f = about(s, c, kUnused, "A suppression silences nothing");
    f.message = words(s) + " silences nothing";
    if (missed == Missed::certain)
        f.message += ": what it speaks of is certain, and it is for possible findings";
    else if (missed == Missed::taken)
        f.message += ": another entry silences what it speaks of";
    else if (missed == Missed::elsewhere)
        f.message += ": the rule has findings in this case, and none that it speaks of";
    if (ended) f.message += "; it ended with " + time::to_string(*s.until);
    f.help = missed == Missed::certain
                 ? "take the entry out, or add `verdict: certain` where the certain finding is "
                   "meant too"
                 : "take the entry out, or correct what it says of the finding";
    f.places.push_back({s.span, "silences nothing", ""});
    f.proof.text.push_back(f.message);
    return f;
}

}  // namespace

std::vector<Finding> suppress(std::vector<Finding>& findings, const model::Case& c,
                              const Suppressing& how) {
    const auto& entries = c.suppressions;
    const auto ended = [&](const Suppression& s) {
        return how.today && s.until && *s.until < *how.today;
    };
    std::vector<std::size_t> silenced(entries.size(), 0);
    for (auto& f : findings)
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto& s = entries[i];
            if (!covers(s, f) || ended(s)) continue;
            ++silenced[i];
            if (!f.suppressed.empty()) continue;
            f.suppressed = s.reason;
            f.suppressed_by = s.by;
            f.suppressed_until = s.until ? time::to_string(*s.until) : "";
            f.suppressed_at = s.span;
        }
    std::vector<Finding> out;
    std::set<std::string> said;  // two entries may say the same
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto& s = entries[i];
        if (silenced[i] > 0) continue;
        std::size_t back = 0;
        auto missed = Missed::nothing;
        for (const auto& f : findings) {
            if (s.rule != f.rule) continue;
            if (ended(s) && covers(s, f) && f.suppressed.empty()) ++back;
            const auto why = !selects(s, f)          ? Missed::elsewhere
                             : !f.suppressed.empty() ? Missed::taken
                                                     : Missed::certain;
            if (missed == Missed::nothing || missed == Missed::elsewhere) missed = why;
        }
        if (back == 0 && !how.whole[i]) continue;
        auto f = back > 0 ? expired(s, c, back) : unused(s, c, ended(s), missed);
        if (said.insert(f.fingerprint).second) out.push_back(std::move(f));
    }
    return out;
}

bool is_mandatory(const rule::Packs& packs, std::string_view rule) {
    if (const auto* own = rule::find_builtin(rule)) return own->mandatory;
    const auto* r = packs.find(rule);
    return r != nullptr && r->mandatory;
}

}  // namespace antinomy::check
