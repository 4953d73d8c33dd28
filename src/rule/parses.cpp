#include "rule/parses.hpp"

namespace antinomy::rule {
namespace {

template <class Map, class Parse>
const auto& once(Map& known, const text::Node& node, const Parse& parse) {
    auto it = known.find(&node);
    if (it == known.end()) it = known.emplace(&node, parse(node.text)).first;
    return it->second;
}

}  // namespace

const grammar::Parsed<grammar::Expr>& Parses::condition(const text::Node& node) {
    return once(conditions_, node, grammar::parse_condition);
}

const grammar::Parsed<grammar::Expr>& Parses::value(const text::Node& node) {
    return once(values_, node, grammar::parse_value);
}

const grammar::Parsed<grammar::Expr>& Parses::binding(const text::Node& node) {
    return once(bindings_, node, grammar::parse_binding);
}

const grammar::Parsed<grammar::Message>& Parses::message(const text::Node& node) {
    return once(messages_, node, grammar::parse_message);
}

}  // namespace antinomy::rule
