#include "model/case.hpp"

#include <algorithm>
#include <functional>

namespace antinomy::model {

std::string_view word(State state) {
    switch (state) {
        case State::plain:
            return "";
        case State::unchallenged:
            return "unchallenged";
        case State::conceded:
            return "conceded";
        case State::withdrawn:
            return "withdrawn";
        case State::proposed:
            return "proposed";
    }
    return "";
}

const std::vector<std::string>& reserved_keys() {
    static const std::vector<std::string> keys{"case",  "include", "accounts", "identity",
                                               "order", "expect",  "suppress"};
    return keys;
}

AccountId Case::find_account(std::string_view wanted) const {
    for (std::uint32_t i = 0; i < accounts.size(); ++i)
        if (accounts[i].id == wanted) return {i};
    return {};
}

RecordId Case::find(std::string_view path) const {
    if (const auto it = by_path.find(std::string(path)); it != by_path.end()) return it->second;
    if (const auto it = by_id.find(std::string(path)); it != by_id.end() && it->second.size() == 1)
        return it->second.front();
    return {};
}

RecordId Case::find_in(TypeId type, std::string_view name) const {
    if (const auto it = by_path.find(std::string(name)); it != by_path.end())
        return record(it->second).type == type ? it->second : RecordId{};
    const auto dot = name.rfind('.');
    const auto last = dot == std::string_view::npos ? name : name.substr(dot + 1);
    const auto it = by_id.find(std::string(last));
    if (it == by_id.end()) return {};
    RecordId match;
    for (const auto r : it->second) {
        const auto& rec = record(r);
        if (rec.type != type) continue;
        if (dot != std::string_view::npos &&
            (!rec.parent.valid() || record(rec.parent).id != name.substr(0, dot)))
            continue;
        if (match.valid()) return {};  // two nested records of that name: the parent must be named
        match = r;
    }
    return match;
}

bool Case::is_complete(std::string_view list) const {
    return std::find(complete.begin(), complete.end(), list) != complete.end();
}

std::vector<AccountId> Case::adopted(AccountId account) const {
    std::vector<AccountId> out;
    const std::function<void(AccountId)> walk = [&](AccountId a) {
        if (std::find(out.begin(), out.end(), a) != out.end()) return;
        out.push_back(a);
        for (const auto next : accounts[a.value].adopts) walk(next);
    };
    if (account.valid()) walk(account);
    return out;
}

}  // namespace antinomy::model
