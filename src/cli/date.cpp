// antinomy date EXPR...   what a written date means, without a case
// Each expression gets its answer, in the order given; one that is refused makes exit code 2.

#include <algorithm>
#include <charconv>
#include <iostream>
#include <memory>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/workspace.hpp"
#include "report/date.hpp"
#include "text/nearest.hpp"
#include "time/meaning.hpp"

namespace antinomy::cli {

namespace {

constexpr std::size_t kLine = 1 << 16;  // bytes of a line of standard input that are kept
constexpr int kMostSlack = 100'000;     // days

struct DateOptions {
    std::vector<std::string> expressions;
    std::vector<std::string> anchors;
    std::vector<std::string> policies;
    std::string as = "date";
    std::string format = "text";
};

// A line without its end; what is longer than any date may be is cut and refused by the grammar.
bool read_line(std::istream& in, std::string& line) {
    line.clear();
    int c = in.get();
    if (c == std::char_traits<char>::eof()) return false;
    for (; c != std::char_traits<char>::eof() && c != '\n'; c = in.get())
        if (line.size() < kLine) line += static_cast<char>(c);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return true;
}

// What is wrong with it; empty: nothing.
std::string set_policy(const std::string& name, const std::string& value,
                       time::Conventions& conventions) {
    int n = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
    const bool number = error == std::errc{} && end == value.data() + value.size();
    if (name == "approximate_slack") {
        if (!number || n < 0 || n > kMostSlack)
            return "a number of days from 0 to " + std::to_string(kMostSlack);
        conventions.approximate_slack = n;
    } else if (name == "month_end") {
        if (value == "clamp")
            conventions.month_end = time::MonthEnd::clamp;
        else if (value == "overflow")
            conventions.month_end = time::MonthEnd::overflow;
        else if (value == "both")
            conventions.month_end = time::MonthEnd::both;
        else
            return "clamp, overflow or both";
    } else if (name == "hemisphere") {
        if (value != "northern" && value != "southern") return "northern or southern";
        conventions.southern = value == "southern";
    } else if (name == "leap_birthday") {
        if (value == "march_1")
            conventions.leap_birthday = time::LeapBirthday::march_1;
        else if (value == "february_28")
            conventions.leap_birthday = time::LeapBirthday::february_28;
        else if (value == "both")
            conventions.leap_birthday = time::LeapBirthday::both;
        else
            return "march_1, february_28 or both";
    }
    return {};
}

int run(const DateOptions& o, const Common& common) {
    std::vector<time::NamedDate> anchors;
    for (const auto& a : o.anchors) {
        const auto at = a.find('=');
        if (at == std::string::npos || at == 0 || at + 1 == a.size())
            return refused("`--anchor " + a + "` is not NAME=DATE",
                           "write --anchor ban=2014-10-09");
        for (const auto& other : anchors)
            if (other.name == a.substr(0, at))
                return refused("`--anchor` gives `" + other.name + "` twice", "give it once");
        anchors.push_back({a.substr(0, at), a.substr(at + 1)});
    }
    time::Conventions conventions;
    static const std::vector<std::string> known{"approximate_slack", "month_end", "hemisphere",
                                                "leap_birthday"};
    for (const auto& p : o.policies) {
        const auto at = p.find('=');
        const auto name = p.substr(0, at);
        if (at == std::string::npos)
            return refused("`--policy " + p + "` is not NAME=VALUE",
                           "write --policy approximate_slack=30");
        if (std::find(known.begin(), known.end(), name) == known.end())
            return refused("no policy `" + name + "` of dates", text::did_you_mean(name, known));
        if (const auto wrong = set_policy(name, p.substr(at + 1), conventions); !wrong.empty())
            return refused("`" + p.substr(at + 1) + "` is no value of " + name, "write " + wrong);
    }
    const auto style = common.style(1);
    bool all = true;
    bool any = false;
    const auto answer = [&](const std::string& expression) {
        const auto m = time::meaning_of(expression, anchors, conventions, o.as == "period");
        if (o.format == "json") {
            report::print_meaning_json(std::cout, m);
        } else {
            if (any) std::cout << '\n';
            report::print_meaning(std::cout, m, conventions, style);
        }
        all = all && m.valid;
        any = true;
    };
    for (const auto& expression : o.expressions) {
        if (expression != "-") {
            answer(expression.substr(expression.rfind(' ', 0) == 0 ? 1 : 0));
            continue;
        }
        std::string line;
        while (read_line(std::cin, line)) answer(line);
    }
    std::cout << std::flush;
    if (!std::cout) {
        std::cerr << "antinomy: the answers could not be written whole\n";
        return kNotDone;
    }
    if (!any) return refused("standard input holds no expression", "give one a line");
    return all ? kFine : kNotDone;
}

}  // namespace

Run add_date(CLI::App& app, const Common& common) {
    auto o = std::make_shared<DateOptions>();
    auto* sub = app.add_subcommand("date", "What a written date means: the days it can be");
    sub->add_option("EXPR", o->expressions, "dates, or - for standard input, one a line")
        ->required();
    sub->add_option("--anchor", o->anchors, "NAME=DATE: the date of a point that is named")
        ->allow_extra_args(false);
    sub->add_option("--policy", o->policies,
                    "NAME=VALUE: approximate_slack, month_end, hemisphere or leap_birthday")
        ->allow_extra_args(false);
    sub->add_option("--as", o->as, "as in a date field (one day) or in a period field (two ends)")
        ->check(one_of({"date", "period"}));
    sub->add_option("--format", o->format, "text or json (an object an expression, each on a line)")
        ->check(one_of({"text", "json"}));
    return [o, sub, &common]() -> int { return sub->parsed() ? run(*o, common) : -1; };
}

}  // namespace antinomy::cli
