#include "report/markdown_text.hpp"

#include <algorithm>
#include <utility>

#include "report/terminal.hpp"

namespace antinomy::report {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool hex(char c) {
    return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
// Letters of other scripts are bytes from 0x80 on.
bool wordy(char c) {
    return letter(c) || digit(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// A run of 7 hex digits or more, with a digit in it, that is no part of a longer word: the id of a
// commit.
bool commit_id(std::string_view word) {
    for (std::size_t i = 0; i < word.size();) {
        std::size_t end = i;
        while (end < word.size() && wordy(word[end])) ++end;
        const std::string_view run = word.substr(i, end - i);
        if (run.size() >= 7 && std::all_of(run.begin(), run.end(), hex) &&
            std::any_of(run.begin(), run.end(), digit))
            return true;
        i = end + 1;
    }
    return false;
}

// Would GitHub or GitLab make a link, a mention, a picture or a formula of it?
bool tempting(std::string_view word) {
    // Mentions and addresses; emoji and addresses; formulas and snippets; GitLab's epics, labels,
    // milestones and alerts (a sign with a letter or digit after it).
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        const char next = i + 1 < word.size() ? word[i + 1] : ' ';
        if (c == '@' || c == '$') return true;
        if (c == '#' && (wordy(next) || next == '"')) return true;
        if ((c == '&' || c == '~' || c == '%' || c == '!' || c == '^') &&
            (wordy(next) || next == '"'))
            return true;
        if (c == ':' && next == '/') return true;
        if (c == ':' &&
            std::count(word.begin() + static_cast<std::ptrdiff_t>(i) + 1, word.end(), ':') > 0)
            return true;
    }
    const std::string plain = lower(word);
    for (const char* part : {"www.", "mailto:", "xmpp:", "gh-", "{+", "{-", "[+", "[-"})
        if (plain.find(part) != std::string::npos) return true;
    return commit_id(word);
}

std::string code(std::string_view safe, bool cell) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : safe) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    // A blank on both sides is taken away by the reader; so is one that was there.
    const bool pad = safe.empty() || safe.front() == '`' || safe.back() == '`' ||
                     (safe.front() == ' ' && safe.back() == ' ');
    std::string out = fence + (pad ? " " : "");
    for (const char c : safe) {
        if (cell && c == '|') out += '\\';
        out += c;
    }
    return out + (pad ? " " : "") + fence;
}

class Escaper {
public:
    Escaper(std::string_view safe, bool cell) : safe_(safe), cell_(cell) {}

    std::string run() {
        for (std::size_t i = 0; i < safe_.size();) {
            std::size_t end = i + 1;
            if (safe_[i] == ' ') {
                out_ += ' ';
            } else if (safe_[i] != '`') {
                end = std::min(safe_.find_first_of(" `", i), safe_.size());
                word(i, end);
            } else if (const std::size_t close = closes(i); close > 0) {
                end = close;
                span(i, end, i + 1, end - 1);
            } else {
                out_ += "\\`";
            }
            i = end;
        }
        return std::move(out_);
    }

private:
    // Past the backtick that ends what begins here; 0: these are no two that stand alone.
    [[nodiscard]] std::size_t closes(std::size_t i) const {
        const std::size_t end = safe_.find('`', i + 1);
        const auto tick = [&](std::size_t at) { return at < safe_.size() && safe_[at] == '`'; };
        if (end == std::string_view::npos || end == i + 1) return 0;
        return tick(i - 1) || tick(end + 1) ? 0 : end + 1;
    }
    // Two pieces of code side by side would be read as one: then they are one, with its backticks.
    void span(std::size_t begin, std::size_t end, std::size_t inner, std::size_t inner_end) {
        if (!out_.empty() && out_.size() == code_end_) {
            out_.resize(code_begin_);
            out_ += code(safe_.substr(raw_begin_, end - raw_begin_), cell_);
        } else {
            code_begin_ = out_.size();
            raw_begin_ = begin;
            out_ += code(safe_.substr(inner, inner_end - inner), cell_);
        }
        code_end_ = out_.size();
    }
    void word(std::size_t begin, std::size_t end) {
        const std::string_view word = safe_.substr(begin, end - begin);
        if (tempting(word)) {
            span(begin, end, begin, end);
            return;
        }
        // At the beginning of a block these would be an item, a heading or a rule.
        std::size_t i = 0;
        if (begin == 0) {
            while (i < word.size() && digit(word[i])) ++i;
            out_ += word.substr(0, i);
            const std::string_view marks = i > 0 ? ".)" : "-+=#";
            if (i < word.size() && marks.find(word[i]) != std::string_view::npos)
                (out_ += '\\') += word[i++];
        }
        for (; i < word.size(); ++i) {
            if (std::string_view("\\`*_[]<>&|~").find(word[i]) != std::string_view::npos)
                out_ += '\\';
            out_ += word[i];
        }
    }

    std::string_view safe_;
    bool cell_;
    std::string out_;
    std::size_t code_begin_ = 0;  // of the code that was put last
    std::size_t code_end_ = 0;
    std::size_t raw_begin_ = 0;  // and where it begins in the text
};

std::string escape(std::string_view text, bool cell) {
    const std::string safe = one_line(text);
    return Escaper(safe, cell).run();
}

}  // namespace

std::string markdown_text(std::string_view text) {
    return escape(text, false);
}
std::string markdown_code(std::string_view text) {
    return code(one_line(text), false);
}
std::string markdown_cell(std::string_view text) {
    return escape(text, true);
}
std::string markdown_cell_code(std::string_view text) {
    return code(one_line(text), true);
}

}  // namespace antinomy::report
