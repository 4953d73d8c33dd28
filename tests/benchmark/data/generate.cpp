// Makes case records of a court, 1 to 2 KB each, with violations of six rules planted and counted.
//
//     generate RECORDS [--seed S] [--planted N] [--form jsonl|yaml]
//
// Records go to standard output, one a line (or one a YAML document), and none is kept. On standard
// error, one line of JSON: how many records and bytes, and of each rule how many violations were
// planted, certain and possible. N records in a thousand carry one (10 unless it is said). Record I
// is the same in every run of one seed, whatever their number. What is planted is known by
// construction, from day numbers: no text is read again to count it. All names are invented.

#include <date/date.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "writer.hpp"

namespace {

using antinomy::benchmark::Day;
using antinomy::benchmark::Form;
using antinomy::benchmark::Writer;

constexpr std::array<const char*, 6> kRules = {"act-before-norm",    "held-before-act",
                                               "detention-too-long", "heard-after-judgment",
                                               "appeal-too-late",    "released-too-early"};
enum Rule : int { act_norm, held_act, too_long, heard_after, appeal_late, released_early, none };

constexpr int kLongestDetention = 180;  // days, as in pack.yaml
constexpr int kAppealTerm = 30;         // days, likewise
// Two days so far apart keep their order though each is known by its month only.
constexpr int kMonths = 62;

// splitmix64 (Steele, Lea and Flood 2014): the same numbers on every machine.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15u;
        auto z = state_;
        z = (z ^ (z >> 30u)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27u)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31u);
    }
    // Both included.
    int between(int from, int to) {
        return from + static_cast<int>(next() % static_cast<std::uint64_t>(to - from + 1));
    }
    bool in_thousand(int n) { return between(0, 999) < n; }
    template <class T, std::size_t N>
    const T& one_of(const std::array<T, N>& list) {
        return list[next() % N];
    }

private:
    std::uint64_t state_;
};

date::year_month_day civil(int day) {
    return date::sys_days(date::days(day));
}
int number(date::year_month_day ymd) {
    return date::sys_days(ymd).time_since_epoch().count();
}
Day exact(int day) {
    return Day::exact(day, civil(day));
}
Day month_of(int day) {
    const auto d = civil(day);
    return Day::month(number(d.year() / d.month() / 1), number(d.year() / d.month() / date::last),
                      d);
}
Day year_of(int day) {
    const auto d = civil(day);
    return Day::year(number(d.year() / 1 / 1), number(d.year() / 12 / 31), d);
}
// Months later; the last day of the month where it has no such day.
int months_after(int day, int months) {
    const auto d = civil(day);
    const auto to = d.year() / d.month() + date::months(months);
    const auto last = number(to / date::last);
    const auto wanted = number(to / 1) + static_cast<int>(static_cast<unsigned>(d.day())) - 1;
    return wanted < last ? wanted : last;
}
// A day of the same month that is neither its first nor its last.
int inside_month(int day, Numbers& numbers) {
    const auto d = civil(day);
    return number(d.year() / d.month() / 1) + numbers.between(1, 26);
}

// Escaped as JSON and as YAML in double quotes.
constexpr std::array<std::string_view, 48> kWords = {"the",
                                                     "court",
                                                     "of",
                                                     "first",
                                                     "instance",
                                                     "heard",
                                                     "witnesses",
                                                     "and",
                                                     "an",
                                                     "expert",
                                                     "who",
                                                     "had",
                                                     "examined",
                                                     "documents",
                                                     "found",
                                                     "at",
                                                     "place",
                                                     "counsel",
                                                     "objected",
                                                     "to",
                                                     "reading",
                                                     "statement",
                                                     "in",
                                                     "absence",
                                                     "a",
                                                     "motion",
                                                     "was",
                                                     "dismissed",
                                                     "défense",
                                                     "Klägerin",
                                                     "the \\\"blue ledger\\\"",
                                                     "§ 244",
                                                     "заседание",
                                                     "adjourned",
                                                     "until",
                                                     "parties",
                                                     "agreed",
                                                     "that",
                                                     "copy",
                                                     "sent",
                                                     "by",
                                                     "registered",
                                                     "mail",
                                                     "no",
                                                     "further",
                                                     "evidence",
                                                     "offered",
                                                     "caf\\u00e9"};
constexpr std::array<std::string_view, 12> kPlaces = {"Aldmoor",  "Brisk",   "Carrow",  "Dunmere",
                                                      "Eastholt", "Fenwick", "Garth",   "Holm",
                                                      "Ivel",     "Jarrow",  "Kelling", "Löwenau"};
constexpr std::array<std::string_view, 10> kNames = {"Adler",   "Brandt", "Conti",  "Dvořák",
                                                     "Eriksen", "Fabre",  "Gruber", "Horváth",
                                                     "Ivanov",  "Jansen"};
constexpr std::array<std::string_view, 5> kKinds = {"Ds", "Ls", "KLs", "Cs", "Ks"};

// Words in a row, of which each text is a piece.
class Prose {
public:
    Prose() {
        Numbers numbers(0);
        while (text_.size() < kBytes + 2 * kLongest) {
            if (text_.size() < kBytes) begins_.push_back(text_.size());
            text_ += numbers.one_of(kWords);
            text_ += numbers.in_thousand(80) ? ". " : " ";
        }
    }
    // So many bytes, and the rest of the last word.
    [[nodiscard]] std::string_view some(std::size_t bytes, std::uint64_t chance) const {
        const auto begin = begins_[chance % begins_.size()];
        return std::string_view(text_).substr(begin, text_.find(' ', begin + bytes) - begin);
    }

private:
    static constexpr std::size_t kBytes = 1u << 16u, kLongest = 2048;
    std::string text_;
    std::vector<std::size_t> begins_;
};
const Prose& prose() {
    static const Prose all;
    return all;
}

struct Charge {
    Day in_force, act;
};
struct Detention {
    std::size_t charge = 0;
    Day from, to;
    bool open = false;
};

// One record: first all of its days, then the bytes.
class Record {
public:
    Record(std::uint64_t seed, std::uint64_t index, int planted)
        : index_(index), numbers_(Numbers(seed ^ (index * 0xD1342543DE82EF95u)).next()) {
        if (numbers_.in_thousand(planted)) {
            rule_ = numbers_.between(0, 5);
            possible_ = numbers_.in_thousand(300);
        }
        charges();
        detentions();
        judgment();
        appeal();
        sentence();
    }
    [[nodiscard]] int rule() const { return rule_; }
    [[nodiscard]] bool possible() const { return possible_; }
    void write(Writer& w);

private:
    [[nodiscard]] bool certainly(int rule) const { return rule_ == rule && !possible_; }
    [[nodiscard]] bool perhaps(int rule) const { return rule_ == rule && possible_; }
    Day roughly(int day, int months_in_thousand) {
        return numbers_.in_thousand(months_in_thousand) ? month_of(day) : exact(day);
    }
    // So many days, and now and then just as many as are allowed.
    int up_to(int limit) { return numbers_.in_thousand(50) ? limit : numbers_.between(0, limit); }

    // What is planted lies beyond the limit by so many days, and often by one.
    int beyond(int most) { return numbers_.in_thousand(200) ? 1 : numbers_.between(1, most); }

    // The target of what is planted is always the first charge, detention or hearing that is made,
    // and where it stands in its list is drawn afterwards.
    void charges() {
        const int base = numbers_.between(9'500, 17'000);  // 1996 to 2016
        const int count = numbers_.between(1, 3);
        for (int i = 0; i < count; ++i) {
            const bool target = i == 0;
            Charge c;
            int act = base + numbers_.between(0, 200);
            if (target && (perhaps(act_norm) || perhaps(held_act))) {
                c.act = exact(inside_month(act, numbers_));
            } else {
                c.act = roughly(act, 30);
            }
            act = c.act.first;
            if (target && certainly(act_norm)) {
                c.in_force = exact(c.act.last + beyond(400));
            } else if (target && perhaps(act_norm)) {
                c.in_force = month_of(act);
            } else if (numbers_.in_thousand(5)) {
                c.in_force = year_of(act - numbers_.between(400, 6000));
            } else if (numbers_.in_thousand(20)) {
                c.in_force = month_of(act - numbers_.between(kMonths, 6000));
            } else {
                c.in_force =
                    exact(act - (numbers_.in_thousand(50) ? 0 : numbers_.between(1, 6000)));
            }
            charges_[charge_count_++] = c;
        }
    }

    void detentions() {
        int count = numbers_.in_thousand(400) ? 0 : numbers_.between(1, 2);
        if (count == 0 && (rule_ == held_act || rule_ == too_long)) count = 1;
        for (int i = 0; i < count; ++i) {
            const bool target = i == 0;
            Detention d;
            d.charge = target && rule_ == held_act ? 0
                                                   : static_cast<std::size_t>(numbers_.between(
                                                         0, static_cast<int>(charge_count_) - 1));
            const auto& act = charges_[d.charge].act;
            if (target && certainly(held_act)) {
                d.from = exact(act.first - beyond(300));
            } else if (target && perhaps(held_act)) {
                d.from = month_of(act.first);
            } else if (numbers_.in_thousand(30)) {
                d.from = month_of(act.last + numbers_.between(kMonths, 260));
            } else {
                d.from = exact(act.last + up_to(200));
            }
            if (target && perhaps(too_long)) {
                // The day on which it has lasted long enough, inside the month of its end.
                const int end = inside_month(act.last + 230, numbers_);
                d.from = exact(end - kLongestDetention);
                d.to = month_of(end);
            } else if (target && certainly(too_long)) {
                d.to = exact(d.from.last + kLongestDetention + beyond(300));
            } else if (numbers_.in_thousand(30)) {
                d.to = month_of(d.from.first + numbers_.between(5, kLongestDetention - kMonths));
            } else {
                d.to = exact(d.from.first + up_to(kLongestDetention));
            }
            d.open = !(target && rule_ == too_long) && numbers_.in_thousand(20);
            detentions_[detention_count_++] = d;
        }
    }

    void judgment() {
        const int day = charges_[0].act.last + numbers_.between(450, 1200);
        given_ = perhaps(heard_after) ? exact(inside_month(day, numbers_)) : roughly(day, 20);
        served_ = rule_ == appeal_late && possible_
                      ? month_of(given_.last + numbers_.between(0, 60))
                      : roughly(given_.last + numbers_.between(0, 60), 30);
        served_known_ = rule_ == appeal_late || !numbers_.in_thousand(10);
        const int count = numbers_.between(1, 4);
        for (int i = 0; i < count; ++i) {
            const bool target = i == 0;
            if (target && certainly(heard_after)) {
                hearings_[hearing_count_++] = exact(given_.last + beyond(100));
            } else if (target && perhaps(heard_after)) {
                hearings_[hearing_count_++] = month_of(given_.first);
            } else if (numbers_.in_thousand(30)) {
                hearings_[hearing_count_++] =
                    month_of(given_.first - numbers_.between(kMonths, 400));
            } else {
                const int before = numbers_.in_thousand(200) ? 0 : numbers_.between(1, 400);
                hearings_[hearing_count_++] = exact(given_.first - before);
            }
        }
    }

    void appeal() {
        appealed_ = rule_ == appeal_late || numbers_.in_thousand(450);
        if (!appealed_) return;
        if (certainly(appeal_late))
            filed_ = exact(served_.last + kAppealTerm + beyond(100));
        else if (perhaps(appeal_late))
            filed_ = exact(served_.last + kAppealTerm + 1 - beyond(27));
        else if (!served_.is_exact() && numbers_.in_thousand(200))
            filed_ = served_;  // both in one month: its last day is the 31st of the term at most
        else
            filed_ = exact(served_.first + up_to(kAppealTerm));
    }

    void sentence() {
        sentenced_ = rule_ == released_early || numbers_.in_thousand(800);
        if (!sentenced_) return;
        const int day = given_.last + numbers_.between(0, 40);
        from_ = perhaps(released_early) ? month_of(day) : roughly(day, 30);
        months_ = numbers_.between(6, 60);
        credit_ = numbers_.in_thousand(500) ? 0 : numbers_.between(1, 180);
        const int first = months_after(from_.first, months_) - credit_;
        const int last = months_after(from_.last, months_) - credit_;
        if (certainly(released_early))
            released_ = exact(first - beyond(200));
        else if (perhaps(released_early))
            released_ = exact(last - beyond(27));
        else if (numbers_.in_thousand(30))
            released_ = month_of(last + numbers_.between(31, 200));
        else
            released_ = exact(last + (numbers_.in_thousand(700) ? 0 : numbers_.between(1, 200)));
    }

    std::string_view words(std::size_t bytes) { return prose().some(bytes, numbers_.next()); }
    std::string_view name() {
        text_.assign(1, static_cast<char>('A' + numbers_.between(0, 25)));
        text_ += ". ";
        text_ += numbers_.one_of(kNames);
        return text_;
    }

    std::uint64_t index_;
    Numbers numbers_;
    int rule_ = none;
    bool possible_ = false;
    std::array<Charge, 3> charges_;
    std::array<Detention, 2> detentions_;
    std::array<Day, 4> hearings_;
    std::size_t charge_count_ = 0, detention_count_ = 0, hearing_count_ = 0;
    Day given_, served_, filed_, from_, released_;
    bool served_known_ = true, appealed_ = false, sentenced_ = false;
    int months_ = 0, credit_ = 0;
    std::string text_;
};

void Record::write(Writer& w) {
    const auto begin = w.size();
    const auto size = static_cast<std::size_t>(numbers_.between(1024, 2048));
    std::string id = std::to_string(index_);
    id.insert(0, id.size() < 8 ? 8 - id.size() : 0, '0');
    w.record();
    w.text("id", "K-" + id);
    text_ = std::to_string(numbers_.between(1, 400)) + ' ';
    text_ += numbers_.one_of(kKinds);
    text_ += ' ' + std::to_string(numbers_.between(1, 900)) + '/' +
             std::to_string(numbers_.between(10, 24));
    w.text("docket", text_);
    w.mapping("court");
    text_ = "District Court of ";
    text_ += numbers_.one_of(kPlaces);
    w.text("name", text_);
    w.number("chamber", numbers_.between(1, 40));
    w.text("presiding", name());
    w.end();
    w.mapping("defendant");
    w.text("name", name());
    w.day("born", exact(numbers_.between(-9'000, 6'000)));
    w.end();
    w.list("charges");
    const auto turn = static_cast<std::size_t>(numbers_.between(0, 5));
    for (std::size_t i = 0; i < charge_count_; ++i) {
        const auto k = (i + turn) % charge_count_;
        w.item();
        w.text("id", "c" + std::to_string(k + 1));
        w.text("article", "art. " + std::to_string(numbers_.between(100, 360)));
        w.day("in_force", charges_[k].in_force);
        w.day("act", charges_[k].act);
        w.text("conduct", words(16));
        w.end();
    }
    w.end_list();
    w.list("detention");
    for (std::size_t i = 0; i < detention_count_; ++i) {
        const auto& d = detentions_[(i + turn) % detention_count_];
        w.item();
        w.text("charge", "c" + std::to_string(d.charge + 1));
        w.day("from", d.from);
        if (d.open)
            w.null("to");
        else
            w.day("to", d.to);
        w.end();
    }
    w.end_list();
    w.list("hearings");
    for (std::size_t i = 0; i < hearing_count_; ++i) {
        w.item();
        w.day("held", hearings_[(i + turn) % hearing_count_]);
        w.text("room", std::to_string(numbers_.between(1, 90)));
        w.end();
    }
    w.end_list();
    w.mapping("judgment");
    w.day("given", given_);
    if (served_known_)
        w.day("served", served_);
    else
        w.null("served");
    w.text("outcome", sentenced_ ? "conviction" : "acquittal");
    w.end();
    if (appealed_) {
        w.mapping("appeal");
        w.day("filed", filed_);
        w.text("by", numbers_.in_thousand(500) ? "defence" : "prosecution");
        w.end();
    } else {
        w.null("appeal");
    }
    if (sentenced_) {
        w.mapping("sentence");
        w.day("from", from_);
        w.number("months", months_);
        w.number("credit_days", credit_);
        w.day("released", released_);
        w.end();
    } else {
        w.null("sentence");
    }
    // What is left goes into texts that no rule reads.
    const auto so_far = w.size() - begin + 60;
    const auto rest = size > so_far ? size - so_far : 40;
    w.text("reasons", words(rest / 3));
    w.text("summary", words(rest - rest / 3));
    w.end_record();
}

struct Options {
    std::uint64_t records = 0;
    std::uint64_t seed = 1;
    int planted = 10;
    Form form = Form::jsonl;
};

bool read(int argc, char** argv, Options& out) {
    char* end = nullptr;
    const auto number_of = [&](const char* text) { return std::strtoull(text, &end, 10); };
    if (argc < 2) return false;
    out.records = number_of(argv[1]);
    if (*end != '\0' || end == argv[1]) return false;
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc) return false;
        const std::string_view name = argv[i], value = argv[i + 1];
        if (name == "--form" && (value == "jsonl" || value == "yaml")) {
            out.form = value == "yaml" ? Form::yaml : Form::jsonl;
            continue;
        }
        const auto n = number_of(argv[i + 1]);
        if (*end != '\0' || end == argv[i + 1]) return false;
        if (name == "--seed")
            out.seed = n;
        else if (name == "--planted" && n <= 1000)
            out.planted = static_cast<int>(n);
        else
            return false;
    }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (!read(argc, argv, options)) {
        std::cerr << "usage: generate RECORDS [--seed S] [--planted 0..1000] "
                     "[--form jsonl|yaml]\n";
        return 2;
    }
    std::array<std::array<std::uint64_t, 2>, kRules.size()> planted{};
    Writer writer(options.form, stdout);
    for (std::uint64_t i = 1; i <= options.records; ++i) {
        Record record(options.seed, i, options.planted);
        record.write(writer);
        if (record.rule() != none)
            ++planted[static_cast<std::size_t>(record.rule())][record.possible() ? 1 : 0];
        if (!writer.flush(false)) break;
    }
    if (!writer.flush(true)) {
        std::cerr << "generate: the records could not be written\n";
        return 2;
    }
    std::cerr << "{\"records\":" << options.records << ",\"bytes\":" << writer.written()
              << ",\"findings\":{";
    for (std::size_t r = 0; r < kRules.size(); ++r)
        std::cerr << (r > 0 ? "," : "") << '"' << kRules[r] << "\":{\"certain\":" << planted[r][0]
                  << ",\"possible\":" << planted[r][1] << '}';
    std::cerr << "}}\n";
    return 0;
}
