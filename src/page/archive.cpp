#include "page/archive.hpp"

#include <zlib.h>

#include <cstdint>
#include <string_view>

namespace antinomy::page {

namespace {

constexpr std::size_t kEnd = 22;
constexpr std::size_t kEntry = 46;
constexpr std::size_t kLocal = 30;
constexpr std::uint64_t kMost = 1u << 30u;  // of one file, unpacked
constexpr std::uint16_t kDay = 0x0021;      // 1980-01-01, the first that such an archive knows

std::uint64_t number(std::string_view zip, std::size_t at, int bytes) {
    std::uint64_t n = 0;
    for (int i = bytes; i-- > 0;)
        n = n << 8u | static_cast<unsigned char>(zip[at + static_cast<std::size_t>(i)]);
    return n;
}

void put(std::string& out, std::uint64_t n, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i) & 0xffu);
}

std::uint32_t checksum(const std::string& bytes) {
    return static_cast<std::uint32_t>(
        ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

// Raw deflate, in one go. False: not what it should be.
bool inflated(std::string_view packed, std::string& out) {
    z_stream z{};
    if (::inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    z.avail_in = static_cast<uInt>(packed.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    const int end = ::inflate(&z, Z_FINISH);
    const bool whole = end == Z_STREAM_END && z.avail_out == 0;
    ::inflateEnd(&z);
    return whole;
}

std::string deflated(const std::string& bytes) {
    z_stream z{};
    if (::deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string out(::deflateBound(&z, static_cast<uLong>(bytes.size())), '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    z.avail_in = static_cast<uInt>(bytes.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    const int end = ::deflate(&z, Z_FINISH);
    out.resize(end == Z_STREAM_END ? z.total_out : 0);
    ::deflateEnd(&z);
    return out;
}

}  // namespace

std::optional<std::vector<Packed>> unpack(const std::string& zip) {
    std::vector<Packed> out;
    const auto end = zip.rfind("PK\5\6");
    if (end == std::string::npos || zip.size() - end < kEnd) return {};
    auto at = static_cast<std::size_t>(number(zip, end + 16, 4));
    for (auto left = number(zip, end + 10, 2); left > 0; --left) {
        if (at > end || end - at < kEntry || zip.compare(at, 4, "PK\1\2") != 0) return {};
        const auto method = number(zip, at + 10, 2);
        const auto packed = static_cast<std::size_t>(number(zip, at + 20, 4));
        const auto size = number(zip, at + 24, 4);
        const auto name = static_cast<std::size_t>(number(zip, at + 28, 2));
        const auto local = static_cast<std::size_t>(number(zip, at + 42, 4));
        if (end - at - kEntry < name || size > kMost) return {};
        if (local > end || end - local < kLocal || zip.compare(local, 4, "PK\3\4") != 0) return {};
        const auto begin = local + kLocal + static_cast<std::size_t>(number(zip, local + 26, 2)) +
                           static_cast<std::size_t>(number(zip, local + 28, 2));
        if (begin > end || end - begin < packed) return {};
        Packed file{zip.substr(at + kEntry, name), {}, method == 0};
        const auto bytes = std::string_view(zip).substr(begin, packed);
        if (method == 0) {
            file.bytes = bytes;
        } else {
            file.bytes.resize(static_cast<std::size_t>(size));
            if (method != Z_DEFLATED || !inflated(bytes, file.bytes)) return {};
        }
        if (checksum(file.bytes) != number(zip, at + 16, 4)) return {};
        out.push_back(std::move(file));
        at += kEntry + name + static_cast<std::size_t>(number(zip, at + 30, 2)) +
              static_cast<std::size_t>(number(zip, at + 32, 2));
    }
    return out;
}

std::string pack(const std::vector<Packed>& files) {
    std::string out;
    std::string directory;
    for (const auto& f : files) {
        const auto body = f.stored ? f.bytes : deflated(f.bytes);
        std::string head;
        put(head, 20, 2);      // version needed
        put(head, 0x0800, 2);  // names are UTF-8
        put(head, f.stored ? 0 : Z_DEFLATED, 2);
        put(head, 0, 2);  // time
        put(head, kDay, 2);
        put(head, checksum(f.bytes), 4);
        put(head, body.size(), 4);
        put(head, f.bytes.size(), 4);
        put(head, f.name.size(), 2);
        put(head, 0, 2);  // extra
        directory.append("PK\1\2");
        put(directory, 20, 2);  // made by
        directory += head;
        put(directory, 0, 2);  // comment
        put(directory, 0, 2);  // disk
        put(directory, 0, 2);  // attributes
        put(directory, 0, 4);
        put(directory, out.size(), 4);
        directory += f.name;
        out.append("PK\3\4").append(head).append(f.name).append(body);
    }
    const auto at = out.size();
    out += directory;
    out.append("PK\5\6");
    put(out, 0, 4);  // disks
    put(out, files.size(), 2);
    put(out, files.size(), 2);
    put(out, directory.size(), 4);
    put(out, at, 4);
    put(out, 0, 2);  // comment
    return out;
}

}  // namespace antinomy::page
