// How the timeline grows: does a network stand, and how early and late can a point be, for 1,000 to
// 1,000,000 constraints, beside Bellman and Ford's method written plainly. Both work in memory on
// the same constraints, in turns; each figure is a median. README.md says what the columns are.
//
//     benchmark_network [--largest N] [--repetitions N] [--patience SECONDS] [--shape NAME]
//
// The plain method relaxes all links in the order in which they are given, again and again, and
// stops when a round changes nothing; where it is likely to need more than the patience, it isn't
// run. Answers of the two are compared: a difference ends the program with 1.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iomanip>
#include <iostream>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "time/network.hpp"

namespace antinomy::time {
namespace {

using Links = std::vector<Difference>;  // point 0 is the origin

struct Made {
    std::uint32_t points = 1;  // the origin too
    Links links;
    bool stands = true;
};

// A distance of two points: low <= b - a <= high.
void apart(Links& links, std::uint32_t a, std::uint32_t b, std::int64_t low, std::int64_t high) {
    links.push_back({PointId{b}, PointId{a}, -low});
    links.push_back({PointId{a}, PointId{b}, high});
}
void window(Links& links, std::uint32_t p, std::int64_t first, std::int64_t last) {
    apart(links, 0, p, first, last);
}

constexpr std::int64_t kStart = 16'000;  // a day of 2013

// Ten points each: a window at both ends, and each point 1 to 20 days after the one before.
Made short_chains(std::size_t size) {
    Made m;
    std::mt19937 random(1);
    while (m.links.size() + 22 <= size) {
        const auto first = m.points;
        m.points += 10;
        const auto day = kStart + static_cast<std::int64_t>(random() % 400);
        window(m.links, first, day, day + 30);
        for (std::uint32_t p = first; p + 1 < m.points; ++p) apart(m.links, p, p + 1, 1, 20);
        window(m.links, m.points - 1, day + 20, day + 150);
    }
    return m;
}

enum class Order { forward, backward, shuffled };

// Every point 1 to 3 days after the one before; the first has a window. `stands` false: the last
// has one too, a day too early.
Made deep_chain(std::size_t size, Order order, bool stands = true) {
    Made m;
    m.stands = stands;
    m.points = static_cast<std::uint32_t>(size / 2);
    window(m.links, 1, kStart, kStart + 30);
    for (std::uint32_t p = 1; p + 1 < m.points; ++p) apart(m.links, p, p + 1, 1, 3);
    const auto least = kStart + static_cast<std::int64_t>(m.points) - 2;
    if (!stands) window(m.links, m.points - 1, kStart, least - 1);
    std::mt19937 random(1);
    if (order == Order::backward) std::reverse(m.links.begin(), m.links.end());
    if (order == Order::shuffled) std::shuffle(m.links.begin(), m.links.end(), random);
    return m;
}

// Two distances a point and a window for each fifth, around a dating that meets all of them.
Made sparse(std::size_t size) {
    Made m;
    std::mt19937 random(1);
    m.points = static_cast<std::uint32_t>(std::max<std::size_t>(size * 10 / 44, 2));
    std::vector<std::int64_t> day(m.points);
    for (auto& d : day) d = kStart + static_cast<std::int64_t>(random() % 3000);
    while (m.links.size() + 2 <= size) {
        const auto a = 1 + static_cast<std::uint32_t>(random() % (m.points - 1));
        const auto low = static_cast<std::int64_t>(random() % 40);
        const auto high = static_cast<std::int64_t>(random() % 40);
        if (random() % 11 == 0) {
            window(m.links, a, day[a] - low, day[a] + high);
            continue;
        }
        const auto b = 1 + static_cast<std::uint32_t>(random() % (m.points - 1));
        if (a != b) apart(m.links, a, b, day[b] - day[a] - low, day[b] - day[a] + high);
    }
    return m;
}

// ---------------------------------------------------------------- the plain method

// Days by Bellman and Ford, with early stop; nothing if there is a negative cycle. From one point,
// or from all at once. `rounds` counts.
std::optional<std::vector<std::int64_t>> relax(const Made& m, std::optional<std::uint32_t> from,
                                               bool back, std::size_t& rounds) {
    std::vector<std::int64_t> day(m.points, from ? kNoBound : 0);
    if (from) day[*from] = 0;
    for (std::size_t round = 0; round <= m.points; ++round) {
        bool changed = false;
        for (const Difference& d : m.links) {
            const auto& u = day[back ? d.to.value : d.from.value];
            auto& v = day[back ? d.from.value : d.to.value];
            if (u < kNoBound && u + d.most < v) {
                v = u + d.most;
                changed = true;
            }
        }
        ++rounds;
        if (!changed) return day;
    }
    return std::nullopt;
}

// ---------------------------------------------------------------- measuring

// Milliseconds of the processor: what else the machine does disturbs these least.
double milliseconds(const std::function<void()>& work) {
    const auto used = [] {
        timespec t{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
    };
    const auto began = used();
    work();
    return used() - began;
}

double median(std::vector<double> v) {
    std::sort(v.begin(), v.end());
    return v.empty() ? std::nan("") : v[v.size() / 2];
}

struct Figures {
    std::size_t size = 0;
    double describe = 0, stands = 0, bounds = 0;
    double plain_stands = 0, plain_bounds = 0;  // not a number: not run
};

struct Options {
    std::size_t largest = 1'000'000;
    int repetitions = 5;
    double patience = 20;
    std::string shape;
};

Network described(const Made& m) {
    Network n;
    const auto statement = [](std::size_t i) {
        Statement s;
        s.label = "statement " + std::to_string(i);
        return s;
    };
    for (std::uint32_t p = 1; p < m.points; ++p) n.add_point("point " + std::to_string(p));
    for (std::size_t i = 0; i < m.links.size(); ++i)
        n.add(n.add_statement(statement(i)), m.links[i]);
    return n;
}

void check(bool right, const std::string& what) {
    if (right) return;
    std::cerr << "the two methods differ: " << what << '\n';
    std::exit(1);
}

// The plain method is left out where its last figures say that it would take too long.
Figures measure(const Made& m, const Options& o, bool plain_stands, bool plain_bounds) {
    Figures f;
    f.size = m.links.size();
    std::vector<double> describe, stands, bounds, plain, plain_edges;
    const PointId asked{m.points / 2};
    for (int i = 0; i < o.repetitions; ++i) {
        std::optional<Network> network;
        describe.push_back(milliseconds([&] { network = described(m); }));
        std::optional<Solver> solver;
        Fit fit = Fit::undecided;
        stands.push_back(milliseconds([&] {
            solver.emplace(*network);
            fit = solver->fits();
        }));
        check(fit == (m.stands ? Fit::yes : Fit::no), "does it stand");
        std::size_t rounds = 0;
        if (plain_stands) {
            bool stood = false;
            plain.push_back(milliseconds([&] { stood = relax(m, {}, false, rounds).has_value(); }));
            check(stood == m.stands, "does it stand");
        }
        if (!m.stands) continue;
        DistanceBounds found;
        bounds.push_back(milliseconds([&] { found = solver->bounds(kOrigin, asked); }));
        if (!plain_bounds) continue;
        std::optional<std::vector<std::int64_t>> up, down;
        plain_edges.push_back(milliseconds([&] {
            up = relax(m, 0, false, rounds);
            down = relax(m, 0, true, rounds);
        }));
        const auto most = (*up)[asked.value], least = (*down)[asked.value];
        check(found.most == most && found.least == -least, "bounds");
    }
    f.describe = median(describe);
    f.stands = median(stands);
    f.bounds = median(bounds);
    f.plain_stands = median(plain);
    f.plain_bounds = median(plain_edges);
    return f;
}

std::string number(double x, int digits) {
    if (std::isnan(x)) return "-";
    std::ostringstream out;
    out << std::fixed << std::setprecision(digits) << x;
    return out.str();
}

// By what power of its size did the time grow since the last row?
std::string power(double now, double then, std::size_t size, std::size_t before) {
    if (std::isnan(now) || std::isnan(then) || before == 0) return "-";
    return number(std::log(now / then) / std::log(double(size) / double(before)), 2);
}

void table(const std::string& name, const std::function<Made(std::size_t)>& make,
           const Options& o) {
    if (!o.shape.empty() && name.find(o.shape) == std::string::npos) return;
    std::cout << name << '\n';
    std::cout << std::right << std::setw(12) << "constraints" << std::setw(10) << "describe"
              << std::setw(10) << "stands" << std::setw(8) << "ns each" << std::setw(7) << "power"
              << std::setw(12) << "plain" << std::setw(7) << "power" << std::setw(9) << "ratio"
              << std::setw(10) << "bounds" << std::setw(12) << "plain" << std::setw(9) << "ratio"
              << '\n';
    Figures last;
    double growth_stands = 10, growth_bounds = 10;
    for (std::size_t size = 1000; size <= o.largest; size *= 10) {
        // Likely to take what the last size took, times the growth seen so far.
        const auto bearable = [&](double then, double growth) {
            return last.size == 0 || (!std::isnan(then) && then * growth <= o.patience * 1000);
        };
        const auto f = measure(make(size), o, bearable(last.plain_stands, growth_stands),
                               bearable(last.plain_bounds, growth_bounds));
        if (last.size != 0) {
            growth_stands = std::max(10.0, f.plain_stands / last.plain_stands);
            growth_bounds = std::max(10.0, f.plain_bounds / last.plain_bounds);
        }
        std::cout << std::setw(12) << f.size << std::setw(10) << number(f.describe, 2)
                  << std::setw(10) << number(f.stands, 2) << std::setw(8)
                  << number(f.stands * 1e6 / double(f.size), 0) << std::setw(7)
                  << power(f.stands, last.stands, f.size, last.size) << std::setw(12)
                  << number(f.plain_stands, 2) << std::setw(7)
                  << power(f.plain_stands, last.plain_stands, f.size, last.size) << std::setw(9)
                  << number(f.stands / f.plain_stands, 3) << std::setw(10) << number(f.bounds, 3)
                  << std::setw(12) << number(f.plain_bounds, 2) << std::setw(9)
                  << number(f.bounds / f.plain_bounds, 4) << std::endl;
        last = f;
    }
}

int run(int count, char** arguments) {
    Options o;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string option = arguments[i];
        const std::string value = arguments[i + 1];
        if (option == "--largest") o.largest = std::stoul(value);
        if (option == "--repetitions") o.repetitions = std::stoi(value);
        if (option == "--patience") o.patience = std::stod(value);
        if (option == "--shape") o.shape = value;
    }
    std::cout << "milliseconds of the processor, median of " << o.repetitions
              << "; ratio: ours to plain\n";
    table("many short chains", short_chains, o);
    table(
        "one deep chain, forward", [](auto n) { return deep_chain(n, Order::forward); }, o);
    table(
        "one deep chain, backward", [](auto n) { return deep_chain(n, Order::backward); }, o);
    table(
        "one deep chain, shuffled", [](auto n) { return deep_chain(n, Order::shuffled); }, o);
    table(
        "one deep chain that cannot stand, forward",
        [](auto n) { return deep_chain(n, Order::forward, false); }, o);
    table(
        "one deep chain that cannot stand, shuffled",
        [](auto n) { return deep_chain(n, Order::shuffled, false); }, o);
    table("sparse random network with windows", sparse, o);
    return 0;
}

}  // namespace
}  // namespace antinomy::time

int main(int count, char** arguments) {
    return antinomy::time::run(count, arguments);
}
