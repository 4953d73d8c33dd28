#pragma once
// The keys and words of case files and of the vocabulary, each with what it is for. The readers
// accept what stands here and nothing else; the JSON Schema describes it.

#include "text/keys.hpp"

namespace antinomy::model {

// Functions, not constants: the tables are used while other constants are made.
[[nodiscard]] const text::Keys& file_keys();       // of a case file, beside the lists of records
[[nodiscard]] const text::Keys& case_keys();       // of `case:`
[[nodiscard]] const text::Keys& account_keys();    // of an account
[[nodiscard]] const text::Keys& assertion_keys();  // of an assertion
[[nodiscard]] const text::Keys& record_keys();     // those that a record may have beside its fields
[[nodiscard]] const text::Keys& order_keys();      // of an order line
[[nodiscard]] const text::Keys& identity_keys();   // of an identity, beside the list of its two
[[nodiscard]] const text::Keys& expect_keys();     // of an expectation
[[nodiscard]] const text::Keys& suppress_keys();   // of a suppression

[[nodiscard]] const text::Keys& roles();              // words of `role`
[[nodiscard]] const text::Keys& states();             // words of `state`
[[nodiscard]] const text::Keys& silenced_verdicts();  // words of a suppression's `verdict`
[[nodiscard]] const text::Keys& verdicts();           // words of `verdict`
[[nodiscard]] const text::Keys& calendars();          // words of `calendar`
[[nodiscard]] const text::Keys& answers();            // words of an identity's `value`

[[nodiscard]] const text::Keys& type_keys();      // of a type of the vocabulary
[[nodiscard]] const text::Keys& field_keys();     // of a field
[[nodiscard]] const text::Keys& type_words();     // the types of the language itself
[[nodiscard]] const text::Keys& calendar_keys();  // of a calendar of working days
[[nodiscard]] const text::Keys& holiday_keys();   // of a holiday
[[nodiscard]] const text::Keys& source_keys();    // of the basis of a calendar

}  // namespace antinomy::model
