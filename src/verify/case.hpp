#pragma once
// A case, read a second time from its files: records and what is asserted of their fields, order
// lines, identities, accounts. Files with errors are the engine's business; here they are read as
// far as they go, and a certificate must fit what is there.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "verify/vocabulary.hpp"
#include "verify/zone.hpp"

namespace antinomy::verify {

inline constexpr int kNobody = -1;

enum class State { plain, unchallenged, conceded, withdrawn, proposed };
[[nodiscard]] std::string word(State);

struct Said {
    int by = kNobody;  // an account
    std::string source;
    std::string speaker;
    std::string quote;
    State state = State::plain;
};

struct Assertion {
    int record = 0;
    int field = 0;
    std::string written;
    std::vector<std::string> items;  // of a list
    Said said;
    Place place;
    // Of dates. None of these: a form that isn't known here.
    std::optional<Stated> day;
    std::optional<StatedSpan> span;
    std::optional<Expression> relative;
    // Of dates as written: where the day stands, or the start and the end of a period.
    struct Standing {
        std::optional<Zone> zone;  // none: nobody says, and it is taken to be the case's
        std::optional<int> second;
    };
    Standing start;
    Standing end;
};

struct Record {
    std::string id;
    std::string path;
    int type = 0;
    int parent = -1;
    Said said;
    std::vector<std::vector<int>> fields;  // assertions by field
};

struct OrderLine {
    std::string text;
    std::optional<Order> order;  // nothing: not known here
    Said said;
    Place place;
};

struct Identity {
    int a = 0;
    int b = 0;
    enum class Answer { no, yes, unknown } answer = Answer::unknown;
    Said said;
};

struct Account {
    std::string id;
    std::vector<int> adopts;
};

// A record's field, or its moment: its first day and its last.
struct PointName {
    int record = 0;
    int first = 0;
    int first_part = 0;  // 1: the end of a period
    int last = 0;
    int last_part = 0;
};

struct Case {
    std::string id;
    std::vector<File> files;  // the main file first
    Vocabulary vocabulary;
    Conventions conventions;
    Zone zone;
    std::shared_ptr<const WorkingDays> working_days;
    std::vector<Account> accounts;
    std::vector<Record> records;
    std::vector<Assertion> assertions;
    std::vector<OrderLine> orders;
    std::vector<Identity> identities;
    std::set<std::string> complete;
    // Do values ask how months and birthdays are counted?
    bool asks_months = false;
    bool asks_birthdays = false;
    std::vector<std::string> problems;               // files that could not be read
    std::map<Place, std::vector<int>> assertion_at;  // of data, one text may say several things
    std::map<Place, int> order_at;

    [[nodiscard]] int account(const std::string& id) const;
    [[nodiscard]] std::vector<int> adopted(int account) const;  // own first, depth first
    [[nodiscard]] int record(const std::string& path) const;
    [[nodiscard]] std::string path_of(const Assertion&) const;
    [[nodiscard]] std::optional<PointName> point(const std::string& name, int context = -1) const;
    [[nodiscard]] bool weak(const std::string& source) const;  // marked as of low reliability
    [[nodiscard]] bool doubtful(const Assertion&) const;
    [[nodiscard]] static bool written_doubtful(const Assertion&);  // `?`; the source is not asked

    // The assertion that stands there and is of this path; else of another; -1: none does.
    [[nodiscard]] int stands(const Place&, const std::string& path) const;

    std::map<std::string, int> by_path;
    std::map<std::string, std::vector<int>> by_id;
};

// Reads a case of its main file, following its includes and packs. `rules` has the shipped packs.
[[nodiscard]] Case read_case(File main, const std::vector<File>& rules);

// What the shipped packs and these, by path, say together.
[[nodiscard]] Vocabulary read_packs(const std::vector<File>& rules,
                                    const std::vector<std::string>& packs,
                                    std::vector<std::string>& problems);
// A case that was made of data, of packs that were read: it names none itself.
[[nodiscard]] Case read_made(File, const Vocabulary&);

}  // namespace antinomy::verify
