#pragma once
// Re-checks what a run of `check --format json` claimed, on the case's own files: each cited fact
// stands at its place and belongs to the view it is claimed for, each step follows from what it
// cites, sums hold, cases cover all, each witness meets every constraint of its view.
//
// It doesn't repeat the rule's logic: that a rule, read on these records, asks of the dates what
// `supposed` says, is taken from the findings. What cannot be looked at is `unchecked`, with the
// reason; never passed.

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace antinomy::verify {

enum class Verdict { verified, refused, unchecked };

struct Checked {
    std::string rule;
    std::string case_id;
    std::string at;
    std::string fingerprint;
    Verdict verdict = Verdict::verified;
    std::string why;  // of the first fault
    // Of a data set: which record it is of.
    std::string file;
    std::uint64_t record = 0;
};

struct Report {
    std::vector<Checked> findings;
    std::vector<std::string> problems;  // files that could not be read
    bool of_data = false;
    [[nodiscard]] std::size_t count(Verdict) const;
    [[nodiscard]] int exit_code() const;  // 0 all verified, 1 one refused, 2 not wholly
};

// `findings`: files of `check --format json`. `cases`: case files, and folders of them. `rules`:
// the folder of the shipped packs, whose vocabularies the cases use.
[[nodiscard]] Report verify(const std::vector<std::string>& findings,
                            const std::vector<std::string>& cases, const std::string& rules);

void print_text(std::ostream&, const Report&);
void print_json(std::ostream&, const Report&);

}  // namespace antinomy::verify
