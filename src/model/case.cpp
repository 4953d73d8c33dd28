#include "model/case.hpp"

#include <algorithm>
#include <functional>

#include "model/keys.hpp"
#include "text/nearest.hpp"

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
    static const auto keys = text::names_of(file_keys());
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

bool has_place(const Vocabulary& vocabulary, const Case& file, const std::string& at) {
    if (at == "order" || file.by_path.count(at) != 0) return true;
    if (at.rfind("accounts.", 0) == 0) return file.find_account(at.substr(9)).valid();
    for (const auto& line : file.orders)
        if (at == "order[" + std::to_string(line.index) + "]") return true;
    // A field of a record, or a part of a field.
    for (auto dot = at.rfind('.'); dot != std::string::npos && dot > 0;
         dot = at.rfind('.', dot - 1)) {
        const auto it = file.by_path.find(at.substr(0, dot));
        if (it == file.by_path.end()) continue;
        const auto rest = at.substr(dot + 1);
        return vocabulary.type(file.record(it->second).type)
                   .field(rest.substr(0, rest.find('.'))) != nullptr;
    }
    return false;
}

std::string near_places(const Case& file, const std::string& at) {
    std::vector<std::string> known;
    for (const auto& r : file.records) known.push_back(r.path);
    return text::did_you_mean(at, known);
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
