#pragma once
// A view as the certificates name it: what one account holds (or two joined, or all statements
// beside one another), under one answer to each open identity; and its constraints, each with the
// statement it comes from. Semantics.md 2, 3.1, 6.2.

#include <map>
#include <string>
#include <vector>

#include "verify/case.hpp"
#include "verify/search.hpp"

namespace antinomy::verify {

// Which view.
struct Which {
    int account = kNobody;
    int other = kNobody;           // of `between`
    bool every_record = false;     // sources beside one another
    bool doubled = false;          // two joined that cannot stand: no point shared
    std::map<int, bool> identity;  // answers to identity lines of value `unknown`
    Counting counting;             // what nobody chose, chosen
    friend bool operator<(const Which& a, const Which& b) {
        const auto key = [](const Which& w) {
            return std::tie(w.account, w.other, w.every_record, w.doubled, w.identity, w.counting);
        };
        return key(a) < key(b);
    }
};

struct Statement {
    enum class Kind { value, order, always } kind = Kind::value;
    int index = 0;      // of the assertion, of the order line; of always: the record
    int line = 0;       // of always: of the type's lines; -1: a period starts before it ends
    bool known = true;  // false: in a form that isn't known here
    bool doubtful = false;
    bool grouped = false;  // one of rival values: see `groups`
    Constraints says;
};

class View {
public:
    View(const Case&, const Which&);

    [[nodiscard]] const std::vector<Statement>& statements() const { return statements_; }
    [[nodiscard]] int points() const { return static_cast<int>(names_.size()); }
    [[nodiscard]] const std::string& name(int p) const {
        return names_[static_cast<std::size_t>(p)];
    }
    [[nodiscard]] int point(const std::string& name) const;  // -1: none of that name
    [[nodiscard]] bool helper(int p) const { return helpers_[static_cast<std::size_t>(p)]; }
    // Where the point's day stands.
    [[nodiscard]] const Placed& place(int p) const { return places_[static_cast<std::size_t>(p)]; }
    // The statement of a value, an order line, an `always:` line; -1: not in this view.
    [[nodiscard]] int of_assertion(int a) const;
    [[nodiscard]] int of_order(int o) const;
    // Does the value belong to the view (on either side)?
    [[nodiscard]] bool holds(int assertion) const;
    // Are two records one here (on either side)?
    [[nodiscard]] bool one(int record, int other) const;
    [[nodiscard]] const std::vector<std::vector<std::vector<int>>>& groups() const {
        return groups_;
    }

    // What the statements say, of those that count (`enabled`); a choice among rival values counts
    // if all of its values that are enabled are among them.
    [[nodiscard]] Constraints says(const std::vector<bool>& chosen,
                                   const std::vector<bool>& enabled) const;
    [[nodiscard]] std::vector<bool> all() const {
        return std::vector<bool>(statements_.size(), true);
    }

    // The days that a date can mean, what it is relative to dated by values alone: the outermost
    // two. `known`: they could be worked out.
    struct Days {
        bool known = false;
        time::Window days;
        bool stand = true;  // false: the values cannot stand together, and say nothing of any day
    };
    [[nodiscard]] Days days_of(int assertion, int side);

private:
    struct Holder {
        int account = kNobody;
        std::vector<int> same_as;
        std::vector<bool> exists;
        std::map<std::pair<int, int>, std::vector<int>> slots;  // record and field
        std::vector<int> adopted;
    };
    Holder make_side(int account, const Which&) const;
    [[nodiscard]] const std::vector<int>& slot(std::size_t side, int record, int field) const;
    [[nodiscard]] bool shared(int record, int field) const;
    [[nodiscard]] int effective(std::size_t side, int record, int field) const;
    [[nodiscard]] bool anchored(std::size_t side, const Anchor&) const;
    [[nodiscard]] bool anchored(std::size_t side, const Expression&) const;
    [[nodiscard]] bool in_view(std::size_t side, const OrderLine&) const;
    // The zone that a value is said in: its own, or that of what it is relative to.
    struct Frame {
        Zone zone;
        int who = -1;
    };
    [[nodiscard]] Frame frame_of(std::size_t side, int assertion, int part) const;
    static Placed placed(const Frame&, time::Window days);
    // A point stands where its first value does.
    [[nodiscard]] Placed place_of(std::size_t side, int record, int field, int part) const;
    // How many days later the days of a value are in the zone of a point.
    [[nodiscard]] Between into_zone_of(int p, int assertion) const;
    // The point's day in another zone: the point itself, or one that lies beside it.
    int seen_from(const Placed& zone, int p, Constraints&);
    int make_point(std::size_t side, int record, int field, int part);
    int helper_point();
    // `from`: where what is said is said.
    std::pair<int, int> anchor(std::size_t side, const Anchor&, const Placed& from, Constraints&);
    // A relation, by the way of counting of the view, or by either.
    Constraint counted(int from, int p, Relation) const;
    Constraint working_days(int from, int p, Relation) const;
    void relative(std::size_t side, int p, const Expression&, const Placed& from, Constraints&);
    // False: in a form that isn't known here.
    bool value(std::size_t side, int p, int assertion, Constraints&);
    void add_slot(std::size_t side, int record, int field);
    void add_order(const Order&, const std::vector<PointName>&, std::size_t side, Constraints&);
    void add_orders();
    void add_always();
    int add(Statement);

    const Case& case_;
    bool doubled_;
    Counting counting_;
    std::vector<Holder> sides_;
    std::vector<std::string> names_;
    std::vector<bool> helpers_;
    std::vector<Placed> places_;
    struct MadeFor {
        std::size_t side = 0;
        int part = 0;
    };
    std::vector<MadeFor> made_for_;  // of a point that values date
    std::map<std::string, int> by_name_;
    std::vector<Statement> statements_;
    std::map<int, int> of_assertion_;
    std::map<int, int> of_order_;
    std::optional<Answer> values_stand_;
    std::vector<std::vector<std::vector<int>>> groups_;  // rival sources, each with its statements
};

}  // namespace antinomy::verify
