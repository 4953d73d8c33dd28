#pragma once
// The words that several formats share: certainty with its condition, accounts, turning points,
// steps of a proof; and the order of findings. All results are sanitized and one line.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/finding.hpp"

namespace antinomy::report {

// "1 finding", "2 findings".
[[nodiscard]] std::string count_words(std::size_t n, std::string_view singular,
                                      std::string_view plural = {});
// "a", "a and b", "a, b and c".
[[nodiscard]] std::string list_words(const std::vector<std::string>&);

// "certain", "certain, given counsel's word", "possible (certain if `r` holds)". Never "certain"
// without its given.
[[nodiscard]] std::string verdict_words(const check::Finding&);
// "given the word of `defence` (qosimov) on `evidence.video.published`"; empty if nothing is given.
[[nodiscard]] std::string given_words(const check::Finding&);
// "accounts: court, prosecution", "between defence and prosecution", "in every account".
[[nodiscard]] std::string accounts_words(const check::Finding&);

// "certain until 2014-09-30; possible to 2014-11-10; no conflict from 2014-11-11".
[[nodiscard]] std::string turning_words(const check::TurningPoint&);

// "`b` is at least 32 days after `a`"; with the origin (an empty path): "`b` is 2014-11-01 or
// later".
[[nodiscard]] std::string step_words(const check::Step&);
// What a case of a proof supposes, without what is so in any case. Nothing: the proof does not say
// it.
[[nodiscard]] std::optional<check::Supposed> supposed_of(const check::Proof&,
                                                         const check::ProofCase&);
// It says that something is before itself, or the like: no dating has it.
[[nodiscard]] bool cannot_be(const check::Supposed&);
// The same as "`a` is at least 1 day after `b`, and `b` is 2014-11-01 or later"; where the proof
// does not say it, in the words of the network.
[[nodiscard]] std::string supposed_words(const check::Proof&, const check::ProofCase&);
// What a step follows from: "2014-11, prosecution; required by some-rule". Empty if not known.
[[nodiscard]] std::string because_words(const check::Step&, const check::Proof&);
// The days that the steps of a circle add up to; empty if they are none, or no contradiction.
[[nodiscard]] std::string circle_words(const std::vector<check::Step>&);

// Why a finding stands, a step a line; none if a proof without steps takes more than `most`
// sentences, or the finding folds others.
[[nodiscard]] std::vector<std::string> because_lines(const check::Finding&, std::size_t most);
// The sentences of a proof but for those that only repeat one of its parts: a statement, a
// requirement, a step, a dating.
[[nodiscard]] std::vector<std::string> proof_sentences(const check::Proof&);
// "`a.start`, stated as 2014-11: certain until ...", of each date on which the verdict turns.
[[nodiscard]] std::vector<std::string> turning_dates(const check::Finding&);

// "in conflict: `a.start` 2014-11-02, ...", of the datings that a reader needs.
[[nodiscard]] std::vector<std::string> witness_lines(const check::Finding&);

// "if `evidence.video.same_item: no`", "if `x` is withdrawn", "if `x` was on 2014-10-09"
[[nodiscard]] std::string change_words(const check::Change&);
[[nodiscard]] std::string resolution_words(const check::Resolution&);
// "nobody says so"; "only `defence` says so", of one that holds in another account's view
[[nodiscard]] std::string said_words(const check::ExceptionLooked&);
[[nodiscard]] std::string exception_words(const check::ExceptionLooked&);
// How little a statement of a source is worth by itself, as far as the file says: "weak source",
// "source not looked up again", "doubtful"; empty: the file says nothing of the kind.
[[nodiscard]] std::string_view caution_words(std::string_view reliability, bool doubtful);
// "`notices.n.served` is 2023-09-28 on the word of `landlord` (olsen, in claim), not 2023-10-05"
[[nodiscard]] std::string rival_words(const check::Rival&);
// "on it this finding does not stand"
[[nodiscard]] std::string then_words(const check::Contrary&);
[[nodiscard]] std::string contrary_words(const check::Contrary&);
[[nodiscard]] std::string basis_words(const check::Basis&);

// Severity (error first), certain before possible, first date, then as found. `suppressed`: those
// that a `suppress:` entry silences instead of the others.
[[nodiscard]] std::vector<const check::Finding*> in_order(const check::CaseResult&,
                                                          bool suppressed = false);

// "it is told elsewhere (decided by A. Reviewer, until 2027-03-01)", of a suppressed finding; who
// and until when only where the entry says so.
[[nodiscard]] std::string suppressed_words(const check::Finding&);
// What a baseline says of a finding, as a mark: "[baseline]"; "[baseline: possible]" where it is
// certain now; nothing of a new one, or without a baseline.
[[nodiscard]] std::string_view baseline_mark(const check::Finding&);

struct Tally {
    std::size_t certain[4] = {};  // by severity
    std::size_t possible[4] = {};
    std::size_t findings = 0;
    std::size_t suppressed = 0;
    std::size_t old = 0;  // of the findings: in the baseline
    std::size_t stronger = 0;
    std::size_t gaps = 0;
    std::size_t undecided = 0;
    std::size_t cases_with_findings = 0;
};
[[nodiscard]] Tally tally(const check::Result&);

// What a report says before anything else.
[[nodiscard]] std::string_view preamble(bool charges = true);

// Of the witnesses those that a reader needs: one of each side, with dates; none where both have
// the same days. The others show the same in other views.
[[nodiscard]] std::vector<const check::Witness*> telling_witnesses(const check::Proof&);

}  // namespace antinomy::report
