#include "data/sort.hpp"

#include <algorithm>
#include <cstring>

#include "data/spill.hpp"

namespace antinomy::data {

namespace {

constexpr std::size_t kBuffer = 64u << 10;

}  // namespace

// A sorted run: first written, then read.
class Sorter::Run {
public:
    void put(std::string_view of_key, std::string_view of_text) {
        for (const auto size : {of_key.size(), of_text.size()}) {
            const auto n = static_cast<std::uint32_t>(size);
            buffer_.append(reinterpret_cast<const char*>(&n), sizeof n);
        }
        buffer_ += of_key;
        buffer_ += of_text;
        if (buffer_.size() >= kBuffer) flush();
    }
    void written() {
        flush();
        buffer_.shrink_to_fit();
    }
    [[nodiscard]] std::uint64_t size() const { return spill_.size(); }

    // The next entry into `key` and `text`; false: there is no more.
    bool next() {
        std::uint32_t sizes[2];
        if (!read(reinterpret_cast<char*>(sizes), sizeof sizes)) {
            buffer_ = {};
            return false;
        }
        key.resize(sizes[0]);
        text.resize(sizes[1]);
        return read(key.data(), key.size()) && read(text.data(), text.size());
    }
    std::string key;
    std::string text;

private:
    void flush() {
        spill_.write(buffer_);
        buffer_.clear();
    }
    bool read(char* to, std::size_t count) {
        while (count > 0) {
            if (at_ == buffer_.size()) {
                buffer_.resize(kBuffer);
                const auto n = spill_.read(read_, buffer_.data(), kBuffer);
                buffer_.resize(n);
                at_ = 0;
                read_ += n;
                if (n == 0) return false;
            }
            const auto part = std::min(count, buffer_.size() - at_);
            std::memcpy(to, buffer_.data() + at_, part);
            at_ += part;
            to += part;
            count -= part;
        }
        return true;
    }

    Spill spill_;
    std::string buffer_;
    std::uint64_t read_ = 0;
    std::size_t at_ = 0;
};

namespace {

// The heap has the first entry on top; of equal keys that of the older run.
template <class Runs>
auto later(const Runs& runs) {
    return [&runs](std::size_t a, std::size_t b) {
        const int order = runs[a]->key.compare(runs[b]->key);
        return order != 0 ? order > 0 : a > b;
    };
}

template <class Runs>
std::vector<std::size_t> heap_of(Runs& runs) {
    std::vector<std::size_t> heap;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (runs[i]->next()) heap.push_back(i);
    std::make_heap(heap.begin(), heap.end(), later(runs));
    return heap;
}

// After the entry on top was used.
template <class Runs>
void advance(Runs& runs, std::vector<std::size_t>& heap) {
    std::pop_heap(heap.begin(), heap.end(), later(runs));
    if (runs[heap.back()]->next())
        std::push_heap(heap.begin(), heap.end(), later(runs));
    else
        heap.pop_back();
}

}  // namespace

Sorter::Sorter(std::size_t memory) : memory_(memory) {}
Sorter::~Sorter() = default;

std::string_view Sorter::key_of(const Held& h) const {
    return std::string_view(bytes_).substr(h.at, h.key);
}

void Sorter::add(std::string_view key, std::string_view text) {
    const auto size = key.size() + text.size() + sizeof(Held);
    if (!held_.empty() && bytes_.size() + held_.size() * sizeof(Held) + size > memory_) spill();
    Held h;
    h.at = bytes_.size();
    h.key = static_cast<std::uint32_t>(key.size());
    h.text = static_cast<std::uint32_t>(text.size());
    for (std::size_t i = 0; i < sizeof h.head; ++i)
        h.head = h.head << 8u | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0u);
    bytes_ += key;
    bytes_ += text;
    held_.push_back(h);
    ++count_;
}

void Sorter::sort() {
    std::sort(held_.begin(), held_.end(), [this](const Held& a, const Held& b) {
        if (a.head != b.head) return a.head < b.head;
        const int order = key_of(a).compare(key_of(b));
        return order != 0 ? order < 0 : a.at < b.at;
    });
}

void Sorter::spill() {
    sort();
    auto run = std::make_unique<Run>();
    for (const auto& h : held_)
        run->put(key_of(h), std::string_view(bytes_).substr(h.at + h.key, h.text));
    run->written();
    spilled_ += run->size();
    held_.clear();
    bytes_.clear();
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        levels_[level].push_back(std::move(run));
        if (levels_[level].size() < kRunsTogether) return;
        run = merged(levels_[level]);
        levels_[level].clear();
    }
}

std::unique_ptr<Sorter::Run> Sorter::merged(Runs& runs) {
    auto out = std::make_unique<Run>();
    for (auto heap = heap_of(runs); !heap.empty(); advance(runs, heap)) {
        const auto& first = *runs[heap.front()];
        out->put(first.key, first.text);
    }
    out->written();
    spilled_ += out->size();
    return out;
}

void Sorter::begin_merge() {
    begun_ = true;
    if (levels_.empty()) {
        sort();
        return;
    }
    if (!held_.empty()) spill();
    held_ = {};
    bytes_ = {};
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
        for (auto& run : *level) reading_.push_back(std::move(run));
    levels_.clear();
    heap_ = heap_of(reading_);
}

bool Sorter::next(std::string& key, std::string& text) {
    if (!begun_) begin_merge();
    if (reading_.empty()) {
        if (next_ == held_.size()) return false;
        const auto& h = held_[next_++];
        key = key_of(h);
        text = std::string_view(bytes_).substr(h.at + h.key, h.text);
        return true;
    }
    if (heap_.empty()) return false;
    auto& first = *reading_[heap_.front()];
    key.swap(first.key);
    text.swap(first.text);
    // The heap is put in order by the key that was there.
    first.key = key;
    advance(reading_, heap_);
    return true;
}

}  // namespace antinomy::data
