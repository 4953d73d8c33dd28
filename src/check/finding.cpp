#include "check/finding.hpp"

#include <algorithm>

#include "check/state.hpp"

namespace antinomy::check {

std::string_view word(Severity s) {
    switch (s) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::review:
            return "review";
        case Severity::info:
            return "info";
    }
    return "error";
}

std::string_view word(Verdict v) {
    return v == Verdict::certain ? "certain" : "possible";
}

std::string_view word(Relation r) {
    return r == Relation::each ? "each" : "between";
}

void put_in_case(Finding& f, const std::string& case_id) {
    f.case_id = case_id;
    f.fingerprint = hash16(f.rule + "\n" + case_id + "\n" + f.identity);
}

std::string others_words(const Others& others, const NameOf& name) {
    const auto listed = [&](const std::vector<std::string>& accounts) {
        std::string out;
        for (std::size_t i = 0; i < accounts.size(); ++i)
            out += (i == 0 ? "" : i + 1 == accounts.size() ? " and " : ", ") + name(accounts[i]);
        return out;
    };
    // Who is nobody in particular is the file itself.
    const auto accounts = [](std::vector<std::string> list, bool* file) {
        const auto end = std::remove(list.begin(), list.end(), std::string());
        *file = end != list.end();
        list.erase(end, list.end());
        return list;
    };
    bool same = false;
    bool another = false;
    const auto alike = accounts(others.alike, &same);
    const auto otherwise = accounts(others.otherwise, &another);
    std::string out;
    const auto add = [&](const std::string& words) {
        if (!words.empty()) out += (out.empty() ? "" : "; ") + words;
    };
    const auto stating = [&](const std::vector<std::string>& list, std::string_view what) {
        return list.empty()
                   ? std::string()
                   : listed(list) + (list.size() == 1 ? " states " : " state ") + std::string(what);
    };
    add(stating(alike, "the same"));
    if (same) add("the file has the same on no account in particular");
    add(stating(otherwise, "otherwise"));
    if (another) add("the file has another value on no account in particular");
    return out.empty() ? "what the others say of it is not known" : out;
}

std::string_view word(Contrary::Then t) {
    switch (t) {
        case Contrary::Then::gone:
            return "gone";
        case Contrary::Then::cannot_tell:
            return "cannot tell";
        case Contrary::Then::possible:
            return "possible";
    }
    return "gone";
}

}  // namespace antinomy::check
