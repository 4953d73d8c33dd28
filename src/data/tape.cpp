#include "data/tape.hpp"

#include <zstd.h>

#include <new>

namespace antinomy::data {

struct Tape::Packer {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    std::vector<char> packed = std::vector<char>(ZSTD_CStreamOutSize());

    Packer() = default;
    Packer(const Packer&) = delete;
    Packer& operator=(const Packer&) = delete;
    ~Packer() { ZSTD_freeCCtx(context); }
};

Tape::Tape() : packer_(std::make_unique<Packer>()) {
    if (packer_->context == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(packer_->context, ZSTD_c_compressionLevel, 1);
}
Tape::~Tape() = default;

void Tape::pack(std::string_view text, bool last) {
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    for (;;) {
        ZSTD_outBuffer out{packer_->packed.data(), packer_->packed.size(), 0};
        const auto left =
            ZSTD_compressStream2(packer_->context, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
        // With a context and room for its output, packing cannot fail but for memory.
        if (ZSTD_isError(left) != 0) throw std::bad_alloc();
        spill_.write({packer_->packed.data(), out.pos});
        if (last ? left == 0 : in.pos == in.size) return;
    }
}

void Tape::record(std::string_view text) {
    pack(text, false);
}

void Tape::end(const std::optional<text::Diagnostic>& problem) {
    pack({}, true);
    packer_.reset();
    problem_ = problem;
    whole_ = true;
}

}  // namespace antinomy::data
