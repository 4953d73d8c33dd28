#include <algorithm>

#include "check/evaluate.hpp"

namespace antinomy::check {

Ground Ground::all_of(std::vector<Ground> parts) {
    std::vector<Ground> kept;
    for (auto& p : parts) {
        if (p.kind == Kind::no) return truth(false);
        if (p.kind == Kind::yes) continue;
        kept.push_back(std::move(p));
    }
    if (kept.empty()) return truth(true);
    if (kept.size() == 1) return std::move(kept.front());
    return {Kind::all, {}, std::move(kept)};
}

Ground Ground::any_of(std::vector<Ground> parts) {
    std::vector<Ground> kept;
    for (auto& p : parts) {
        if (p.kind == Kind::yes) return truth(true);
        if (p.kind == Kind::no) continue;
        kept.push_back(std::move(p));
    }
    if (kept.empty()) return truth(false);
    if (kept.size() == 1) return std::move(kept.front());
    return {Kind::any, {}, std::move(kept)};
}

std::int64_t Ground::size() const {
    std::int64_t out = 1;
    for (const auto& p : parts) out += p.size();
    return out;
}

Ground Ground::of_rivals(std::vector<Ground> each, const std::string& what, const char* why) {
    if (each.size() == 1) return std::move(each.front());
    auto any = any_of(each);
    return any_of({all_of(std::move(each)), all_of({std::move(any), unknown(why, what)})});
}

Ground Ground::negated() const {
    switch (kind) {
        case Kind::yes:
            return truth(false);
        case Kind::no:
            return truth(true);
        case Kind::unknown:
        case Kind::gap:
            return *this;
        case Kind::leaf:
            return difference(time::negate(leaf));
        case Kind::all:
        case Kind::any: {
            std::vector<Ground> out;
            for (const auto& p : parts) out.push_back(p.negated());
            return kind == Kind::all ? any_of(std::move(out)) : all_of(std::move(out));
        }
    }
    return *this;
}

Ground Ground::without_gaps(bool as) const {
    if (kind == Kind::gap) return truth(as);
    if (kind != Kind::all && kind != Kind::any) return *this;
    std::vector<Ground> out;
    for (const auto& p : parts) out.push_back(p.without_gaps(as));
    return kind == Kind::all ? all_of(std::move(out)) : any_of(std::move(out));
}

void Ground::open(std::vector<std::pair<std::string, std::string>>& out) const {
    if (kind == Kind::unknown &&
        std::find(out.begin(), out.end(), std::pair{why, what}) == out.end())
        out.emplace_back(why, what);
    for (const auto& p : parts) p.open(out);
}

time::Formula Ground::formula(bool unknown_as, bool gap_as) const {
    switch (kind) {
        case Kind::yes:
            return time::Formula::truth(true);
        case Kind::no:
            return time::Formula::truth(false);
        case Kind::unknown:
            return time::Formula::truth(unknown_as);
        case Kind::gap:
            return time::Formula::truth(gap_as);
        case Kind::leaf:
            return time::Formula::of(leaf);
        case Kind::all:
        case Kind::any: {
            std::vector<time::Formula> out;
            for (const auto& p : parts) out.push_back(p.formula(unknown_as, gap_as));
            return kind == Kind::all ? time::Formula::all_of(std::move(out))
                                     : time::Formula::any_of(std::move(out));
        }
    }
    return time::Formula::truth(true);
}

std::string_view word(Status s) {
    switch (s) {
        case Status::certain:
            return "certain";
        case Status::possible:
            return "possible";
        case Status::gap:
            return "gap";
        case Status::satisfied:
            return "satisfied";
        case Status::not_applicable:
            return "not applicable";
        case Status::undecided:
            return "undecided";
    }
    return "";
}

}  // namespace antinomy::check
