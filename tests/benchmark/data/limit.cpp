// The hand-written limit: the six rules of pack.yaml as code, on simdjson's DOM, a line at a time.
//
//     limit FILE        FILE may be `-`; prints one line of JSON: records, and findings of each
//     rule
//
// What a program does that was written for these records alone: no map, no places, no proof. Days
// that are known by their month or year are read as antinomy reads them: one unknown day of it. A
// finding is certain if it holds on every day that may be meant, possible if on some.
// Exit code: 0; 2 if the file or a record could not be read.

#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <memory>
#include <string_view>

namespace {

using simdjson::dom::element;

constexpr int kLongestDetention = 180;
constexpr int kAppealTerm = 30;

enum Rule : std::size_t { act_norm, held_act, too_long, heard_after, appeal_late, released_early };
constexpr std::array<const char*, 6> kRules = {"act-before-norm",    "held-before-act",
                                               "detention-too-long", "heard-after-judgment",
                                               "appeal-too-late",    "released-too-early"};

struct Civil {
    int year = 0, month = 0, day = 0;
};

// Days since 1970-01-01 (Hinnant, chrono-compatible low-level date algorithms).
int number(Civil c) {
    const int y = c.year - (c.month <= 2 ? 1 : 0);
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int of_era = y - era * 400;
    const int of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int length(int year, int month) {
    constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

Civil months_after(Civil c, int months) {
    const int all = c.year * 12 + c.month - 1 + months;
    c.year = all / 12;
    c.month = all % 12 + 1;
    c.day = std::min(c.day, length(c.year, c.month));
    return c;
}

// The first and last day that may be meant; not known: nothing is stated.
struct Window {
    bool known = false;
    Civil from, to;
    int first = 0, last = 0;
};

class Bad {};

int digits(std::string_view text, std::size_t at, std::size_t count) {
    int out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') throw Bad();
        out = out * 10 + (text[i] - '0');
    }
    return out;
}

Window window(simdjson::simdjson_result<element> value) {
    Window out;
    std::string_view text;
    if (value.is_null() || value.get(text) != simdjson::SUCCESS) {
        if (value.error() != simdjson::NO_SUCH_FIELD && !value.is_null()) throw Bad();
        return out;
    }
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) throw Bad();
    out.known = true;
    out.from = {digits(text, 0, 4), 1, 1};
    out.to = {out.from.year, 12, 31};
    if (text.size() > 4) {
        if (text[4] != '-') throw Bad();
        out.from.month = out.to.month = digits(text, 5, 2);
        if (out.from.month < 1 || out.from.month > 12) throw Bad();
        out.to.day = length(out.to.year, out.to.month);
    }
    if (text.size() > 7) {
        const int day = digits(text, 8, 2);
        if (text[7] != '-' || day < 1 || day > out.to.day) throw Bad();
        out.from.day = out.to.day = day;
    }
    out.first = number(out.from);
    out.last = text.size() > 7 ? out.first : number(out.to);
    return out;
}

class Checks {
public:
    void record(element r) {
        ++records_;
        const auto given = window(r["judgment"]["given"]);
        const auto served = window(r["judgment"]["served"]);
        std::array<std::pair<std::string_view, Window>, 16> acts;
        std::size_t charges = 0;
        for (const element c : simdjson::dom::array(r["charges"])) {
            const auto act = window(c["act"]);
            before(act_norm, act, window(c["in_force"]), 0);
            if (charges == acts.size()) throw Bad();
            acts[charges++] = {std::string_view(c["id"]), act};
        }
        for (const element d : simdjson::dom::array(r["detention"])) {
            const auto from = window(d["from"]);
            const std::string_view charge = d["charge"];
            for (std::size_t i = 0; i < charges; ++i)
                if (acts[i].first == charge) before(held_act, from, acts[i].second, 0);
            before(too_long, from, window(d["to"]), kLongestDetention);
        }
        for (const element h : simdjson::dom::array(r["hearings"]))
            before(heard_after, given, window(h["held"]), 0);
        if (const auto appeal = r["appeal"]; !appeal.is_null())
            before(appeal_late, served, window(appeal["filed"]), kAppealTerm);
        if (const auto sentence = r["sentence"]; !sentence.is_null()) {
            auto end = window(sentence["from"]);
            const auto months = static_cast<int>(std::int64_t(sentence["months"]));
            const auto credit = static_cast<int>(std::int64_t(sentence["credit_days"]));
            end.first = number(months_after(end.from, months)) - credit;
            end.last = number(months_after(end.to, months)) - credit;
            before(released_early, window(sentence["released"]), end, 0);
        }
    }
    void print() const {
        std::cout << "{\"records\":" << records_ << ",\"findings\":{";
        for (std::size_t r = 0; r < kRules.size(); ++r)
            std::cout << (r > 0 ? "," : "") << '"' << kRules[r]
                      << "\":{\"certain\":" << found_[r][0] << ",\"possible\":" << found_[r][1]
                      << '}';
        std::cout << "}}\n";
    }

private:
    // A finding where a is more than so many days before b.
    void before(Rule rule, const Window& a, const Window& b, int days) {
        if (!a.known || !b.known) return;
        if (a.last + days < b.first)
            ++found_[rule][0];
        else if (a.first + days < b.last)
            ++found_[rule][1];
    }

    std::uint64_t records_ = 0;
    std::array<std::array<std::uint64_t, 2>, kRules.size()> found_{};
};

// Whole lines in blocks; a line stays where it was read, with the padding that simdjson asks for
// behind it.
bool run(int file, Checks& checks) {
    constexpr std::size_t kBlock = 1u << 20u;
    const auto buffer = std::make_unique<char[]>(kBlock + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    std::size_t held = 0;
    bool good = true;
    const auto line = [&](const char* begin, std::size_t size) {
        if (size == 0) return;
        try {
            checks.record(parser.parse(begin, size, false));
        } catch (const simdjson::simdjson_error& e) {
            std::cerr << "limit: " << e.what() << '\n';
            good = false;
        } catch (const Bad&) {
            std::cerr << "limit: a day of a record is none\n";
            good = false;
        }
    };
    for (;;) {
        const auto got = ::read(file, buffer.get() + held, kBlock - held);
        if (got < 0) return false;
        const char* begin = buffer.get();
        const char* const end = begin + held + got;
        if (got == 0) {
            line(begin, held);
            return good;
        }
        while (const auto* at = static_cast<const char*>(
                   std::memchr(begin, '\n', static_cast<std::size_t>(end - begin)))) {
            line(begin, static_cast<std::size_t>(at - begin));
            begin = at + 1;
        }
        held = static_cast<std::size_t>(end - begin);
        if (held == kBlock) return false;  // a line longer than a block
        std::memmove(buffer.get(), begin, held);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: limit FILE\n";
        return 2;
    }
    const bool piped = std::string_view(argv[1]) == "-";
    const int file = piped ? STDIN_FILENO : ::open(argv[1], O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        std::cerr << argv[1] << ": cannot open\n";
        return 2;
    }
    Checks checks;
    const bool good = run(file, checks);
    checks.print();
    if (!good) std::cerr << "limit: not all could be read\n";
    return good ? 0 : 2;
}
