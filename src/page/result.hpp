#pragma once
// What the report comes to, before anything else: a sentence for each charge, the charges beside
// the accounts, and a line for each finding.
//
// Never more than was found: a cell without a conflict says that none was found, and the caption
// that this clears nothing.

#include <string>
#include <vector>

#include "html/html.hpp"
#include "page/dossier.hpp"
#include "page/numbers.hpp"
#include "page/words.hpp"

namespace antinomy::page {

// What was found of one charge in the view of one account.
struct Cell {
    enum class Word { certain, possible, cannot_tell, none } word = Word::none;
    std::vector<const check::Finding*> conflicts;  // that reach the charge or one of its elements
    std::vector<const check::Finding*> exhibits;   // of what is offered for its act
    std::vector<const check::Finding*> remarks;    // that touch it, or what names it (a sentence),
                                                   // and reach neither
    std::vector<const check::Gap*> open;           // what rules ask for
};

struct ChargeRow {
    std::string path;
    std::vector<Cell>
        cells;  // one an account of the sheet, in its order; one in all without accounts
    std::vector<const check::Finding*> between;   // between accounts
    std::vector<const check::Finding*> together;  // that every account has a conflict
};

[[nodiscard]] std::vector<ChargeRow> charge_rows(const Dossier&);

[[nodiscard]] html::Html result_section(const Dossier&, const Words&, const Numbers&);

// "certain", "possible", "cannot tell", "no conflict found"
[[nodiscard]] std::string_view word(Cell::Word);

}  // namespace antinomy::page
