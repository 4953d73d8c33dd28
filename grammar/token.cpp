#include "grammar/token.hpp"

#include <algorithm>
#include <array>

#include "grammar/edtf.hpp"
#include "grammar/words.hpp"

namespace antinomy::grammar {
namespace {

using std::string;
using std::string_view;

constexpr std::array<string_view, 24> reserved = {
    "and",    "or",    "not",   "some",      "every",  "no",       "in",     "satisfies",
    "before", "after", "least", "according", "within", "overlaps", "agrees", "matches",
    "allen",  "on",    "yes",   "at",        "most",   "contains", "from",   "times"};

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The length in bytes of the well-formed code point at `at`; 0 if there is none.
std::size_t code_point_length(string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const unsigned lead = byte(0), second = byte(1);
    if (lead < 0x80) return at < text.size() ? 1 : 0;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    // Overlong forms, surrogates, and what lies above U+10FFFF.
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
    return length;
}

// The length of the name character that may begin a name at `at`, 0 if none.
std::size_t name_start(string_view text, std::size_t at) {
    if (at >= text.size() || text[at] == '-' || is_digit(text[at])) return 0;
    return name_character(text, at);
}

struct Refusal {
    string_view written;
    string_view message;
    string_view help;
};

// Habits of other languages and of word processors; longer ones first.
constexpr std::array<Refusal, 28> refusals = {{
    {"===", "`===` is no relation here", "write ="},
    {"!==", "`!==` is no relation here", "write !="},
    {"==", "`==` is no relation here", "write ="},
    {"<>", "`<>` is no relation here", "write !="},
    {"=<", "`=<` is no relation here", "write <="},
    {"=>", "`=>` is no relation here", "write >="},
    {"&&", "`&&` is no word of the language", "write and"},
    {"||", "`||` is no word of the language", "write or"},
    {"&", "`&` is no word of the language", "write and"},
    {"|", "`|` is no word of the language", "write or"},
    {"!", "`!` is no word of the language", "write not"},
    {"≤", "`≤` is no relation here", "write <="},
    {"≥", "`≥` is no relation here", "write >="},
    {"≠", "`≠` is no relation here", "write !="},
    {"–", "a dash is no minus", "write - with a blank on each side"},
    {"—", "a dash is no minus", "write - with a blank on each side"},
    {"−", "this minus is not the one of the keyboard", "write - with a blank on each side"},
    {"‘", "a typographic quote is no quote here", "write ' or \""},
    {"’", "a typographic quote is no quote here", "write ' or \""},
    {"‚", "a typographic quote is no quote here", "write ' or \""},
    {"“", "a typographic quote is no quote here", "write ' or \""},
    {"”", "a typographic quote is no quote here", "write ' or \""},
    {"„", "a typographic quote is no quote here", "write ' or \""},
    {"«", "a typographic quote is no quote here", "write ' or \""},
    {"»", "a typographic quote is no quote here", "write ' or \""},
    {"\u00A0", "a no-break space is no blank here", "write an ordinary blank"},
    {"*", "`*` stands only right after a reference that is followed all the way, as in x.part_of*",
     "to multiply, write times"},
    {"/", "`/` is not supported in a condition", "compare with both ends of an interval"},
}};

class Cutter {
public:
    explicit Cutter(string_view text) : text_(text) {}

    Tokens run() {
        if (text_.size() > max_condition_bytes) {
            refuse(max_condition_bytes, text_.size(), "longer than 4096 bytes",
                   "give parts of it a name under `define:`");
        }
        while (!out_.error && skip_blanks()) next();
        add(Token::Kind::end, at_);
        return std::move(out_);
    }

private:
    string_view text_;
    std::size_t at_ = 0;
    Tokens out_;

    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    static Range range(std::size_t begin, std::size_t end) {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }

    bool skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
        return at_ < text_.size();
    }

    // The token from at_ to `end`, and on.
    Token& add(Token::Kind kind, std::size_t end) {
        out_.list.push_back({kind, range(at_, end), text_.substr(at_, end - at_)});
        at_ = end;
        return out_.list.back();
    }

    void refuse(std::size_t begin, std::size_t end, string_view message, string_view help) {
        out_.error = SyntaxError{range(begin, end), string(message), string(help)};
    }

    void next() {
        const char c = peek();
        if (is_digit(c)) return number_or_date();
        if (c == '\'' || c == '"') return quoted();
        if (name_start(text_, at_) > 0) {
            add(Token::Kind::word, end_of_name(at_));
            return;
        }
        sign();
    }

    // A hyphen belongs to a name only before a letter, a digit or `_`.
    std::size_t end_of_name(std::size_t at) const {
        for (;;) {
            const bool hyphen = at < text_.size() && text_[at] == '-';
            if (hyphen && at + 1 < text_.size() && text_[at + 1] == '-') return at;
            const auto length = name_character(text_, hyphen ? at + 1 : at);
            if (length == 0) return at;
            at += length + (hyphen ? 1 : 0);
        }
    }

    void quoted() {
        const char quote = peek();
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            const auto bytes = code_point_length(text_, end);
            if (bytes == 0) return refuse(end, end + 1, "this is not well-formed UTF-8", "");
            end += bytes;
        }
        if (end >= text_.size() || text_[end] != quote) {
            return refuse(at_, end, "this quote is not closed",
                          "quoted text stays on one line; YAML cuts at ` #` and `: `, so write a "
                          "long condition as a block (|)");
        }
        auto& token = add(Token::Kind::text, end + 1);
        token.text = token.text.substr(1, token.text.size() - 2);
    }

    void number_or_date() {
        std::size_t end = at_;
        const auto digits = [&] {
            while (end < text_.size() && is_digit(text_[end])) ++end;
        };
        digits();
        if (end - at_ == 4 && end < text_.size() && text_[end] == '-' && end + 1 < text_.size() &&
            !is_blank(text_[end + 1])) {
            return date(end);
        }
        double value = 0;
        for (std::size_t i = at_; i < end; ++i) value = value * 10 + (text_[i] - '0');
        std::size_t count = end - at_;
        if (end < text_.size() && text_[end] == '.') {
            const std::size_t dot = end++;
            digits();
            if (end == dot + 1) {
                return refuse(dot, end, "expected a digit after the decimal point", "");
            }
            // Both numbers are whole and below 2^53, so the quotient is the nearest double.
            double scale = 1;
            for (std::size_t i = dot + 1; i < end; ++i) {
                value = value * 10 + (text_[i] - '0');
                scale *= 10;
            }
            count += end - dot - 1;
            value /= scale;
        }
        if (const auto after = end_of_name(end); after > end && text_[end] != '-') {
            const auto letters = text_.substr(end, after - end);
            return refuse(at_, after, "a number runs into letters",
                          letters[0] == '_' ? "write digits without _"
                                            : "write a blank after a number, as in `10 days`; a "
                                              "name begins with a letter");
        }
        if (count > 15) {
            return refuse(at_, end, "a number has at most 15 digits", "");
        }
        add(Token::Kind::number, end).number = value;
    }

    void date(std::size_t end) {
        bool clock = false;
        const auto belongs = [&](char c) {
            if (c == 'T') clock = true;
            return is_digit(c) || is_letter(c) || c == '-' || c == '?' || c == '~' || c == '%' ||
                   c == '_' || (clock && (c == ':' || c == '+'));
        };
        while (end < text_.size() && belongs(text_[end])) ++end;
        if (clock) {
            return refuse(at_, end, "a date in a condition has no time of day", "write the day");
        }
        auto parsed = parse_edtf_date(text_.substr(at_, end - at_));
        if (auto* error = std::get_if<SyntaxError>(&parsed)) {
            error->range.begin += static_cast<std::uint32_t>(at_);
            error->range.end += static_cast<std::uint32_t>(at_);
            out_.error = std::move(*error);
            return;
        }
        add(Token::Kind::date, end);
    }

    void sign() {
        const char c = peek();
        if (c == '(') {
            if (out_.open_brackets.size() == max_bracket_depth) {
                return refuse(at_, at_ + 1, "brackets are nested more than 64 deep",
                              "give parts of it a name under `define:`");
            }
            out_.open_brackets.push_back(range(at_, at_ + 1));
        }
        if (c == ')' && !out_.open_brackets.empty()) out_.open_brackets.pop_back();
        if (c == '.') return dot();
        if (c == '-' || c == '+') return plus_or_minus();
        const auto rest = text_.substr(at_);
        for (const auto& refusal : refusals) {
            const bool unequal = refusal.written == "!" && rest.substr(0, 2) == "!=";
            if (rest.substr(0, refusal.written.size()) == refusal.written && !unequal) {
                return refuse(at_, at_ + refusal.written.size(), refusal.message, refusal.help);
            }
        }
        const string_view two = rest.substr(0, 2);
        if (two == "<=" || two == ">=" || two == "!=") {
            add(Token::Kind::sign, at_ + 2);
        } else if (string_view("()=<>,").find(c) != string_view::npos) {
            add(Token::Kind::sign, at_ + 1);
        } else {
            unknown();
        }
    }

    void dot() {
        const bool after_word = !out_.list.empty() && out_.list.back().kind == Token::Kind::word &&
                                out_.list.back().range.end == at_;
        if (!after_word) {
            return refuse(at_, at_ + 1, "a dot stands only inside a name, as in e.published",
                          "no blanks around a dot, and none after a bracket");
        }
        const bool hyphen = at_ + 1 < text_.size() && text_[at_ + 1] == '-';
        if (hyphen || name_character(text_, at_ + 1) == 0) {
            return refuse(at_, at_ + 1, "expected a name directly after the dot",
                          "no blanks around a dot; YAML may have cut the text here");
        }
        add(Token::Kind::sign, at_ + 1);
        // Here even a name that begins with a digit is no number: events.9-april.start
        const auto end = end_of_name(at_);
        add(Token::Kind::word, end + (end < text_.size() && text_[end] == '*' ? 1 : 0));
    }

    void plus_or_minus() {
        const bool free = (at_ == 0 || is_blank(text_[at_ - 1])) &&
                          (at_ + 1 == text_.size() || is_blank(text_[at_ + 1]));
        if (free) {
            add(Token::Kind::sign, at_ + 1);
        } else if (peek() == '-') {
            refuse(at_, at_ + 1, "a minus needs a blank on each side",
                   "names have hyphens: a-b is a name; for a negative number write (0 - 5)");
        } else {
            refuse(at_, at_ + 1, "a plus needs a blank on each side", "write a + b");
        }
    }

    void unknown() {
        const auto bytes = code_point_length(text_, at_);
        if (bytes == 0) return refuse(at_, at_ + 1, "this is not well-formed UTF-8", "");
        const char c = peek();
        if (bytes == 1 && (c < 0x20 || c == 0x7F)) {
            return refuse(at_, at_ + 1, "a control character can't stand in a condition", "");
        }
        refuse(at_, at_ + bytes, shown(text_.substr(at_, bytes)) + " can't stand in a condition",
               "");
    }
};

}  // namespace

bool is_reserved(string_view word) {
    return std::find(reserved.begin(), reserved.end(), word) != reserved.end();
}

Tokens cut(string_view text) {
    return Cutter(text).run();
}

}  // namespace antinomy::grammar
