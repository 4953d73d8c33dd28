#include "check/screen_slots.hpp"

#include <map>
#include <utility>

namespace antinomy::check {

namespace {

class Numbers {
public:
    explicit Numbers(ScreenProgram& p) : p_(p), to_(p.types.size()), done_(p.dates.size()) {}

    void run(std::vector<Screen::Shape>& shapes) {
        for (auto& r : p_.rules) {
            for (auto& b : r.bindings) node(b.source);
            for (auto& part : r.where) node(part.first);
            if (r.unbound) {
                auto unbound = *r.unbound;
                for (auto& part : unbound) node(part);
                r.unbound = std::make_shared<const std::vector<ScreenNode>>(std::move(unbound));
            }
            node(r.require);
            exceptions(r.unless);
        }
        for (std::size_t s = 0; s < shapes.size(); ++s) {
            auto& of = p_.stated[s];
            for (auto& slot : of.periods) slot = place(shapes[s].type, slot);
            for (const auto& line : of.lines)
                for (const auto d : line.dates) date(d);
        }
        for (std::size_t t = 0; t < p_.types.size(); ++t) {
            std::map<std::size_t, std::uint32_t> slots;
            for (const auto& [field, slot] : p_.types[t].slots)
                if (const auto it = to_[t].find(slot); it != to_[t].end())
                    slots.emplace(field, it->second);
            p_.types[t].slots = std::move(slots);
            p_.types[t].periods.clear();
            p_.types[t].lines.clear();
        }
        for (auto& s : shapes) {
            const auto& to = to_[s.type.value];
            std::vector<Screen::Shape::Value> values(to.size());
            for (const auto& [before, now] : to) values[now] = std::move(s.values[before]);
            s.values = std::move(values);
        }
    }

private:
    std::uint32_t place(model::TypeId type, std::uint32_t slot) {
        if (slot == Sketch::kNone) return slot;
        auto& to = to_[type.value];
        return to.try_emplace(slot, static_cast<std::uint32_t>(to.size())).first->second;
    }
    void date(std::size_t index) {
        if (done_[index]) return;
        done_[index] = true;
        auto& d = p_.dates[index];
        d.slot = place(d.type, d.slot);
        d.other_slot = place(d.type, d.other_slot);
        for (auto& [slot, words] : d.lasts) {
            static_cast<void>(words);
            slot = place(d.type, slot);
        }
    }
    void node(ScreenNode& n) {
        for (auto& c : n.children) node(c);
        for (auto& step : n.steps) step.slot = place(step.from, step.slot);
        if (n.slot != Sketch::kNone) n.slot = place(n.owner, n.slot);
        if (n.first >= 0) date(static_cast<std::size_t>(n.first));
        if (n.last >= 0) date(static_cast<std::size_t>(n.last));
    }
    void exceptions(std::vector<ScreenException>& all) {
        for (auto& x : all) {
            node(x.when);
            exceptions(x.unless);
        }
    }

    ScreenProgram& p_;
    std::vector<std::map<std::uint32_t, std::uint32_t>> to_;  // by type
    std::vector<bool> done_;                                  // by date
};

}  // namespace

void number_slots(ScreenProgram& program, std::vector<Screen::Shape>& shapes) {
    Numbers(program).run(shapes);
}

}  // namespace antinomy::check
