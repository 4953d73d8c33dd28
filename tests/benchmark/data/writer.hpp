#pragma once
// Records of the benchmark as bytes: JSON, one a line, or YAML in blocks, one a document. Texts are
// given escaped, in a way that JSON and YAML's double quotes share.

#include <date/date.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace antinomy::benchmark {

enum class Form { jsonl, yaml };

// A day as it is written, and the first and last day that it may be (days since 1970-01-01).
struct Day {
    int first = 0;
    int last = 0;
    int parts = 3;  // 3: the day is written, 2: its month, 1: its year
    date::year_month_day written;

    static Day exact(int day, date::year_month_day ymd) { return {day, day, 3, ymd}; }
    static Day month(int first, int last, date::year_month_day ymd) {
        return {first, last, 2, ymd};
    }
    static Day year(int first, int last, date::year_month_day ymd) { return {first, last, 1, ymd}; }
    [[nodiscard]] bool is_exact() const { return parts == 3; }
};

class Writer {
public:
    Writer(Form form, std::FILE* to) : form_(form), to_(to) {}

    void record() {
        out_ += form_ == Form::jsonl ? "{" : "---\n";
        first_ = true;
    }
    void end_record() {
        if (form_ == Form::jsonl) out_ += "}\n";
    }
    void mapping(std::string_view key) {
        begin(key);
        open('{');
    }
    void end() { close('}'); }
    void list(std::string_view key) {
        begin(key);
        list_at_ = out_.size();
        open('[');
    }
    void item() {
        if (form_ == Form::jsonl) {
            comma();
            out_ += '{';
        } else {
            indent();
            out_ += "- ";
            in_item_ = true;
        }
        depth_ += 2;
        first_ = true;
    }
    void end_list() {
        // An empty block is no list.
        if (form_ == Form::yaml && out_.size() == list_at_ + 1) {
            out_.back() = ' ';
            out_ += "[]\n";
        }
        close(']');
    }
    // The text is escaped.
    void text(std::string_view key, std::string_view value) {
        begin(key);
        space();
        out_ += '"';
        out_ += value;
        out_ += '"';
        line();
    }
    void number(std::string_view key, int value) {
        begin(key);
        space();
        out_ += std::to_string(value);
        line();
    }
    void null(std::string_view key) {
        begin(key);
        space();
        out_ += "null";
        line();
    }
    void day(std::string_view key, const Day& d) {
        begin(key);
        space();
        if (form_ == Form::jsonl) out_ += '"';
        digits(static_cast<unsigned>(static_cast<int>(d.written.year())), 4);
        if (d.parts > 1) {
            out_ += '-';
            digits(static_cast<unsigned>(d.written.month()), 2);
        }
        if (d.parts > 2) {
            out_ += '-';
            digits(static_cast<unsigned>(d.written.day()), 2);
        }
        if (form_ == Form::jsonl) out_ += '"';
        line();
    }

    // Bytes of all records.
    [[nodiscard]] std::size_t size() const { return written_ + out_.size(); }
    [[nodiscard]] std::uint64_t written() const { return written_; }
    // Full blocks, or all; false: could not be written.
    [[nodiscard]] bool flush(bool all) {
        if (!all && out_.size() < (1u << 18u)) return true;
        if (std::fwrite(out_.data(), 1, out_.size(), to_) != out_.size()) return false;
        written_ += out_.size();
        out_.clear();
        return !all || std::fflush(to_) == 0;
    }

private:
    void comma() {
        if (!first_) out_ += ',';
        first_ = false;
    }
    void indent() { out_.append(static_cast<std::size_t>(depth_), ' '); }
    void begin(std::string_view key) {
        if (form_ == Form::jsonl) {
            comma();
            out_ += '"';
            out_ += key;
            out_ += "\":";
        } else {
            if (!in_item_) indent();
            in_item_ = false;
            out_ += key;
            out_ += ':';
        }
    }
    void space() {
        if (form_ == Form::yaml) out_ += ' ';
    }
    void line() {
        if (form_ == Form::yaml) out_ += '\n';
    }
    void open(char bracket) {
        out_ += form_ == Form::jsonl ? bracket : '\n';
        depth_ += 2;
        first_ = true;
    }
    void close(char bracket) {
        if (form_ == Form::jsonl) out_ += bracket;
        depth_ -= 2;
        first_ = false;
    }
    void digits(unsigned value, int count) {
        char text[4];
        for (int i = count; i-- > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
        out_.append(text, static_cast<std::size_t>(count));
    }

    Form form_;
    std::FILE* to_;
    std::string out_;
    std::uint64_t written_ = 0;
    std::size_t list_at_ = 0;
    int depth_ = 0;
    bool first_ = true;
    bool in_item_ = false;
};

}  // namespace antinomy::benchmark
