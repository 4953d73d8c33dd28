// FastYaml reads as parse_yaml does: the same tree, node by node with styles, places and pieces,
// and the same diagnostics. Of every YAML file of the project, of mutants of them and of random
// documents, and of all small ones. For longer runs by hand ANTINOMY_DOCUMENTS sets how many random
// ones, ANTINOMY_SEED the seed, ANTINOMY_PIECES how small; ANTINOMY_SHOW prints those that only
// yaml-cpp could settle.

#include "text/fast.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/text/helpers.hpp"

namespace antinomy::text {
namespace {

std::size_t number(const char* name, std::size_t otherwise) {
    const char* value = std::getenv(name);
    return value == nullptr ? otherwise : static_cast<std::size_t>(std::atoll(value));
}

void write(std::string& to, const Span& span) {
    to += '[' + std::to_string(span.file.value) + ':' + std::to_string(span.begin) + ',' +
          std::to_string(span.end) + ')';
}

// All that a tree holds.
void write(std::string& to, const Node& node) {
    to +=
        std::to_string(static_cast<int>(node.kind)) + std::to_string(static_cast<int>(node.style));
    to += node.flow ? 'f' : 'b';
    write(to, node.span);
    to += std::to_string(node.text.size()) + '"' + node.text + '"';
    for (const auto& piece : node.pieces)
        to += std::to_string(piece.decoded) + '>' + std::to_string(piece.file) + ' ';
    to += '(';
    for (const auto& item : node.items) write(to, item);
    for (const auto& entry : node.entries) {
        write(to, entry.key);
        to += '=';
        write(to, entry.value);
    }
    to += ')';
}

std::string all(const std::optional<Node>& root, const Diagnostics& diagnostics) {
    std::string to;
    if (root) write(to, *root);
    for (const auto& d : diagnostics.items()) {
        to += '\n' + d.code + ' ' + d.where + ' ' + d.message + " | " + d.help;
        write(to, d.span);
        for (const auto& r : d.related) {
            to += r.label;
            write(to, r.span);
        }
    }
    return to;
}

struct Counts {
    std::size_t read = 0;
    std::size_t good = 0;
    // Of the good, those that yaml-cpp was asked about: ordinary ones, and odd ones.
    std::size_t asked = 0;
    std::size_t asked_odd = 0;
};

// One reader for all, as in a run: what it keeps of one document must not show in the next.
class Both {
public:
    void read(const std::string& bytes, const std::string& name, const Limits& limits = {}) {
        SourceMap map;
        const auto file = map.add(name, bytes);
        Diagnostics theirs;
        Diagnostics ours;
        const auto slow = parse_yaml(map, file, theirs, limits);
        const auto before = fast_.gave_up();
        const auto fast = fast_.read(map, file, ours, limits);
        const bool asked = fast_.gave_up() > before;
        ASSERT_EQ(all(fast, ours), all(slow, theirs)) << name << "\n" << bytes;
        ++counts.read;
        if (!slow) return;
        ++counts.good;
        if (!asked) return;
        ++(odd ? counts.asked_odd : counts.asked);
        if (std::getenv("ANTINOMY_SHOW") != nullptr)
            std::cout << "=== yaml-cpp was asked: " << name << "\n" << bytes << "\n";
    }
    Counts counts;
    bool odd = false;

private:
    FastYaml fast_;
};

std::vector<std::filesystem::path> yaml_files() {
    namespace fs = std::filesystem;
    const fs::path root(ANTINOMY_ROOT);
    std::vector<fs::path> out;
    for (const char* folder : {"rules", "cases", "tests", "docs", "grammar", "src"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto suffix = entry.path().extension();
            if (entry.is_regular_file() && (suffix == ".yaml" || suffix == ".yml"))
                out.push_back(entry.path());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

TEST(Fast, every_file_of_the_project) {
    Both both;
    for (const auto& path : yaml_files()) both.read(test::read_all(path), path.string());
    std::cout << both.counts.read << " files, " << both.counts.good << " of them good; yaml-cpp "
              << "was asked about " << both.counts.asked << "\n";
    EXPECT_GT(both.counts.good, 100u);
    EXPECT_LE(both.counts.asked * 100, both.counts.good);
}

// Documents as people write them, and as they do not: drawn by chance, most of them good.
class Author {
public:
    explicit Author(std::size_t seed) : random_(seed) {}
    // Not std::uniform_int_distribution: its numbers differ between libraries.
    std::size_t below(std::size_t n) { return random_() % n; }
    bool one_in(std::size_t n) { return below(n) == 0; }
    // Whether the last document may have what is rare in it.
    [[nodiscard]] bool odd() const { return odd_; }

    std::string document() {
        out_.clear();
        crlf_ = one_in(5);
        odd_ = one_in(2);
        if (one_in(8)) out_ += "\xEF\xBB\xBF";
        if (one_in(6)) line("# " + text(false));
        if (one_in(4)) line(one_in(3) ? "--- # " + word() : "---");
        mapping(one_in(6) ? 2 : 0, 0);
        if (one_in(6)) line("...");
        if (one_in(8)) line(" # " + text(false));
        if (one_in(6))
            while (!out_.empty() && (out_.back() == '\n' || out_.back() == '\r')) out_.pop_back();
        return out_;
    }

private:
    void line(const std::string& text) {
        out_ += text;
        end();
    }
    void end() {
        if (odd_ && one_in(12)) out_ += one_in(4) ? "\t" : "  ";
        out_ += crlf_ ? "\r\n" : "\n";
        if (one_in(20)) out_ += crlf_ ? "\r\n" : "\n";
        if (odd_ && one_in(20)) out_ += std::string(below(6), ' ') + (crlf_ ? "\r\n" : "\n");
        if (one_in(30))
            out_ += std::string(below(9), ' ') + "# " + word() + (crlf_ ? "\r\n" : "\n");
    }
    void comment() {
        if (one_in(8)) out_ += (odd_ && one_in(4) ? "\t# " : " # ") + word() + ": " + word();
    }
    std::string word() {
        static const char* const kWords[] = {"act",
                                             "2014-11-05",
                                             "judge",
                                             "Душанбе",
                                             "défense",
                                             "x",
                                             "§",
                                             "суд",
                                             "12",
                                             "-5",
                                             "0x1F",
                                             "no",
                                             "true",
                                             "a-b",
                                             "a:b",
                                             "a#b",
                                             "don't",
                                             "(and)",
                                             "5%",
                                             "e@x.tj",
                                             "k=v",
                                             "1.5e3",
                                             "--",
                                             "...",
                                             "---",
                                             "a,b",
                                             "😀",
                                             "\xC2\xA0",
                                             "http://x",
                                             "~x",
                                             "2014-11-05T09:00",
                                             "nullable",
                                             "ӯ",
                                             "-x",
                                             "a|b",
                                             "a>b",
                                             "a*",
                                             "a&b",
                                             "a!b",
                                             "a%b",
                                             "a`b",
                                             "a?",
                                             ".x"};
        return kWords[below(std::size(kWords))];
    }
    std::string text(bool odd) {
        std::string out = word();
        for (auto n = below(6); n > 0; --n) out += (odd && one_in(8) ? "  " : " ") + word();
        return out;
    }
    std::string plain(bool flow) {
        static const char* const kWhole[] = {"~", "null", "2014-11?", "Null", "NULL", "yes"};
        if (one_in(12)) return kWhole[below(std::size(kWhole))];
        std::string out = text(odd_);
        const auto starts = [&](const char* set) {
            return std::string(set).find(out.front()) != std::string::npos;
        };
        if (!odd_ && (starts("-.?:~#") || out.substr(0, 1) == "*")) out = "x" + out;
        if (flow && !odd_)
            for (auto& c : out)
                if (std::string(",[]{}?").find(c) != std::string::npos) c = '.';
        return out;
    }
    std::string quoted(std::size_t indent, bool lines) {
        const bool twice = !one_in(3);
        static const char* const kEscapes[] = {"\\n",     "\\t",   "\\\"",        "\\\\",
                                               "\\u00e9", "\\x41", "\\U0001F600", "\\/",
                                               "\\0",     "\\e",   "\\ "};
        std::string out(1, twice ? '"' : '\'');
        if (odd_ && one_in(6)) out += "  ";
        for (auto n = below(5); n > 0; --n) {
            if (out.size() > 1) {
                out += ' ';
                if (lines && one_in(5)) {
                    const bool escaped = twice && one_in(4);
                    if (escaped) out += '\\';
                    for (auto breaks = 1 + (one_in(3) && (odd_ || !escaped) ? below(3) : 0);
                         breaks > 0; --breaks)
                        out += crlf_ ? "\r\n" : "\n";
                    out += std::string(indent + 1 + below(4), ' ');
                    if (odd_ && one_in(5)) out += '\t';
                }
            }
            if (twice && one_in(3)) out += kEscapes[below(std::size(kEscapes))];
            if (!twice && one_in(3)) out += "''";
            auto w = word();
            if (!twice)
                for (auto& c : w)
                    if (c == '\'') c = '"';
            if (one_in(5)) w += one_in(2) ? ": x" : " # x";
            out += w;
        }
        if (odd_ && one_in(6)) out += " ";
        if (odd_ && lines && one_in(8))
            out += (one_in(2) ? "\n\n" : "\n") + std::string(indent + 1, ' ');
        return out + (twice ? '"' : '\'');
    }
    std::string key(bool flow) {
        static const char* const kKeys[] = {"id",  "name", "born", "дата", "in force", "a.b",
                                            "x-y", "1",    "2014", "no",   "field",    "served"};
        if (one_in(10)) return quoted(0, false);
        std::string out = kKeys[below(std::size(kKeys))];
        // Twice the same key is refused, so mostly it is not.
        if (!one_in(40)) out += std::to_string(below(100'000));
        if (odd_ && !flow && one_in(12)) out = plain(false);
        return out;
    }
    void flow(std::size_t indent, std::size_t depth) {
        const bool mapping = one_in(2);
        out_ += mapping ? '{' : '[';
        const auto space = [&] {
            if (one_in(3)) out_ += ' ';
            if (one_in(12)) {
                if (one_in(6)) out_ += " # " + word();
                out_ += crlf_ ? "\r\n" : "\n";
                out_ += std::string(indent + 1 + below(4), ' ');
                if (odd_ && one_in(8)) out_ += '\t';
            }
        };
        const auto count = below(5);
        for (std::size_t i = 0; i < count; ++i) {
            space();
            if (mapping) {
                const auto k = key(true);
                out_ += k;
                out_ += k.front() == '"' && one_in(6) ? ":" : ": ";
                space();
                if (one_in(10)) {
                    out_ += i + 1 < count ? "," : "";
                    continue;
                }
            }
            if (depth < 4 && one_in(6))
                flow(indent, depth + 1);
            else if (one_in(2))
                out_ += quoted(indent, one_in(4));
            else
                out_ += plain(true);
            space();
            if (i + 1 < count || one_in(10)) out_ += ',';
        }
        space();
        out_ += mapping ? '}' : ']';
    }
    void block(std::size_t indent) {
        out_ += one_in(2) ? '|' : '>';
        const bool digit = one_in(10);
        if (digit) out_ += '2';
        if (one_in(3)) out_ += odd_ && one_in(2) ? '+' : '-';
        comment();
        out_ += crlf_ ? "\r\n" : "\n";
        const auto deep = digit ? indent + 2 : indent + 1 + below(4);
        const auto lines = odd_ && one_in(12) ? 0 : 1 + below(4);
        for (std::size_t i = 0; i < lines; ++i) {
            if (one_in(5) && (i > 0 || odd_)) out_ += crlf_ ? "\r\n" : "\n";
            if (odd_ && one_in(12)) out_ += std::string(below(deep + 2), ' ') + "\n";
            out_ += std::string(deep, ' ');
            if (i > 0 && one_in(6)) out_ += odd_ && one_in(3) ? "\t" : "  ";
            out_ += text(true);
            if (one_in(6)) out_ += one_in(2) ? ": x" : " # x";
            if (odd_ && one_in(10)) out_ += ' ';
            out_ += crlf_ ? "\r\n" : "\n";
        }
        for (auto n = one_in(4) ? below(3) : 0; n > 0; --n) out_ += crlf_ ? "\r\n" : "\n";
    }
    // What stands behind `key:` or `-`, the line break included.
    void value(std::size_t indent, std::size_t depth, bool item) {
        switch (below(depth < 4 ? 14 : 10)) {
            case 0:
                // Of an item that is nothing libfyaml is in doubt.
                if (item && !odd_) out_ += " ~";
                if (odd_) {
                    if (one_in(3)) out_ += ' ';
                    comment();
                }
                end();
                return;
            case 1:
                out_ += ' ';
                block(indent);
                return;
            case 2:
            case 3:
                out_ += ' ';
                flow(indent, depth);
                comment();
                end();
                return;
            case 4:
            case 5:
                out_ += odd_ && one_in(6) ? " \t" : " ";
                out_ += quoted(indent, one_in(3));
                comment();
                end();
                return;
            case 6:
            case 7:
            case 8:
            case 9: {
                out_ += one_in(10) ? "   " : " ";
                out_ += plain(false);
                while (one_in(8)) {
                    out_ += crlf_ ? "\r\n" : "\n";
                    if (one_in(5)) out_ += crlf_ ? "\r\n" : "\n";
                    out_ += std::string(indent + 1 + below(4), ' ');
                    out_ += plain(false);
                }
                comment();
                end();
                return;
            }
            case 10:
            case 11:
                if (item && !one_in(4)) {
                    const auto more = 1 + below(3);
                    out_ += std::string(more, ' ');
                    mapping(indent + 1 + more, depth + 1, true);
                    return;
                }
                comment();
                end();
                mapping(indent + 1 + below(4), depth + 1);
                return;
            default:
                if (item && one_in(3)) {
                    out_ += ' ';
                    list(indent + 2, depth + 1, true);
                    return;
                }
                comment();
                end();
                list(indent + (item ? 1 + below(3) : below(4)), depth + 1);
                return;
        }
    }
    void mapping(std::size_t indent, std::size_t depth, bool begun = false) {
        for (auto n = 1 + below(depth == 0 ? 8 : 4); n > 0; --n) {
            if (!begun) out_ += std::string(indent, ' ');
            begun = false;
            out_ += key(false);
            out_ += odd_ && one_in(12) ? " :" : ":";
            value(indent, depth, false);
        }
    }
    void list(std::size_t indent, std::size_t depth, bool begun = false) {
        for (auto n = 1 + below(4); n > 0; --n) {
            if (!begun) out_ += std::string(indent, ' ');
            begun = false;
            out_ += '-';
            value(indent, depth, true);
        }
    }

    std::mt19937_64 random_;
    std::string out_;
    bool crlf_ = false;
    bool odd_ = false;  // with what is rare
};

TEST(Fast, random_documents) {
    Author author(number("ANTINOMY_SEED", 20140930));
    Both both;
    const auto count = number("ANTINOMY_DOCUMENTS", 3'000);
    for (std::size_t i = 0; i < count && !HasFatalFailure(); ++i) {
        const auto document = author.document();
        both.odd = author.odd();
        both.read(document, "document " + std::to_string(i));
    }
    std::cout << count << " documents, " << both.counts.good << " of them good; yaml-cpp was asked "
              << "about " << both.counts.asked << " ordinary ones and " << both.counts.asked_odd
              << " odd ones\n";
    EXPECT_GT(both.counts.good * 2, count);
    EXPECT_LE(both.counts.asked * 1000, both.counts.good);
    EXPECT_LE(both.counts.asked_odd * 4, both.counts.good);
}

// A byte or two of a good document changed: what one reader takes and the other doesn't lies near.
TEST(Fast, mutants) {
    static const char* const kTokens[] = {
        ":",  ": ",   " :",       "\"", "'",  "[",  "]",       "{",           "}",  ",", ", ",
        "- ", "-",    "? ",       "?",  "#",  " #", "&a",      "!",           "*a", "|", ">",
        "\n", "\n ",  " ",        "  ", "\t", "\\", "\n---\n", "\n...\n",     "%",  "@", "\r\n",
        "~",  "<<: ", "\xC2\x85", "\r", "|+", ">-", "\n#",     "\xE2\x80\xA8"};
    const auto seed = number("ANTINOMY_SEED", 20140930);
    Author author(seed + 1);
    std::vector<std::string> seeds;
    for (const auto& path : test::files_in("valid")) seeds.push_back(test::read_all(path));
    Both both;
    const auto count = number("ANTINOMY_DOCUMENTS", 3'000);
    for (std::size_t i = 0; i < count && !HasFatalFailure(); ++i) {
        auto text = author.one_in(2) ? seeds[author.below(seeds.size())] : author.document();
        for (auto edits = 1 + author.below(2); edits > 0; --edits) {
            const auto at = author.below(text.size() + 1);
            if (author.one_in(3) && at < text.size())
                text.erase(at, 1 + author.below(3));
            else
                text.insert(at, kTokens[author.below(std::size(kTokens))]);
        }
        both.read(text, "mutant " + std::to_string(i));
    }
    std::cout << count << " mutants, " << both.counts.good << " of them good; yaml-cpp was asked "
              << "about " << both.counts.asked << "\n";
    EXPECT_LE(both.counts.asked * 4, both.counts.good);
}

// Every text of a few pieces, where texts, lists and keys may stand.
TEST(Fast, all_small_ones) {
    struct Frame {
        const char* before;
        const char* behind;
        std::vector<const char*> pieces;
    };
    const std::vector<Frame> frames = {
        {"a: \"", "\"\nb: y\n", {"x", " ", "\n", "\\", "\t", "'", "#"}},
        {"a: '", "'\n", {"x", " ", "\n", "''", "\t", "\\", ":"}},
        {"a: |", "b: y\n", {"x", " ", "\n", "-", "+", "1", "2", "#", "\r\n"}},
        {"a: >", "", {"x", " ", "\n", "-", "+", "1", "#", ":"}},
        {"a: |\n  x", "", {"x", " ", "\n", "b:", "#", "\t", "-"}},
        {"a: >-\n  x", "", {"x", " ", "\n", "b:", "#", "\t", "-"}},
        {"a: ", "\n", {"x", " ", "\n", "- ", "#", ":", "-", "?", "\"", "'", "~"}},
        {"a: [", "]\n", {"x", " ", "\n", ",", ":", "?", "-", "#", "\"", "[", "]"}},
        {"a: [{x: y,", "}]\n", {"x", " ", "\n", ",", ":", "\"", "#"}},
        {"a: {", "}\nb: y\n", {"x", " ", "\n", ",", ":", "?", "-", "\"", "{", "}"}},
        {"a:\n", "\n", {"x", " ", "\n", ": ", "- ", "#", "|", ">"}},
        {"a:\n  - x\n", "", {"x", " ", "\n", "- ", ":", "#", "\r\n"}},
        {"", "", {"a", "b", " ", "\n", ":", "-", "#", "~"}}};
    const auto longest = number("ANTINOMY_PIECES", 4);
    Both both;
    for (const auto& frame : frames)
        for (std::size_t length = 0; length <= longest; ++length) {
            std::vector<std::size_t> drawn(length, 0);
            for (bool more = true; more && !HasFatalFailure();) {
                std::string text = frame.before;
                for (const auto i : drawn) text += frame.pieces[i];
                both.read(text + frame.behind, frame.before);
                more = false;
                for (auto& i : drawn) {
                    more = ++i < frame.pieces.size();
                    if (more) break;
                    i = 0;
                }
            }
        }
    std::cout << both.counts.read << " texts, " << both.counts.good
              << " of them good; yaml-cpp was "
              << "asked about " << both.counts.asked << "\n";
}

// Nothing takes time by the square of its length: each of these took libfyaml many seconds, and a
// document is up to 16 MiB.
TEST(Fast, empty_lines_are_many) {
    Both both;
    const std::string lines(100'000, '\n');
    both.read("a: |\n  x\n" + lines + "  y\n", "literal");
    both.read("a: >\n  x\n" + lines + "  y\n", "folded");
    both.read("a: 'x\n" + lines + "  y'\n", "quoted");
    both.read("a: x\n" + lines + "  y\n", "plain");
    EXPECT_EQ(both.counts.good, 4u);
    EXPECT_EQ(both.counts.asked, 4u);
    std::string few;
    for (int i = 0; i < 1'000; ++i)
        few += "k" + std::to_string(i) + ": |\n  x\n" + std::string(32, '\n') + "  y\n";
    both.read(few, "few in a row");
}

TEST(Fast, limits) {
    Both both;
    Limits small;
    small.depth = 3;
    small.events = 20;
    small.scalar_bytes = 8;
    small.file_bytes = 200;
    for (const char* text :
         {"a: {b: [c]}\n", "a: {b: [{c: d}]}\n", "a: 123456789\n", "a: |\n  1234567\n",
          "a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]\n", "", "\n", "a\n",
          "- a\n", "a: b\n---\na: b\n", "%YAML 1.2\n---\na: b\n", "a: &x b\n", "a: b\na: b\n"})
        both.read(text, text, small);
    both.read(std::string(201, '#') + "\na: b\n", "large", small);
    std::string deep = "a: ";
    for (int i = 0; i < 63; ++i) deep += '[';
    for (int i = 0; i < 63; ++i) deep += ']';
    both.read(deep, "as deep as may be");
    both.read("a: [" + deep.substr(3) + "]", "too deep");
    both.read(std::string("a: x\0y\n", 7), "NUL");
    both.read("a: \xFF\n", "no UTF-8");
}

}  // namespace
}  // namespace antinomy::text
