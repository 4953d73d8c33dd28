#pragma once
// The texts of packs, each parsed once: packs that are loaded with several sets of others are
// compiled for each, since names may mean something else there, and not parsed again. And whether
// they are needed at all: most rules bind what most cases do not have.

#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "grammar/condition.hpp"
#include "grammar/message.hpp"
#include "text/document.hpp"

namespace antinomy::rule {

// Told apart by the node, which must stay where it is.
class Parses {
public:
    const grammar::Parsed<grammar::Expr>& condition(const text::Node&);
    const grammar::Parsed<grammar::Expr>& value(const text::Node&);
    const grammar::Parsed<grammar::Expr>& binding(const text::Node&);
    const grammar::Parsed<grammar::Message>& message(const text::Node&);
    // How many texts were parsed.
    [[nodiscard]] std::size_t count() const {
        return conditions_.size() + values_.size() + bindings_.size() + messages_.size();
    }

    // Types of records that cases have. Where it is set, a rule that binds others, too, may be left
    // asleep: read as far as its head goes, with no bindings and no conditions. It would find
    // nothing; what is wrong in it is not told. So it is for packs that are known to load.
    std::optional<std::set<std::string, std::less<>>> there;

private:
    template <class T>
    using By = std::unordered_map<const text::Node*, grammar::Parsed<T>>;
    By<grammar::Expr> conditions_;
    By<grammar::Expr> values_;
    By<grammar::Expr> bindings_;
    By<grammar::Message> messages_;
};

}  // namespace antinomy::rule
