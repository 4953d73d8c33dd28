#include "redact/names.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "text/utf8.hpp"

namespace antinomy::redact {

namespace {

// Accounts that are called by their part in the matter: they name nobody, and rules speak of them
// by these names.
constexpr std::array kParts{"prosecution", "defence", "defense",    "court",      "police",
                            "claimant",    "victim",  "defendant",  "respondent", "applicant",
                            "plaintiff",   "state",   "government", "landlord",   "tenant"};

bool of_word(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') ||
           (u >= 'A' && u <= 'Z') || u == '_';
}

// In small letters, byte for byte as long: IVANOV is Ivanov. (A letter that has another length then
// stays as it is.)
std::string folded(std::string_view s) {
    std::string out;
    for (std::size_t at = 0; at < s.size();) {
        const auto point = text::decode_utf8(s, at);
        std::string small;
        if (point.valid)
            text::append_utf8(small, static_cast<char32_t>(utf8proc_tolower(
                                         static_cast<utf8proc_int32_t>(point.value))));
        out += small.size() == point.length ? std::string_view(small) : s.substr(at, point.length);
        at += point.length;
    }
    return out;
}

// Shorter words of names ("de", "J") would be found everywhere.
constexpr std::size_t kShortest = 3;

}  // namespace

Names::Names(std::vector<Named> known) {
    for (auto& n : known) {
        put(n.kind, n.name, n.token);
        // The number after the last one given.
        const auto digits = n.token.find_last_not_of("0123456789") + 1;
        if (digits == std::string::npos || digits >= n.token.size() || n.token.size() - digits > 9)
            continue;
        auto& count = counts_[n.token.substr(0, digits)];
        count = std::max<std::size_t>(count, std::stoul(n.token.substr(digits)));
    }
}

void Names::keep_words_of(const model::Vocabulary& vocabulary) {
    for (const auto& type : vocabulary.types()) {
        words_.insert(type.name);
        words_.insert(type.plural);
        for (const auto& field : type.fields) {
            words_.insert(field.name);
            words_.insert(field.words.begin(), field.words.end());
        }
    }
    for (const char* word : {"start", "end", "order", "suppress"}) words_.insert(word);
}

const std::string* Names::find(const std::string& kind, const std::string& name) const {
    const auto of = tokens_.find(kind);
    if (of == tokens_.end()) return nullptr;
    const auto it = of->second.find(name);
    return it == of->second.end() ? nullptr : &it->second;
}

void Names::put(const std::string& kind, const std::string& name, const std::string& token) {
    tokens_[kind][name] = token;
    used_.insert(token);
    if (kind == "text") text_tokens_.insert(token);
    all_.push_back({kind, name, token});
}

std::string Names::give(const std::string& kind, const std::string& name,
                        const std::string& prefix) {
    if (const auto* known = find(kind, name)) return *known;
    std::string token;
    do token = prefix + std::to_string(++counts_[prefix]);
    while (used_.count(token) != 0);
    put(kind, name, token);
    return token;
}

void Names::meet_id(const std::string& id, const std::string& type) {
    if (words_.count(id) == 0) give("id", id, type == "person" ? "P" : type + "-");
}
void Names::meet_account(const std::string& id) {
    if (std::find(kParts.begin(), kParts.end(), id) == kParts.end()) give("account", id, "A");
}
void Names::meet_case(const std::string& id) {
    give("case", id, "case-");
}

std::string Names::id(const std::string& name) const {
    const auto* token = find("id", name);
    return token != nullptr ? *token : words_.count(name) != 0 ? name : "cut";
}
std::string Names::account(const std::string& name) const {
    const auto* token = find("account", name);
    if (token != nullptr) return *token;
    return std::find(kParts.begin(), kParts.end(), name) != kParts.end() ? name : "cut";
}
std::string Names::case_id(const std::string& name) const {
    const auto* token = find("case", name);
    return token != nullptr ? *token : "cut";
}

std::string Names::path(std::string_view path) const {
    std::string out;
    for (std::size_t begin = 0; begin <= path.size();) {
        const auto end = std::min(path.find('.', begin), path.size());
        const std::string part(path.substr(begin, end - begin));
        // "order[3]"
        const auto bracket = part.find('[');
        if (bracket != std::string::npos)
            out += id(part.substr(0, bracket)) + part.substr(bracket);
        else
            out += id(part);
        if (end == path.size()) break;
        out += '.';
        begin = end + 1;
    }
    return out;
}

std::string Names::text(const std::string& value, const std::string& wish) {
    if (const auto* known = find("text", value)) return *known;
    if (wish.empty() || text_tokens_.count(wish) != 0) return give("text", value, "text-");
    put("text", value, wish);
    return wish;
}

std::string Names::file(const std::string& path, const std::string& stem) {
    if (const auto* known = find("file", path)) return *known;
    std::string token;
    do token = stem + std::to_string(++counts_[stem]) + ".yaml";
    while (used_.count(token) != 0);
    put("file", path, token);
    return token;
}

void Names::meet_person(const std::string& value) {
    const auto token = text(value);
    for (std::size_t i = 0; i < value.size();) {
        auto end = i;
        while (end < value.size() && of_word(value[end])) ++end;
        if (end - i >= kShortest) parts_.emplace(folded(value.substr(i, end - i)), token);
        i = std::max(end, i + 1);
    }
}

std::string Names::swept(const std::string& written) const {
    // Longest first, so that no part of a name is left of it.
    struct Whole {
        std::string name;
        const Named* of;
    };
    std::vector<Whole> whole;
    for (const auto& n : all_)
        if (n.name.size() >= kShortest) whole.push_back({folded(n.name), &n});
    std::stable_sort(whole.begin(), whole.end(), [](const Whole& a, const Whole& b) {
        return a.name.size() != b.name.size() ? a.name.size() > b.name.size() : a.name < b.name;
    });
    const auto small = folded(written);
    std::string out;
    for (std::size_t i = 0; i < written.size();) {
        const bool begins = i == 0 || !of_word(written[i - 1]);
        const Named* hit = nullptr;
        for (const auto& n : whole) {
            const auto end = i + n.name.size();
            if (!begins || small.compare(i, n.name.size(), n.name) != 0 ||
                (end < written.size() && of_word(written[end])))
                continue;
            hit = n.of;
            break;
        }
        if (hit != nullptr) {
            out += hit->token;
            i += hit->name.size();
            continue;
        }
        auto end = i;
        while (end < written.size() && of_word(written[end])) ++end;
        if (begins && end > i) {
            const auto part = parts_.find(small.substr(i, end - i));
            out += part == parts_.end() ? written.substr(i, end - i) : part->second;
            i = end;
            continue;
        }
        out += written[i++];
    }
    return out;
}

}  // namespace antinomy::redact
