#include "data/limits.hpp"

#include <algorithm>
#include <charconv>

#include "text/join.hpp"
#include "text/nearest.hpp"

namespace antinomy::data {

namespace {

constexpr std::uint64_t kOnePerCent = 1'000'000;
constexpr std::size_t kDigits = 6;  // of a fraction

std::optional<std::uint64_t> whole(std::string_view s) {
    std::uint64_t out = 0;
    const auto* end = s.data() + s.size();
    const auto [at, error] = std::from_chars(s.data(), end, out);
    if (s.empty() || error != std::errc() || at != end) return std::nullopt;
    return out;
}

}  // namespace

bool Limit::allows(std::uint64_t found, std::uint64_t applied) const {
    if (!share) return found <= most;
    // found / applied <= most / (100 * 10^6), without rounding; up to 10^11 records.
    return found * (100 * kOnePerCent) <= most * applied;
}

std::string Limit::written() const {
    if (!share) return std::to_string(most);
    auto out = std::to_string(most / kOnePerCent);
    if (const auto rest = most % kOnePerCent; rest > 0) {
        auto digits = std::to_string(kOnePerCent + rest).substr(1);
        digits.erase(digits.find_last_not_of('0') + 1);
        out += "." + digits;
    }
    return out + " %";
}

std::optional<Limit> read_limit(std::string_view s) {
    Limit out;
    if (s.empty() || s.back() != '%') {
        const auto n = whole(s);
        if (!n) return std::nullopt;
        out.most = *n;
        return out;
    }
    out.share = true;
    s.remove_suffix(1);
    while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
    const auto point = s.find('.');
    const auto units = whole(s.substr(0, point));
    if (!units || *units > 100) return std::nullopt;
    out.most = *units * kOnePerCent;
    if (point != std::string_view::npos) {
        std::string digits(s.substr(point + 1));
        if (digits.empty() || digits.size() > kDigits) return std::nullopt;
        digits.resize(kDigits, '0');
        const auto fraction = whole(digits);
        if (!fraction) return std::nullopt;
        out.most += *fraction;
    }
    if (out.most > 100 * kOnePerCent) return std::nullopt;
    return out;
}

std::optional<std::string> rule_with_limit(const rule::Packs& packs, const std::string& named,
                                           std::string& message, std::string& help) {
    auto id = packs.canonical(named);
    const auto known = packs.ids();
    if (std::find(known.begin(), known.end(), id) != known.end()) return id;
    if (const auto* off = packs.find_off(id); off != nullptr) {
        message = text::join("rule `", id, "` is off: pack `", off->overridden->pack, "` says so");
        help = "take the limit out, or leave that pack out";
    } else {
        message = text::join("no rule `", named, "`");
        help = text::did_you_mean(named, known);
    }
    return std::nullopt;
}

Limits read_limits(const text::Node& n, const rule::Packs& packs, text::Diagnostics& diagnostics) {
    Limits out;
    if (!n.is_mapping()) {
        diagnostics.error(n.span, "wrong-type",
                          text::join("expected limits by rule, found ", kind_word(n)),
                          "write `limits: {rule-id: 3, other-id: 0.1 %}`");
        return out;
    }
    for (const auto& [key, value] : n.entries) {
        std::string message;
        std::string help;
        const auto id = rule_with_limit(packs, key.text, message, help);
        if (!id) diagnostics.error(key.span, "unknown-rule", message, help);
        auto limit = value.is_scalar() ? read_limit(value.text) : std::nullopt;
        if (!limit)
            diagnostics.error(value.span, "wrong-type",
                              value.is_scalar()
                                  ? text::join("`", value.text, "` is no limit")
                                  : text::join("expected a limit, found ", kind_word(value)),
                              kLimitHelp);
        if (!id || !limit) continue;
        limit->span = key.span;
        if (!out.emplace(*id, *limit).second)
            diagnostics.error(key.span, "duplicate-key",
                              text::join("rule `", *id, "` has a limit already; `", key.text,
                                         "` is what it was called before"),
                              "leave one of the two out");
    }
    return out;
}

}  // namespace antinomy::data
