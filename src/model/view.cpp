#include "model/view.hpp"

#include <algorithm>
#include <map>

namespace antinomy::model {

namespace {

// The identity lines that decide in a view: per pair the account's own, else adopted, else
// nobody's.
struct Decided {
    std::size_t index;
    std::size_t rank;
};

std::map<std::pair<RecordId, RecordId>, Decided> deciding(const Case& c, AccountId account,
                                                          const Selection& selection) {
    std::map<std::pair<RecordId, RecordId>, Decided> out;
    const auto adopted = c.adopted(account);
    for (std::size_t i = 0; i < c.identities.size(); ++i) {
        const auto& line = c.identities[i];
        if (!selection.admits(line.source)) continue;
        std::size_t rank = adopted.size();
        if (line.by.valid()) {
            const auto it = std::find(adopted.begin(), adopted.end(), line.by);
            if (it == adopted.end()) continue;
            rank = static_cast<std::size_t>(it - adopted.begin());
        }
        const auto key = std::minmax(line.a, line.b);
        const auto [it, fresh] = out.try_emplace({key.first, key.second}, Decided{i, rank});
        if (!fresh && rank < it->second.rank) it->second = {i, rank};
    }
    return out;
}

}  // namespace

std::vector<World> worlds(const Case& c, const Selection& selection, std::size_t limit_bits) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < c.identities.size(); ++i)
        if (c.identities[i].value == Answer::unknown && selection.admits(c.identities[i].source))
            open.push_back(i);
    if (open.size() > limit_bits) return {};
    std::vector<World> out;
    for (std::size_t bits = 0; bits < (std::size_t{1} << open.size()); ++bits) {
        World w;
        for (std::size_t k = 0; k < open.size(); ++k)
            w.answers.emplace_back(open[k], (bits >> k & 1) != 0);
        out.push_back(std::move(w));
    }
    return out;
}

bool holds(const Case& c, AccountId account, AccountId by) {
    if (!by.valid()) return true;
    const auto adopted = c.adopted(account);
    return std::find(adopted.begin(), adopted.end(), by) != adopted.end();
}

View make_view(const Case& c, AccountId account, const Selection& selection, const World& world) {
    View view;
    view.account = account;
    const auto adopted = c.adopted(account);
    const auto rank_of = [&](AccountId by) -> std::size_t {
        const auto it = std::find(adopted.begin(), adopted.end(), by);
        return it == adopted.end() ? SIZE_MAX : static_cast<std::size_t>(it - adopted.begin());
    };

    view.same_as.resize(c.records.size());
    for (std::uint32_t i = 0; i < c.records.size(); ++i) view.same_as[i] = RecordId{i};
    for (const auto& [pair, decided] : deciding(c, account, selection)) {
        const auto& line = c.identities[decided.index];
        bool one = line.value == Answer::yes;
        if (line.value == Answer::unknown)
            for (const auto& [index, answer] : world.answers)
                if (index == decided.index) one = answer;
        if (!one) continue;
        const auto low = std::min(view.same_as[pair.first.value], view.same_as[pair.second.value]);
        const auto high = std::max(view.same_as[pair.first.value], view.same_as[pair.second.value]);
        for (auto& r : view.same_as)
            if (r == high) r = low;
    }

    view.exists.assign(c.records.size(), false);
    for (std::uint32_t i = 0; i < c.records.size(); ++i) {
        const auto& r = c.records[i];
        if (!selection.admits(r.source) || r.state == State::proposed ||
            r.state == State::withdrawn)
            continue;
        bool here = !r.by.valid() || rank_of(r.by) != SIZE_MAX || r.state == State::unchallenged;
        if (r.parent.valid() && !view.exists[r.parent.value]) here = false;
        view.exists[i] = here;
    }
    // One of several that are one is enough.
    for (std::uint32_t i = 0; i < c.records.size(); ++i)
        if (view.exists[i]) view.exists[view.same_as[i].value] = true;
    for (std::uint32_t i = 0; i < c.records.size(); ++i)
        if (view.exists[view.same_as[i].value]) view.exists[i] = true;

    // Per representative's slot: the assertions of the best class.
    std::vector<std::size_t> best(c.slot_count, SIZE_MAX);
    view.slots.resize(c.slot_count);
    const std::size_t plain = adopted.size() * 2 + 1;
    for (std::uint32_t i = 0; i < c.assertions.size(); ++i) {
        const auto& a = c.assertions[i];
        if (a.state == State::proposed || a.state == State::withdrawn ||
            !selection.admits(a.source))
            continue;
        std::size_t rank = SIZE_MAX;
        if (!a.by.valid()) {
            rank = plain;
        } else if (const auto own = rank_of(a.by); own != SIZE_MAX) {
            // A concession binds whoever adopts the account: several are rivals, none comes first.
            rank = a.state == State::conceded ? 0 : adopted.size() + own;
        } else if (a.state == State::unchallenged) {
            rank = plain + 1;
        }
        if (rank == SIZE_MAX) continue;
        const auto slot = c.record(view.same_as[a.record.value]).first_slot + a.field;
        if (rank > best[slot]) continue;
        if (rank < best[slot]) {
            best[slot] = rank;
            view.slots[slot].clear();
        }
        view.slots[slot].push_back({i});
    }
    return view;
}

bool in_view(const Case& c, const View& view, const Selection& selection,
             const OrderAssertion& order) {
    if (!selection.admits(order.source)) return false;
    if (!order.by.valid() || order.by == view.account) return true;
    if (!holds(c, view.account, order.by)) return false;
    // Adopted: it falls where the adopter itself dates one of its points.
    for (const auto& p : order.points) {
        const auto& r = c.record(view.same_as[p.record.value]);
        for (const auto field : {p.first, p.last})
            for (const auto a : view.slots[r.first_slot + field])
                if (c.assertion(a).by == view.account) return false;
    }
    return true;
}

}  // namespace antinomy::model
