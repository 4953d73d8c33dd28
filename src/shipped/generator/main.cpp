// generator OUT.cpp ROOT FILE...
//
// Parses files of rules and writes them, with their trees, as a source of the program. A file that
// doesn't parse is left out, and why is said: the program will parse it and say so at its place.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "text/document.hpp"
#include "text/table.hpp"

namespace {

using antinomy::text::Node;

bool listed(const std::vector<std::string>& list, const std::string& key) {
    return std::find(list.begin(), list.end(), key) != list.end();
}

template <class Keep>
void keep_keys(Node& mapping, const Keep& keep) {
    auto& keys = mapping.entries;
    keys.erase(
        std::remove_if(keys.begin(), keys.end(), [&](const auto& e) { return !keep(e.key.text); }),
        keys.end());
}

template <class Change>
void change_rules(Node& root, const Change& change) {
    for (auto& [key, value] : root.entries)
        if (key.text == "rules")
            for (auto& rule : value.items) change(rule);
}

// Who asks for the examples of rules reads the file itself: they are more than half of it.
void leave_out_examples(Node& root) {
    change_rules(root, [](Node& rule) {
        keep_keys(rule, [](const std::string& k) { return k != "tests" && k != "survives"; });
    });
}

// What is left is what a rule that sleeps is known by (RuleReader::read_rule), and that it has what
// every rule must have.
void leave_heads(Node& root) {
    static const std::vector<std::string> heads{"id",      "kind",      "severity", "about",
                                                "reaches", "mandatory", "aliases",  "group"};
    static const std::vector<std::string> there{"for", "require", "message"};
    const auto empty = [](Node& node) {
        Node nothing;
        nothing.span = node.span;
        node = std::move(nothing);
    };
    change_rules(root, [&](Node& rule) {
        keep_keys(rule, [&](const std::string& k) { return listed(heads, k) || listed(there, k); });
        for (auto& [key, value] : rule.entries)
            if (listed(there, key.text)) empty(value);
    });
    for (auto& [key, value] : root.entries)
        if (key.text == "define") empty(value);
}

// As a literal of C++, a line of the text a line. Whatever is no plain character is an octal escape
// of three digits, so that no digit after it can be taken for one of its own.
void write_literal(std::ostream& out, const std::string& text) {
    out << '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out << '\\' << c;
        } else if (c == '?' || c < ' ' || c > '~') {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\%03o",
                          static_cast<unsigned>(static_cast<unsigned char>(c)));
            out << escape;
            if (c == '\n') out << "\"\n\"";
        } else {
            out << c;
        }
    }
    out << '"';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " OUT.cpp ROOT FILE...\n";
        return 2;
    }
    std::ofstream out(argv[1], std::ios::binary);
    out << "// Made when the program is built (src/shipped/generator), from files of rules.\n"
           "#include \"shipped/shipped.hpp\"\n\n"
           "namespace antinomy::shipped {\n\n"
           "using std::string_view_literals::operator\"\"sv;\n\n"
           "const std::vector<File>& files() {\n"
           "    static const std::vector<File> all{\n";
    const std::string root = argv[2];
    for (int i = 3; i < argc; ++i) {
        antinomy::text::SourceMap map;
        antinomy::text::Diagnostics problems;
        const auto file = antinomy::text::read_file(map, root + "/" + argv[i], problems);
        auto tree = file ? antinomy::text::parse_yaml(map, *file, problems) : std::nullopt;
        if (!tree) {
            const auto& d = problems.items().front();
            std::cerr << argv[i];
            if (d.span.valid()) std::cerr << ':' << map.position(d.span.file, d.span.begin).line;
            std::cerr << ": not built in: " << d.message << "\n";
            continue;
        }
        auto kept = std::move(*tree);
        leave_out_examples(kept);
        const std::string bytes(map.bytes(*file));
        out << "{";
        write_literal(out, argv[i]);
        out << "sv,\n";
        write_literal(out, bytes);
        out << "sv,\n";
        write_literal(out, antinomy::text::to_table(kept, bytes));
        out << "sv,\n";
        leave_heads(kept);
        write_literal(out, antinomy::text::to_table(kept, bytes));
        out << "sv},\n";
    }
    out << "    };\n    return all;\n}\n\n}  // namespace antinomy::shipped\n";
    out.close();
    if (!out) {
        std::cerr << argv[1] << ": could not be written whole\n";
        std::remove(argv[1]);
        return 2;
    }
    return 0;
}
