#include "data/amounts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <optional>
#include <utility>

namespace antinomy::data {

using check::Amount;
using check::GroupTotals;

namespace {

constexpr std::size_t kBlock = 4096;
constexpr std::size_t kRead = 64u << 10;  // of each run at a time, if there are few

// What an entry has; `low` and `high` say of which of the two bounds of an amount it is.
struct Flag {
    static constexpr unsigned char low = 1;
    static constexpr unsigned char high = 2;
    static constexpr unsigned char perhaps = 4;
    static constexpr unsigned char by_clock = 8;
    static constexpr unsigned char parts = 16;
};

template <class T>
void put(std::string& to, const T& value) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    to.append(bytes, sizeof(T));
}

template <class T>
T take(const char*& from) {
    T value;
    std::memcpy(&value, from, sizeof(T));
    from += sizeof(T);
    return value;
}

std::uint64_t hash_of(std::string_view key) {
    return std::hash<std::string_view>{}(key);
}

// The number of a rule before what records have in common.
void key_of(std::size_t rule, std::string_view alike, std::string& out) {
    out.clear();
    put(out, static_cast<std::uint32_t>(rule));
    out += alike;
}

// Half-way between, and endless if one of them is.
double half_way(double a, double b) {
    return std::isinf(a) ? a : std::isinf(b) ? b : (a + b) / 2;
}

}  // namespace

// In bytes: a head of 21, then the whole amount if the value alone does not say it, then the key.
struct Amounts::Entry {
    std::uint64_t hash = 0;
    std::string_view key;
    unsigned char flags = 0;
    double value = 0;  // in seconds, or the number: what is sorted by
    Amount amount;     // of those with `low` in the flags

    static constexpr std::size_t kHead = 8 + 4 + 1 + 8;
    static constexpr std::size_t kParts = 8 + 8 + 8;

    // The size of the entry of which these are the first bytes, a head at least.
    static std::size_t size(const char* bytes) {
        bytes += 8;
        const std::size_t key = take<std::uint32_t>(bytes);
        return kHead + ((static_cast<unsigned char>(*bytes) & Flag::parts) != 0 ? kParts : 0) + key;
    }
    static Entry read(const char* bytes) {
        Entry out;
        out.hash = take<std::uint64_t>(bytes);
        const auto size = take<std::uint32_t>(bytes);
        out.flags = take<unsigned char>(bytes);
        out.value = take<double>(bytes);
        if ((out.flags & Flag::parts) != 0) {
            out.amount.months = take<std::int64_t>(bytes);
            out.amount.low = take<double>(bytes);
            out.amount.high = take<double>(bytes);
        } else {
            out.amount.low = out.amount.high = out.value;
        }
        out.amount.by_clock = (out.flags & Flag::by_clock) != 0;
        out.key = {bytes, size};
        return out;
    }
    void write(std::string& to) const {
        data::put(to, hash);
        data::put(to, static_cast<std::uint32_t>(key.size()));
        data::put(to, flags);
        data::put(to, value);
        if ((flags & Flag::parts) != 0) {
            data::put(to, amount.months);
            data::put(to, amount.low);
            data::put(to, amount.high);
        }
        to += key;
    }
    [[nodiscard]] bool is(unsigned char f) const { return (flags & f) != 0; }
    [[nodiscard]] bool same_group(std::uint64_t h, std::string_view k) const {
        return hash == h && key == k;
    }
    // By group, then by value.
    static bool before(const Entry& a, const Entry& b) {
        if (a.hash != b.hash) return a.hash < b.hash;
        if (const int order = a.key.compare(b.key); order != 0) return order < 0;
        return a.value < b.value;
    }
};

class Amounts::Run {
public:
    // Entries in memory, sorted.
    Run(const std::string& bytes, const std::vector<Item>& items) : bytes_(&bytes), items_(&items) {
        advance();
    }
    // Entries in a part of the file.
    Run(const Spill& spill, std::uint64_t from, std::uint64_t to, std::size_t room)
        : spill_(&spill), from_(from), to_(to), room_(room) {
        advance();
    }
    [[nodiscard]] bool any() const { return any_; }
    [[nodiscard]] const Entry& entry() const { return entry_; }
    void advance() { any_ = spill_ == nullptr ? advance_in_memory() : advance_in_file(); }

private:
    bool advance_in_memory() {
        if (next_ == items_->size()) return false;
        entry_ = Entry::read(bytes_->data() + (*items_)[next_++].at);
        return true;
    }
    bool advance_in_file() {
        used_ += size_;
        size_ = 0;
        if (!has(Entry::kHead)) return false;
        const auto size = Entry::size(buffer_.data() + used_);
        has(size);
        size_ = size;
        entry_ = Entry::read(buffer_.data() + used_);
        return true;
    }
    // Are there so many bytes from the next entry on? Reads them if need be.
    bool has(std::size_t wanted) {
        if (buffer_.size() - used_ >= wanted) return true;
        buffer_.erase(0, used_);
        used_ = 0;
        const auto held = buffer_.size();
        const auto more = std::min<std::uint64_t>(std::max(room_, wanted) - held, to_ - from_);
        buffer_.resize(held + more);
        const auto got = spill_->read(from_, buffer_.data() + held, more);
        from_ += got;
        buffer_.resize(held + got);
        return buffer_.size() >= wanted;
    }

    const std::string* bytes_ = nullptr;
    const std::vector<Item>* items_ = nullptr;
    std::size_t next_ = 0;
    const Spill* spill_ = nullptr;
    std::uint64_t from_ = 0;
    std::uint64_t to_ = 0;
    std::size_t room_ = 0;
    std::string buffer_;
    std::size_t used_ = 0;
    std::size_t size_ = 0;  // of the entry at hand
    Entry entry_;
    bool any_ = false;
};

class Amounts::Merge {
public:
    explicit Merge(std::vector<std::unique_ptr<Run>> runs) : runs_(std::move(runs)) {
        for (auto& r : runs_)
            if (r->any()) heap_.push_back(r.get());
        std::make_heap(heap_.begin(), heap_.end(), later);
    }
    [[nodiscard]] bool any() const { return !heap_.empty(); }
    [[nodiscard]] const Entry& entry() const { return heap_.front()->entry(); }
    void advance() {
        if (heap_.size() > 1) std::pop_heap(heap_.begin(), heap_.end(), later);
        heap_.back()->advance();
        if (!heap_.back()->any())
            heap_.pop_back();
        else if (heap_.size() > 1)
            std::push_heap(heap_.begin(), heap_.end(), later);
    }

private:
    static bool later(const Run* a, const Run* b) { return Entry::before(b->entry(), a->entry()); }
    std::vector<std::unique_ptr<Run>> runs_;
    std::vector<Run*> heap_;
};

Amounts::Amounts(std::vector<ComparedRule> rules, SpillLimits limits)
    : rules_(std::move(rules)), limits_(limits) {}
Amounts::~Amounts() = default;

void Amounts::add(std::size_t rule, std::string_view alike, const Amount& amount, bool sure) {
    key_of(rule, alike, key_);
    Entry e;
    e.key = key_;
    e.hash = hash_of(key_);
    e.amount = amount;
    const auto [from, to] = in_seconds(amount);
    const auto marked = [&](unsigned flags) {
        return static_cast<unsigned char>(flags | (sure ? 0U : Flag::perhaps) |
                                          (amount.by_clock ? Flag::by_clock : 0U));
    };
    if (amount.months == 0 && from == to) {
        e.flags = marked(Flag::low | Flag::high);
        e.value = from;
        put(e);
        return;
    }
    e.flags = marked(Flag::low | Flag::parts);
    e.value = from;
    put(e);
    e.flags = marked(Flag::high);
    e.value = to;
    put(e);
}

void Amounts::put(const Entry& e) {
    items_.push_back({e.hash, bytes_.size()});
    e.write(bytes_);
    if (bytes_.size() + items_.size() * sizeof(Item) >= limits_.amounts) spill();
}

void Amounts::sort() {
    const auto* bytes = bytes_.data();
    std::sort(items_.begin(), items_.end(), [bytes](const Item& a, const Item& b) {
        return a.hash != b.hash
                   ? a.hash < b.hash
                   : Entry::before(Entry::read(bytes + a.at), Entry::read(bytes + b.at));
    });
}

void Amounts::spill() {
    sort();
    const auto from = spill_.size();
    std::string out;
    for (const auto& i : items_) {
        const auto* at = bytes_.data() + i.at;
        out.append(at, Entry::size(at));
        if (out.size() < kRead) continue;
        spill_.write(out);
        out.clear();
    }
    spill_.write(out);
    parts_.emplace_back(from, spill_.size());
    items_.clear();
    bytes_.clear();
}

std::vector<std::unique_ptr<Amounts::Run>> Amounts::runs() const {
    std::vector<std::unique_ptr<Run>> out;
    // Two merges read at once, and both within the limit.
    const auto room =
        std::clamp(limits_.amounts / 4 / std::max<std::size_t>(parts_.size(), 1), kBlock, kRead);
    for (const auto& [from, to] : parts_)
        out.push_back(std::make_unique<Run>(spill_, from, to, room));
    out.push_back(std::make_unique<Run>(bytes_, items_));
    return out;
}

std::unique_ptr<GroupTable> Amounts::totals() {
    if (!parts_.empty()) {
        // What is left goes to the others: then their buffers have its room.
        spill();
        std::string().swap(bytes_);
        std::vector<Item>().swap(items_);
    }
    sort();
    auto out = std::make_unique<GroupTable>(rules_, limits_.totals);
    Merge ahead(runs());
    Merge behind(runs());
    while (ahead.any()) total(ahead, behind, *out);
    return out;
}

// The group that begins where both stand; they stand behind it then.
void Amounts::total(Merge& ahead, Merge& behind, GroupTable& out) const {
    const auto hash = ahead.entry().hash;
    const std::string key(ahead.entry().key);
    const auto* at = key.data();
    const auto& rule = rules_[take<std::uint32_t>(at)];
    const auto whole = [](const Amount& a) { return static_cast<double>(a.months); };

    GroupTotals t;
    bool clock = false;
    bool months = rule.durations;  // all of them are months and nothing else
    // The ends, in seconds and in months: of the low bounds and of the high ones.
    struct Ends {
        double least_low = HUGE_VAL;      // of all
        double least_high = HUGE_VAL;     // of those that are in it for certain
        double greatest_low = -HUGE_VAL;  // likewise
        double greatest_high = -HUGE_VAL;
        void take(double low, double high, bool sure) {
            least_low = std::min(least_low, low);
            greatest_high = std::max(greatest_high, high);
            if (!sure) return;
            least_high = std::min(least_high, high);
            greatest_low = std::max(greatest_low, low);
        }
    };
    Ends in_months;
    Ends in_time;
    for (; ahead.any() && ahead.entry().same_group(hash, key); ahead.advance()) {
        const auto& e = ahead.entry();
        if (!e.is(Flag::low)) continue;
        const auto& a = e.amount;
        const bool sure = !e.is(Flag::perhaps);
        const auto [from, to] = in_seconds(a);
        ++(sure ? t.members : t.perhaps);
        clock = clock || a.by_clock;
        months = months && a.low == 0 && a.high == 0;
        in_time.take(from, to, sure);
        in_months.take(whole(a), whole(a), sure);
        t.sum.months += sure ? a.months : 0;
        t.sum.low += sure ? a.low : std::min(0.0, from);
        t.sum.high += sure ? a.high : std::max(0.0, to);
    }

    // Of what is perhaps in it, each counts as low as can be for the one bound of the middle, as
    // high as can be for the other (check/totals.cpp).
    const auto n = t.members + t.perhaps;
    struct Middle {
        std::array<std::uint64_t, 2> at;  // among those that are in it for certain
        std::array<double, 2> value;
        std::uint64_t seen = 0;
        void meet(double v) {
            for (std::size_t i = 0; i < 2; ++i)
                if (at[i] == seen) value[i] = v;
            ++seen;
        }
        [[nodiscard]] double middle() const {
            return at[0] == at[1] ? value[0] : half_way(value[0], value[1]);
        }
    };
    const std::array<std::uint64_t, 2> middle{n % 2 == 1 ? n / 2 : n / 2 - 1, n / 2};
    Middle lows{{middle[0] - t.perhaps, middle[1] - t.perhaps}, {-HUGE_VAL, -HUGE_VAL}};
    Middle highs{middle, {HUGE_VAL, HUGE_VAL}};
    for (; behind.any() && behind.entry().same_group(hash, key); behind.advance()) {
        const auto& e = behind.entry();
        if (e.is(Flag::perhaps)) continue;
        // In months both bounds are one, and in order of the seconds.
        const auto v = months ? whole(e.amount) : e.value;
        if (e.is(Flag::low)) lows.meet(v);
        if (e.is(months ? Flag::low : Flag::high)) highs.meet(v);
    }
    if (t.members < rule.fewest) return;

    const auto bounds = [&](double low, double high) {
        Amount of = months ? check::from_months(low, high) : Amount{0, low, high, false};
        of.by_clock = clock;
        return of;
    };
    const auto& ends = months ? in_months : in_time;
    t.sum.by_clock = clock;
    t.least = bounds(ends.least_low, ends.least_high);
    t.greatest = bounds(ends.greatest_low, ends.greatest_high);
    t.median = bounds(lows.middle(), highs.middle());
    out.add(hash, key, t);
}

// ---- totals

namespace {

void write(std::string& to, const Amount& a) {
    put(to, a.months);
    put(to, a.low);
    put(to, a.high);
    put(to, static_cast<unsigned char>(a.by_clock ? 1 : 0));
}

Amount read_amount(const char*& from) {
    Amount out;
    out.months = take<std::int64_t>(from);
    out.low = take<double>(from);
    out.high = take<double>(from);
    out.by_clock = take<unsigned char>(from) != 0;
    return out;
}

constexpr std::size_t kTotals = 8 + 8 + 4 * (8 + 8 + 8 + 1);

}  // namespace

void GroupTable::add(std::uint64_t hash, std::string_view key, const GroupTotals& t) {
    if (blocks_.empty() || size_ - blocks_.back().at >= kBlock) blocks_.push_back({hash, size_});
    const auto before = held_.size();
    put(held_, hash);
    put(held_, static_cast<std::uint32_t>(key.size()));
    put(held_, t.members);
    put(held_, t.perhaps);
    for (const auto* a : {&t.sum, &t.least, &t.greatest, &t.median}) write(held_, *a);
    held_ += key;
    size_ += held_.size() - before;
    ++groups_;
    // Above the limit all go to the file, and what comes then, in pieces.
    if (held_.size() > (spill_.size() > 0 ? std::min(limit_, kRead) : limit_)) {
        spill_.write(held_);
        held_.clear();
    }
}

std::string_view GroupTable::block(std::size_t i, std::string& buffer) const {
    const auto from = blocks_[i].at;
    const auto to = i + 1 < blocks_.size() ? blocks_[i + 1].at : size_;
    buffer.resize(to - from);
    const auto in_file = spill_.read(from, buffer.data(), buffer.size());
    // The last ones are not in the file yet.
    std::memcpy(buffer.data() + in_file, held_.data() + (from + in_file - spill_.size()),
                buffer.size() - in_file);
    return buffer;
}

std::optional<GroupTotals> GroupTable::find(const std::string& rule, const std::string& alike,
                                            std::uint64_t fewest, bool durations) const {
    const auto known = std::find_if(rules_.begin(), rules_.end(),
                                    [&](const ComparedRule& r) { return r.id == rule; });
    if (known == rules_.end() || known->durations != durations || blocks_.empty())
        return std::nullopt;
    std::string key;
    key_of(static_cast<std::size_t>(known - rules_.begin()), alike, key);
    const auto hash = hash_of(key);
    // The last block that begins before the hash, and those that begin with it.
    auto i = static_cast<std::size_t>(
        std::lower_bound(blocks_.begin(), blocks_.end(), hash,
                         [](const Block& b, std::uint64_t h) { return b.first < h; }) -
        blocks_.begin());
    if (i > 0) --i;
    std::string buffer;
    for (; i < blocks_.size() && blocks_[i].first <= hash; ++i) {
        const auto bytes = block(i, buffer);
        const auto* at = bytes.data();
        while (at < bytes.data() + bytes.size()) {
            const auto h = take<std::uint64_t>(at);
            const auto size = take<std::uint32_t>(at);
            if (h > hash) return std::nullopt;
            if (h != hash || std::string_view(at + kTotals, size) != key) {
                at += kTotals + size;
                continue;
            }
            GroupTotals out;
            out.members = take<std::uint64_t>(at);
            out.perhaps = take<std::uint64_t>(at);
            for (auto* a : {&out.sum, &out.least, &out.greatest, &out.median}) *a = read_amount(at);
            if (out.members < fewest) return std::nullopt;
            return out;
        }
    }
    return std::nullopt;
}

}  // namespace antinomy::data
