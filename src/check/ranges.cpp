#include "check/ranges.hpp"

#include <tuple>
#include <utility>

#include "time/duration.hpp"

namespace antinomy::check {

Amount in_days(Amount a) {
    const auto day = static_cast<double>(time::kSecondsOfDay);
    a.low *= day;
    a.high *= day;
    return a;
}

std::optional<bool> compare_amounts(std::string_view op, Amount a, Amount b) {
    if (const auto months = a.months - b.months; months != 0) {
        if (a.low == b.low && a.high == b.high && a.low == a.high) {
            a.low = a.high = static_cast<double>(months);
            b.low = b.high = 0;
        } else {
            std::tie(a.low, a.high) = in_seconds({months, a.low, a.high, false});
        }
    }
    bool yes = false;
    bool no = false;
    if (op == "=" || op == "!=") {
        yes = a.low == a.high && b.low == b.high && a.low == b.low;
        no = a.high < b.low || b.high < a.low;
        if (op == "!=") std::swap(yes, no);
    } else if (op == "<") {
        yes = a.high < b.low;
        no = a.low >= b.high;
    } else if (op == "<=") {
        yes = a.high <= b.low;
        no = a.low > b.high;
    } else if (op == ">") {
        yes = a.low > b.high;
        no = a.high <= b.low;
    } else {
        yes = a.low >= b.high;
        no = a.high < b.low;
    }
    if (yes || no) return yes;
    return std::nullopt;
}

}  // namespace antinomy::check
