#include "verify/expression.hpp"

#include "verify/names.hpp"

namespace antinomy::verify {

namespace {

using Words = std::vector<std::string>;

constexpr int kDepth = 8;                     // of a chain
constexpr std::int64_t kCount = 999'999'999;  // days
constexpr std::int64_t kMonths = 120'000;     // beyond, dates leave history

Words words_of(std::string_view s) {
    Words out;
    std::string word;
    for (const char c : s) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            word += c;
        } else if (!word.empty()) {
            out.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) out.push_back(std::move(word));
    return out;
}

std::optional<std::int64_t> count_of(const std::string& s) {
    if (s.empty() || s.size() > 9) return std::nullopt;
    std::int64_t n = 0;
    for (const char c : s) {
        if (c < '0' || c > '9') return std::nullopt;
        n = n * 10 + (c - '0');
    }
    return n;
}

std::optional<Unit> unit_of(std::string s) {
    if (!s.empty() && s.back() == 's') s.pop_back();
    if (s == "day") return Unit::day;
    if (s == "week") return Unit::week;
    if (s == "month") return Unit::month;
    if (s == "year") return Unit::year;
    return std::nullopt;
}

std::optional<std::int64_t> shift_of(const std::string& s) {
    if (s == "last") return -1;
    if (s == "this" || s == "same") return 0;
    if (s == "next") return 1;
    return std::nullopt;
}

class Reader {
public:
    Reader(const Words& words, const Conventions& conventions)
        : words_(words), conventions_(conventions) {}

    std::optional<Expression> expression(std::size_t from, std::size_t to, int depth) const {
        if (depth > kDepth || from >= to) return std::nullopt;
        const auto word = [&](std::size_t i) {
            return from + i < to ? words_[from + i] : std::string();
        };
        const auto at = [&](std::size_t i, Expression e) -> std::optional<Expression> {
            auto a = anchor(from + i, to, depth);
            if (!a) return std::nullopt;
            e.anchor = std::move(*a);
            return e;
        };
        Expression e;
        if (word(0) == "between") {
            e.form = Expression::Form::between;
            for (std::size_t k = from + 2; k + 1 < to; ++k) {
                if (words_[k] != "and") continue;
                auto a = anchor(from + 1, k, depth);
                auto b = anchor(k + 1, to, depth);
                if (!a || !b) continue;
                e.anchor = std::move(*a);
                e.last = std::move(*b);
                return e;
            }
            return std::nullopt;
        }
        if (word(0) == "on" && word(1) != "or") return at(1, side(Side::same_day));
        if (word(0) == "same" && word(1) == "day" && word(2) == "as")
            return at(3, side(Side::same_day));
        if (word(0) == "before") return at(1, side(Side::before));
        if (word(0) == "after") return at(1, side(Side::after));
        if (word(0) == "not" && word(1) == "before") return at(2, side(Side::not_before));
        if (word(0) == "not" && word(1) == "after") return at(2, side(Side::not_after));
        e.form = Expression::Form::relation;
        auto& r = e.relation;
        if (const auto m = month_called(word(0)); m && word(1) == "of") {
            r.kind = Relation::Kind::month_of;
            r.count = *m;
            return at(2, e);
        }
        const std::size_t the = word(0) == "the" ? 1 : 0;
        if (const auto d = weekday_called(word(the))) {
            r.weekday = *d;
            r.kind = Relation::Kind::weekday_near;
            if (word(the + 1) == "on" && word(the + 2) == "or") {
                r.same = true;
                r.count = word(the + 3) == "after" ? 1 : -1;
                if (word(the + 3) != "after" && word(the + 3) != "before") return std::nullopt;
                return at(the + 4, e);
            }
            if (word(the + 1) == "before" || word(the + 1) == "after") {
                r.count = word(the + 1) == "after" ? 1 : -1;
                return at(the + 2, e);
            }
            const auto shift = shift_of(word(the + 2));
            if (word(the + 1) != "of" || !shift || word(the + 3) != "week" || word(the + 4) != "of")
                return std::nullopt;
            r.kind = Relation::Kind::weekday_of;
            r.count = *shift;
            return at(the + 5, e);
        }
        if (const auto shift = shift_of(word(0))) {
            const auto unit = unit_of(word(1));
            if (!unit || word(2) != "of") return std::nullopt;
            r.kind = Relation::Kind::unit_of;
            r.unit = *unit;
            r.count = *shift;
            return at(3, e);
        }
        if (word(0) == "aged") {
            r.kind = Relation::Kind::aged;
            const auto n = count_of(word(1));
            if (!n || *n > 1000) return std::nullopt;
            r.count = r.upto = *n;
            std::size_t next = 2;
            if (word(2) == "to") {
                const auto m = count_of(word(3));
                if (!m || *m > 1000 || *m < *n) return std::nullopt;
                r.upto = *m;
                next = 4;
            }
            if (word(next) != "on") return std::nullopt;
            return at(next + 1, e);
        }
        return distance(from, to, depth);
    }

private:
    static Expression side(Side s) {
        Expression e;
        e.side = s;
        return e;
    }

    std::optional<Expression> distance(std::size_t from, std::size_t to, int depth) const {
        Expression e;
        if (to - from > 2 && words_[from] == "at") {
            if (words_[from + 1] == "least")
                e.bound = Bound::at_least;
            else if (words_[from + 1] == "most")
                e.bound = Bound::at_most;
            else
                return std::nullopt;
            from += 2;
        }
        if (to - from < 4) return std::nullopt;
        const auto n = count_of(words_[from]);
        const bool working = words_[from + 1] == "working";
        if (working) ++from;
        if (to - from < 4) return std::nullopt;
        const auto unit = unit_of(words_[from + 1]);
        const auto& way = words_[from + 2];
        if (!n || !unit || (way != "before" && way != "after")) return std::nullopt;
        if (working && *unit != Unit::day) return std::nullopt;
        auto a = anchor(from + 3, to, depth);
        if (!a) return std::nullopt;
        e.anchor = std::move(*a);
        e.after = way == "after";
        e.count = *n;
        if (working) {
            e.form = Expression::Form::relation;
            e.relation.kind = Relation::Kind::working_days;
            e.relation.count = *n;
            e.relation.bound = e.bound;
            e.relation.backwards = !e.after;
            return e;
        }
        if (*unit == Unit::day || *unit == Unit::week) {
            e.form = Expression::Form::distance;
            if (*unit == Unit::week) e.count *= 7;
            return e;
        }
        const auto months = *unit == Unit::year ? *n * 12 : *n;
        if (months > kMonths) return std::nullopt;
        e.form = Expression::Form::relation;
        e.relation.kind = Relation::Kind::months;
        e.relation.count = e.after ? months : -months;
        e.relation.bound = e.bound;
        e.relation.backwards = !e.after && months != 0;
        return e;
    }

    std::optional<Anchor> anchor(std::size_t from, std::size_t to, int depth) const {
        if (from >= to) return std::nullopt;
        Anchor out;
        std::string whole = words_[from];
        for (auto k = from + 1; k < to; ++k) whole += " " + words_[k];
        if (auto date = read_day(whole, conventions_)) {
            out.date = std::move(*date);
            return out;
        }
        if (to - from == 1) {
            out.name = words_[from];
            return out;
        }
        auto nested = expression(from, to, depth + 1);
        if (!nested) return std::nullopt;
        out.nested = std::make_shared<const Expression>(std::move(*nested));
        return out;
    }

    const Words& words_;
    const Conventions& conventions_;
};

}  // namespace

std::optional<Expression> read_expression(std::string_view s, const Conventions& conventions) {
    const auto words = words_of(s);
    return Reader(words, conventions).expression(0, words.size(), 0);
}

bool counts_working_days(const Expression& e) {
    const auto hangs_on = [](const Anchor& a) {
        return a.nested && counts_working_days(*a.nested);
    };
    const bool own =
        e.form == Expression::Form::relation && e.relation.kind == Relation::Kind::working_days;
    return own || hangs_on(e.anchor) || hangs_on(e.last);
}

std::optional<Order> read_order(std::string_view s) {
    const auto words = words_of(s);
    Order out;
    std::size_t i = 0;
    const auto word = [&](std::size_t k) { return k < words.size() ? words[k] : std::string(); };
    if (words.empty()) return std::nullopt;
    out.names.push_back(words[i++]);
    while (i < words.size()) {
        OrderStep step;
        if (word(i) == "before" || word(i) == "after") {
            step.side = word(i) == "before" ? Side::before : Side::after;
            i += 1;
        } else if (word(i) == "not" && (word(i + 1) == "before" || word(i + 1) == "after")) {
            step.side = word(i + 1) == "before" ? Side::not_before : Side::not_after;
            i += 2;
        } else if (word(i) == "same" && word(i + 1) == "day" && word(i + 2) == "as") {
            step.side = Side::same_day;
            i += 3;
        } else {
            step.distance = true;
            if (word(i) == "at") {
                if (word(i + 1) != "least" && word(i + 1) != "most") return std::nullopt;
                step.bound = word(i + 1) == "least" ? Bound::at_least : Bound::at_most;
                i += 2;
            }
            const auto n = count_of(word(i));
            const auto unit = unit_of(word(i + 1));
            if (!n || *n > kCount || !unit || (*unit != Unit::day && *unit != Unit::week))
                return std::nullopt;
            step.days = *unit == Unit::week ? *n * 7 : *n;
            if (word(i + 2) != "before" && word(i + 2) != "after") return std::nullopt;
            step.after = word(i + 2) == "after";
            i += 3;
        }
        if (i >= words.size()) return std::nullopt;
        out.steps.push_back(step);
        out.names.push_back(words[i++]);
    }
    return out;
}

}  // namespace antinomy::verify
