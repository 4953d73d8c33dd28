#pragma once
// One finding's certificate against one case. See verify.hpp.

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "verify/verify.hpp"
#include "verify/view.hpp"

namespace antinomy::verify {

using Json = nlohmann::json;

// A fault of a certificate: refused, or (`unchecked`) not to be told.
struct Fault {
    Verdict verdict = Verdict::refused;
    std::string why;
};

// Looks at findings of one case; keeps the views it has built.
class Examiner {
public:
    // `main`: the name of the case's main file in the findings, which places are relative to.
    Examiner(const Case&, std::string main, const std::vector<File>& rules);

    // Throws a Fault. What other findings it is made of is for the caller.
    void examine(const Json& finding);

private:
    struct Cited {
        int assertion = -1;
        const Json* fact = nullptr;
        bool is_date = false;
    };
    // Facts and requirements of a proof, by the index that `because` uses.
    struct Items {
        std::vector<Cited> facts;
        std::vector<const Json*> requirements;
    };
    struct Standing {
        Which which;
        std::vector<int> left_assertions;
        std::vector<int> left_orders;
    };

    [[nodiscard]] Place place_of(const Json&) const;
    Cited fact(const Json&) const;
    Items items(const Json& proof) const;
    Counting counting(const Json&) const;
    Standing standing(const Json&) const;
    View& view(const Which&);
    std::vector<bool> enabled(const View&, const Standing&, bool firm) const;
    // The statements of a view that an item stands for; nothing where it is a rule's.
    std::vector<int> statements_of(const View&, const Items&, std::size_t index) const;
    int point(const View&, const Json& name) const;
    Constraint supposed(const View&, const Json&, int depth = 0) const;

    void windows(const Json& finding, const Items&, const std::vector<Standing>&);
    void membership(const Json& finding, const Items&, const std::vector<Standing>&);
    void proofs(const Json& finding);
    // Does the proof hold there? Throws where it does not.
    void proof(const Json& proof, const Items&, const Standing&, bool firm);
    void steps(const View&, const Json& proof, const Items&, const std::vector<bool>& on,
               const Json& list, const Constraints& given, const Constraints& closing);
    void cases(const View&, const Json& proof, const Items&, const std::vector<bool>& on,
               const Constraints& closing);
    [[nodiscard]] std::vector<Which> every_way(int account, int other) const;
    void ways(const Json& finding, const std::vector<Standing>& proved);
    void one_way(const Json& finding, const Which&, const std::vector<Standing>& proved);
    [[nodiscard]] bool contradict(const View&, const Json& proof) const;
    void in_parts(const View&, const std::vector<const Standing*>& here) const;
    void witnesses(const Json& finding, const Items&);
    [[nodiscard]] Answer stands(const View&, const std::vector<bool>& on) const;
    void left_out(const Standing&, const std::vector<bool>& on);
    [[nodiscard]] bool other_way(const Json& finding, const Standing&) const;
    [[nodiscard]] bool of_another_view(const Json& finding, const Items&, const Cited&, const View&,
                                       const Json& dated);
    [[nodiscard]] bool zones_leave_open(const View&, const Json& witness) const;
    void witness(const Json& finding, const Json&, const Items&, const Standing&);
    void assumption(const Json& finding, const Json&, const Items&) const;
    [[nodiscard]] std::vector<int> accounts(const Json& finding) const;

    const Case& case_;
    std::string main_;
    const std::vector<File>& rules_;
    std::map<Which, std::unique_ptr<View>> views_;
};

}  // namespace antinomy::verify
