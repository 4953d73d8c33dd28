#pragma once
// A view: what one account holds to be so. Per field the first of: conceded, own, adopted (in the
// order given, depth first), unattributed, another account's unchallenged word (semantics.md 2).
//
// Records that an identity line makes one share a representative; their fields are rival
// assertions. Where nobody knows whether two are one, each answer is a `World` of its own and a
// view is made in each.

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "model/case.hpp"

namespace antinomy::model {

// Which statements count: `--sources`. What carries no source always does.
struct Selection {
    std::optional<std::set<RecordId>> sources;
    [[nodiscard]] bool admits(RecordId source) const {
        return !source.valid() || !sources || sources->count(source) != 0;
    }
};

// An answer for each identity line of value `unknown` (by index into Case::identities).
struct World {
    std::vector<std::pair<std::size_t, bool>> answers;
};
// Every combination of answers; one world without any if nothing is unknown. At most
// 2^`limit_bits`; beyond it nothing (the caller reports "undecided").
[[nodiscard]] std::vector<World> worlds(const Case&, const Selection&, std::size_t limit_bits = 4);

struct View {
    AccountId account;              // invalid: a case without accounts
    std::vector<bool> exists;       // by record
    std::vector<RecordId> same_as;  // by record: its representative
    std::vector<std::vector<AssertionId>>
        slots;  // by Record::first_slot + field of the representative

    [[nodiscard]] const std::vector<AssertionId>& held(const Case& c, RecordId r,
                                                       std::size_t field) const {
        return slots[c.record(same_as[r.value]).first_slot + field];
    }
};

[[nodiscard]] View make_view(const Case&, AccountId, const Selection&, const World&);

// Is an account (or nobody's statement) part of what `account` holds: itself or one it adopts?
[[nodiscard]] bool holds(const Case&, AccountId account, AccountId by);

// Does an order line belong to the view? (semantics 2.2)
[[nodiscard]] bool in_view(const Case&, const View&, const Selection&, const OrderAssertion&);

}  // namespace antinomy::model
