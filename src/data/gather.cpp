#include "data/gather.hpp"

#include <cstring>

namespace antinomy::data {

namespace {

// What a record has beside its bytes and the path of its file.
struct Packed {
    std::uint32_t header = 0;
    std::uint32_t path = 0;  // bytes of it
    std::uint64_t number = 0;
    std::uint64_t offset = 0;
    text::Position begin;
};

}  // namespace

void Gathered::add(Found found) {
    ++count;
    bytes += found.raw.bytes.size() + found.file->path.size() + sizeof(Found);
    if (!too_large() || records.empty()) {
        records.push_back(std::move(found));
    } else if (records.size() > 1) {
        records.resize(1);
        records.shrink_to_fit();
    }
}

void ByKey::add(const std::string& key, const Found& found) {
    if (found.file != last_) {
        last_ = found.file;
        last_header_ = headers_.size();
        for (std::size_t i = 0; i < headers_.size(); ++i)
            if (headers_[i]->part == last_->part && headers_[i]->columns == last_->columns)
                last_header_ = i;
        if (last_header_ == headers_.size()) headers_.push_back(last_);
    }
    Packed p;
    p.header = static_cast<std::uint32_t>(last_header_);
    p.path = static_cast<std::uint32_t>(last_->path.size());
    p.number = found.raw.number;
    p.offset = found.raw.offset;
    p.begin = found.raw.begin;
    std::string text(reinterpret_cast<const char*>(&p), sizeof p);
    text += last_->path;
    text += found.raw.bytes;
    sorter_.add(key, text);
}

Found ByKey::unpacked(std::string_view text) {
    Packed p;
    std::memcpy(&p, text.data(), sizeof p);
    const auto path = text.substr(sizeof p, p.path);
    if (last_ == nullptr || last_header_ != p.header || last_->path != path) {
        auto file = std::make_shared<DataFile>(*headers_[p.header]);
        file->path = path;
        last_ = std::move(file);
        last_header_ = p.header;
    }
    Found out;
    out.file = last_;
    out.raw.number = p.number;
    out.raw.offset = p.offset;
    out.raw.begin = p.begin;
    out.raw.bytes = text.substr(sizeof p + p.path);
    return out;
}

bool ByKey::next(Gathered& out) {
    std::string key;
    std::string text;
    const auto ahead = [&] {
        ahead_ = sorter_.next(key, text);
        if (ahead_) {
            first_ = unpacked(text);
            ++given_;
        } else if (given_ != sorter_.count()) {
            throw std::logic_error("records were lost while they were sorted");
        }
    };
    if (!begun_) {
        begun_ = true;
        last_.reset();
        ahead();
        key_.swap(key);
    }
    if (!ahead_) return false;
    out = {};
    out.key = key_;
    do {
        out.add(std::move(first_));
        ahead();
    } while (ahead_ && key == key_);
    key_.swap(key);
    return true;
}

bool ByFile::next(Gathered& out, text::Diagnostics& diagnostics) {
    const auto ahead = [&] {
        first_ = {};
        ahead_ = records_.next(first_, diagnostics);
    };
    if (!begun_) {
        begun_ = true;
        ahead();
    }
    if (!ahead_) return false;
    out = {};
    const auto file = first_.file;
    out.key = file->path;
    do {
        out.add(std::move(first_));
        ahead();
    } while (ahead_ && first_.file == file);
    return true;
}

}  // namespace antinomy::data
