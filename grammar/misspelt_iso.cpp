// Other forms of ISO 8601: weeks, days of the year, the basic format. EDTF has none of them.

#include <array>

#include "grammar/misspelt_parts.hpp"

namespace antinomy::grammar::misspelt {
namespace {

// For the help of an error alone: what a date means is not for this folder to say.
bool leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
int length(int year) {
    return leap(year) ? 366 : 365;
}
// 0 Monday .. 6 Sunday, of 1 January: Gauss
int first_weekday(int year) {
    const int y = year + 399;  // year 0 has years before it
    return (5 * (y % 4) + 4 * (y % 100) + 6 * (y % 400)) % 7;
}
std::string date_of(int year, int day_of_year) {  // 0 is 1 January; one year off at most
    if (day_of_year < 0) day_of_year += length(--year);
    if (day_of_year >= length(year)) day_of_year -= length(year++);
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = 0;
    for (int n = days[0]; day_of_year >= n;) {
        day_of_year -= n;
        ++month;
        n = days[static_cast<std::size_t>(month)] + (month == 1 && leap(year) ? 1 : 0);
    }
    const std::string digits = std::to_string(year);
    return spelt(std::string(4 - digits.size(), '0') + digits, month + 1, day_of_year + 1);
}

// Does the text have this shape? `9` is a digit.
bool shaped(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (shape[i] == '9' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
    }
    return true;
}
int number(std::string_view digits) {
    int n = 0;
    for (const char c : digits) n = n * 10 + (c - '0');
    return n;
}

std::optional<Misspelling> meant_week(int year, int week, int weekday) {
    const int january_1 = first_weekday(year);
    const bool has_53 = january_1 == 3 || (january_1 == 2 && leap(year));
    if (week < 1 || week > (has_53 ? 53 : 52) || weekday > 7) return {};
    // Week 1 has the first Thursday.
    const int monday = (january_1 <= 3 ? -january_1 : 7 - january_1) + (week - 1) * 7;
    const std::string message = "weeks by number are no dates of EDTF";
    if (weekday > 0) return Misspelling{message, "write " + date_of(year, monday + weekday - 1)};
    return Misspelling{message, "write " + date_of(year, monday) + "/" + date_of(year, monday + 6)};
}

}  // namespace

std::optional<Misspelling> meant_by_iso(std::string_view text) {
    const bool year_first = text.size() > 4 && shaped(text.substr(0, 4), "9999");
    const int year = year_first ? number(text.substr(0, 4)) : 0;
    if (shaped(text, "9999-W99")) return meant_week(year, number(text.substr(6)), 0);
    if (shaped(text, "9999W99")) return meant_week(year, number(text.substr(5)), 0);
    if (shaped(text, "9999-W99-9") && text[9] != '0') {
        return meant_week(year, number(text.substr(6, 2)), text[9] - '0');
    }
    if (shaped(text, "9999W999") && text[7] != '0') {
        return meant_week(year, number(text.substr(5, 2)), text[7] - '0');
    }
    if (shaped(text, "9999-999") || shaped(text, "9999999")) {
        const int day = number(text.substr(text.size() - 3));
        if (day < 1 || day > length(year)) return {};
        return Misspelling{"days counted from the beginning of the year are no dates of EDTF",
                           "write " + date_of(year, day - 1)};
    }
    if (text.size() >= 15 && shaped(text.substr(0, 15), "99999999T999999")) {
        const std::string_view zone = text.substr(15);
        const bool plain = zone.empty() || zone == "Z" || shaped(zone, "+99") ||
                           shaped(zone, "-99") || shaped(zone, "+99:99") || shaped(zone, "-99:99");
        if (!plain) return {};
        std::string better(text);
        for (const std::size_t at : {13, 11}) better.insert(at, ":");
        for (const std::size_t at : {6, 4}) better.insert(at, "-");
        return Misspelling{"the parts of a date are joined by `-`", "write " + better};
    }
    if (shaped(text, "--99-99") && number(text.substr(2, 2)) >= 1 &&
        number(text.substr(2, 2)) <= 12) {
        return Misspelling{
            "a date begins with its year of four digits",
            "write XXXX" + std::string(text.substr(1)) + " for that day of any year"};
    }
    return {};
}

}  // namespace antinomy::grammar::misspelt
