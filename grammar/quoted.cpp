#include "grammar/quoted.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "grammar/names.hpp"

namespace antinomy::grammar {
namespace {

constexpr std::size_t kMostTokens = 10'000;

// ---------------------------------------------------------------- words of all languages

struct Words {
    std::unordered_map<std::string, int> months;  // short ones too
    std::unordered_map<std::string, int> shifts;
    std::unordered_map<std::string, Unit> units;
    std::set<std::string> year_marks, day_endings, joints, ranges, before, unsure;
};

const Words& words() {
    static const Words all = [] {
        Words w;
        const auto take = [](const std::vector<std::string>& from, std::set<std::string>& into) {
            for (const auto& word : from) into.insert(lower_case(word));
        };
        for (const auto& l : languages()) {
            for (const auto& m : l.months) w.months.emplace(lower_case(m.text), m.number);
            for (const auto& m : l.short_months) {
                w.months.emplace(lower_case(m.text), m.number);
            }
            for (const auto& d : l.weekdays) w.unsure.insert(lower_case(d.text));
            for (const auto& s : l.shifts) w.shifts.emplace(lower_case(s.text), s.number);
            for (const auto& u : l.weeks) w.units.emplace(lower_case(u), Unit::week);
            for (const auto& u : l.months_words) w.units.emplace(lower_case(u), Unit::month);
            for (const auto& u : l.years) w.units.emplace(lower_case(u), Unit::year);
            take(l.year_marks, w.year_marks);
            take(l.day_endings, w.day_endings);
            take(l.joints, w.joints);
            take(l.ranges, w.ranges);
            take(l.before, w.before);
            take(l.unsure, w.unsure);
        }
        return w;
    }();
    return all;
}

// ---------------------------------------------------------------- tokens

struct Token {
    enum class Kind { number, word, sign } kind = Kind::sign;
    std::string text;  // words in small letters
    Range range;
    bool glued = false;    // nothing between it and the one before
    bool capital = false;  // of a word, in ASCII letters only
};

bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Bytes of a sign beyond ASCII: quotation marks, dashes, blanks that do not break; 0: a letter.
std::size_t sign_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(at) == 0xC2 && at + 1 < text.size()) return 2;
    if (byte(at) == 0xE2 && at + 2 < text.size() && byte(at + 1) == 0x80) return 3;
    return 0;
}

std::vector<Token> tokens_of(std::string_view text, bool& all) {
    std::vector<Token> out;
    bool glued = false;
    for (std::size_t i = 0; i < text.size();) {
        if (out.size() >= kMostTokens) {
            all = false;
            return out;
        }
        const auto begin = i;
        Token t;
        const char c = text[i];
        if (digit(c)) {
            t.kind = Token::Kind::number;
            while (i < text.size() && digit(text[i])) ++i;
        } else if (ascii_letter(c) ||
                   (static_cast<unsigned char>(c) >= 0x80 && sign_length(text, i) == 0)) {
            t.kind = Token::Kind::word;
            t.capital = c >= 'A' && c <= 'Z';
            while (i < text.size() &&
                   (ascii_letter(text[i]) ||
                    (static_cast<unsigned char>(text[i]) >= 0x80 && sign_length(text, i) == 0)))
                ++i;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++i;
            glued = false;
            continue;
        } else {
            const auto length = static_cast<unsigned char>(c) >= 0x80 ? sign_length(text, i) : 1;
            i += length;
            if (text.substr(begin, length) == "\xC2\xA0" ||
                text.substr(begin, length) == "\xE2\x80\xAF") {  // blanks that do not break
                glued = false;
                continue;
            }
            t.text = text.substr(begin, length);
            if (t.text == "\xE2\x80\x93" || t.text == "\xE2\x80\x94" || t.text == "\xE2\x80\x91")
                t.text = "-";
        }
        if (t.text.empty()) t.text = lower_case(text.substr(begin, i - begin));
        t.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i)};
        t.glued = glued;
        glued = true;
        out.push_back(std::move(t));
    }
    return out;
}

// ---------------------------------------------------------------- reading

QuotedDate in_month(int month, std::optional<int> first, std::optional<int> last) {
    QuotedDate d;
    d.month = month;
    d.first_day = first;
    d.last_day = last;
    return d;
}
QuotedDate on_day(int year, int month, int day) {
    auto d = in_month(month, day, day);
    d.year = year;
    return d;
}

class Scanner {
public:
    explicit Scanner(std::string_view text) { tokens_ = tokens_of(text, out_.sure); }

    QuotedDates read() {
        for (std::size_t i = 0; i < tokens_.size();) {
            const auto next = date_at(i);
            if (next > i) {
                i = next;
                continue;
            }
            const auto& t = tokens_[i];
            if (t.kind == Token::Kind::word && words().unsure.count(t.text) != 0) weekdays(i);
            ++i;
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] const Token* at(std::size_t i) const {
        return i < tokens_.size() ? &tokens_[i] : nullptr;
    }
    [[nodiscard]] bool is(std::size_t i, std::string_view sign) const {
        const auto* t = at(i);
        return t != nullptr && t->text == sign;
    }
    [[nodiscard]] bool word_of(std::size_t i, const std::set<std::string>& set) const {
        const auto* t = at(i);
        return t != nullptr && t->kind != Token::Kind::number && set.count(t->text) != 0;
    }
    [[nodiscard]] std::optional<int> number(std::size_t i, std::size_t longest) const {
        const auto* t = at(i);
        if (t == nullptr || t->kind != Token::Kind::number || t->text.size() > longest) return {};
        return std::stoi(t->text);
    }
    [[nodiscard]] std::optional<int> day(std::size_t i) const {
        const auto n = number(i, 2);
        return n && *n >= 1 && *n <= 31 ? n : std::nullopt;
    }
    [[nodiscard]] std::optional<int> year(std::size_t i) const {
        const auto n = number(i, 4);
        return n && at(i)->text.size() == 4 && *n >= 1000 && *n < 3000 ? n : std::nullopt;
    }
    [[nodiscard]] std::optional<int> month(std::size_t i) const {
        const auto* t = at(i);
        if (t == nullptr || t->kind != Token::Kind::word) return {};
        // English writes its months with a capital; "may" and "march" are verbs.
        if (ascii_letter(t->text.front()) && !t->capital) return {};
        const auto it = words().months.find(t->text);
        return it == words().months.end() ? std::nullopt : std::optional(it->second);
    }
    // After a day's number: "29th", "29-го".
    [[nodiscard]] std::size_t past_ending(std::size_t i) const {
        if (at(i) != nullptr && at(i)->glued && word_of(i, words().day_endings)) return i + 1;
        if (is(i, "-") && at(i)->glued && at(i + 1) != nullptr && at(i + 1)->glued &&
            word_of(i + 1, words().day_endings))
            return i + 2;
        return i;
    }
    // From a day's number on: "29", "29th", "29, 30 and 31"; the least and the most of them.
    [[nodiscard]] std::size_t past_days(std::size_t i, int& low, int& high) const {
        auto k = past_ending(i + 1);
        for (int n = 0; n < 8; ++n) {
            if (!is(k, ",") && !word_of(k, words().ranges) && !is(k, "-")) break;
            const auto other = day(k + 1);
            if (!other) break;
            low = std::min(low, *other);
            high = std::max(high, *other);
            k = past_ending(k + 2);
        }
        return k;
    }
    [[nodiscard]] std::size_t past_joints(std::size_t i) const {
        for (int n = 0; n < 2 && word_of(i, words().joints); ++n) ++i;
        return i;
    }
    // After a month's name: "Sept."
    [[nodiscard]] std::size_t past_dot(std::size_t i) const {
        return is(i, ".") && at(i)->glued ? i + 1 : i;
    }
    [[nodiscard]] std::size_t past_year_mark(std::size_t i) const {
        if (!word_of(i, words().year_marks)) return i;
        return is(i + 1, ".") ? i + 2 : i + 1;
    }

    std::size_t add(std::size_t from, std::size_t to, QuotedDate d) {
        d.range = {tokens_[from].range.begin, tokens_[to - 1].range.end};
        out_.dates.push_back(d);
        return to;
    }

    // The token behind a date that begins here; `i` itself if none does.
    std::size_t date_at(std::size_t i) {
        if (tokens_[i].kind == Token::Kind::number) {
            if (const auto next = numeric(i); next > i) return next;
            if (const auto next = day_and_month(i); next > i) return next;
            return bare_year(i);
        }
        if (tokens_[i].kind == Token::Kind::word) {
            if (const auto next = month_and_day(i); next > i) return next;
            return shifted_unit(i);
        }
        return i;
    }

    // 2014-09-29, 29.09.2014, 9/10/2014
    std::size_t numeric(std::size_t i) {
        const auto separated = [&](const char* sign) {
            return is(i + 1, sign) && is(i + 3, sign) && at(i + 1)->glued && at(i + 2) != nullptr &&
                   at(i + 2)->glued && at(i + 3)->glued && at(i + 4) != nullptr &&
                   at(i + 4)->glued && at(i + 4)->kind == Token::Kind::number;
        };
        for (const char* sign : {"-", ".", "/"}) {
            if (!separated(sign)) continue;
            if (const auto y = year(i)) {
                const auto m = number(i + 2, 2);
                const auto d = day(i + 4);
                if (m && d && *m >= 1 && *m <= 12) return add(i, i + 5, on_day(*y, *m, *d));
            }
            const auto a = day(i);
            const auto b = day(i + 2);
            const auto y = year(i + 4);
            if (a && b && y) {
                // Day first; month first as well, where it can be and the dots do not exclude it.
                if (*b <= 12) add(i, i + 5, on_day(*y, *b, *a));
                if (*a <= 12 && *a != *b && sign[0] != '.') add(i, i + 5, on_day(*y, *a, *b));
                return i + 5;
            }
            if (a && b) out_.sure = false;  // a year in two digits
        }
        return i;
    }

    // "29 September 2014", "29 and 30 сентября", "the 29th of September"
    std::size_t day_and_month(std::size_t i) {
        const auto first = day(i);
        if (!first) return i;
        auto low = *first;
        auto high = *first;
        auto k = past_days(i, low, high);
        k = past_joints(k);
        const auto m = month(k);
        if (!m) return i;
        return with_year(i, past_dot(k + 1), in_month(*m, low, high), false);
    }

    // "September 29, 2014", "September 2014", "in September"
    std::size_t month_and_day(std::size_t i) {
        const auto m = month(i);
        if (!m) return i;
        auto k = past_dot(i + 1);
        if (const auto first = day(k)) {
            auto low = *first;
            auto high = *first;
            k = past_days(k, low, high);
            return with_year(i, k, in_month(*m, low, high), false);
        }
        // A month alone: sure where a word says that it is one ("in May"); "may" is a verb, too.
        const bool said = i > 0 && word_of(i - 1, words().before);
        if (i > 0 && words().shifts.count(tokens_[i - 1].text) != 0) {
            out_.sure = false;  // "last November": of which year?
            return k;
        }
        return with_year(i, k, in_month(*m, {}, {}), !said);
    }

    // Behind a month: its year, or "this year".
    std::size_t with_year(std::size_t from, std::size_t k, QuotedDate d, bool weak_alone) {
        const auto j = past_joints(k);
        if (const auto y = year(j)) {
            d.year = y;
            return add(from, past_year_mark(j + 1), d);
        }
        const auto* shift = at(j);
        if (shift != nullptr && words().shifts.count(shift->text) != 0) {
            const auto unit =
                at(j + 1) == nullptr ? words().units.end() : words().units.find(at(j + 1)->text);
            if (unit != words().units.end() && unit->second == Unit::year) {
                d.shift = words().shifts.at(shift->text);
                return add(from, j + 2, d);
            }
        }
        d.weak = weak_alone;
        return add(from, k, d);
    }

    // "in 2014", "2014 года"; other numbers of four digits may be years.
    std::size_t bare_year(std::size_t i) {
        const auto y = year(i);
        if (!y) return i;
        const auto* next = at(i + 1);
        if (next != nullptr && next->glued && next->kind == Token::Kind::word) return i;  // 1990s
        const auto end = past_year_mark(i + 1);
        QuotedDate d;
        d.year = y;
        d.weak = end == i + 1 && !(i > 0 && word_of(i - 1, words().before));
        return add(i, end, d);
    }

    // "last week", "this year"
    std::size_t shifted_unit(std::size_t i) {
        const auto shift = words().shifts.find(tokens_[i].text);
        if (shift == words().shifts.end() || at(i + 1) == nullptr) return i;
        const auto unit = words().units.find(at(i + 1)->text);
        if (unit == words().units.end()) return i;
        QuotedDate d;
        d.shift = shift->second;
        d.unit = unit->second;
        return add(i, i + 2, d);
    }

    // A day of the week before a date belongs to it; elsewhere, and with all other such words,
    // there may be a date that is not read.
    void weekdays(std::size_t i) {
        auto k = i + 1;
        while (is(k, ",") || word_of(k, words().joints)) ++k;
        const auto before = out_.dates.size();
        const bool dated = weekday_word(tokens_[i].text) && k < tokens_.size() && date_at(k) > k &&
                           out_.dates.back().first_day.has_value();
        out_.dates.resize(before);  // it is read again on the way
        if (!dated) out_.sure = false;
    }
    static bool weekday_word(const std::string& text) {
        static const std::set<std::string> all = [] {
            std::set<std::string> out;
            for (const auto& w : all_weekdays()) out.insert(lower_case(w.text));
            return out;
        }();
        return all.count(text) != 0;
    }

    std::vector<Token> tokens_;
    QuotedDates out_;
};

}  // namespace

QuotedDates dates_in_quote(std::string_view text) {
    return Scanner(text).read();
}

}  // namespace antinomy::grammar
