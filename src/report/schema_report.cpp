// The report of `check --format json` (json.cpp), key by key. A line here for each line there.

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "check/finding.hpp"
#include "report/schema.hpp"
#include "report/schema_parts.hpp"

namespace antinomy::report {

namespace schema {
namespace {

Json string() {
    return {{"type", "string"}};
}
Json maybe_string() {
    return {{"type", {"string", "null"}}};
}
Json boolean() {
    return {{"type", "boolean"}};
}
Json only(bool value) {
    return {{"const", value}};
}
Json count() {
    return {{"type", "integer"}, {"minimum", 0}};
}
Json integer() {
    return {{"type", "integer"}};
}
Json strings() {
    return list(string());
}
// A day: "2014-11-01"; years of more than four digits, and before 0, as EDTF writes them.
Json day() {
    return {{"type", "string"}, {"pattern", "^(-?[0-9]{4}|Y-?[0-9]{5,})-[0-9]{2}-[0-9]{2}$"}};
}
Json maybe_day() {
    Json out = day();
    out["type"] = {"string", "null"};
    return out;
}
Json windows() {
    return list(pair_of(maybe_day()));
}
Json either(const std::vector<std::string>& all) {
    return {{"enum", all}};
}
Json either_or_null(const std::vector<std::string>& all) {
    Json out = either(all);
    out["enum"].push_back(nullptr);
    return out;
}
Json verdict() {
    return either({"certain", "possible"});
}
Json severity() {
    return either({"error", "warning", "review", "info"});
}
// A mapping of which nothing is known but what its values are.
Json map_of(Json values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

struct Key {
    const char* name;
    Json value;
    const char* about = "";
    bool always = true;
};
constexpr bool kSometimes = false;

Json object(const std::vector<Key>& keys) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const Key& k : keys) {
        properties[k.name] = *k.about == '\0' ? k.value : described(k.value, k.about);
        if (k.always) required.push_back(k.name);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}, {"required", required}};
}

std::vector<Key> start() {
    Json number{{"type", {"integer", "null"}}, {"minimum", 1}};
    return {{"file", maybe_string()},
            {"line", number, "from 1; null: no place"},
            {"column", number, "in code points, from 1"}};
}
std::vector<Key> end() {
    Json number{{"type", {"integer", "null"}}, {"minimum", 1}};
    return {{"end_line", number}, {"end_column", number, "one past the end"}};
}
std::vector<Key> operator+(std::vector<Key> a, const std::vector<Key>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

Json place() {
    return object(
        start() + end() +
        std::vector<Key>{{"label", string()}, {"account", maybe_string(), "whose statement"}});
}

Json given() {
    return list(object({{"path", string()}, {"account", string()}}));
}

Json fact() {
    return object(
        std::vector<Key>{
            {"path", string()},
            {"value", string(), "as written"},
            {"first", maybe_day(), "of a date: the first day it can be; null: no bound"},
            {"last", maybe_day()},
            {"exact", only(false), "whether fewer days are left was too much work", kSometimes},
            {"zone", string(), "of a date whose zone is stated", kSometimes},
            {"account", maybe_string(), "whose word; null: nobody's in particular"},
            {"state", either_or_null({"unchallenged", "conceded", "proposed"})},
            {"source", maybe_string()},
            {"speaker", maybe_string()},
            {"quote", maybe_string()},
            {"doubtful", boolean()}} +
        start());
}

Json supposed() {
    const Json parts = list(reference("supposed"));
    return any_of({object({{"from", string()},
                           {"to", string()},
                           {"min_days", integer(), "to - from is at least so many days"}}),
                   object({{"all", parts}}), object({{"any", parts}})});
}

Json standing() {
    return object(
        {{"account", maybe_string()},
         {"other", string(), "of two sides: the second", kSometimes},
         {"every_source", only(true), "all statements beside one another", kSometimes},
         {"doubled", only(true), "two sides that share no point", kSometimes},
         {"identities",
          list(object({{"line", count()}, {"records", pair_of(string())}, {"same", boolean()}})),
          "how open identities were answered", kSometimes},
         {"counted", map_of(string()), "by which word of each convention", kSometimes},
         {"without", list(object(std::vector<Key>{{"path", string()}} + start())),
          "statements left out", kSometimes}});
}

Json step() {
    return object({{"from", string(), "a point; \"1970-01-01\": the origin of the calendar"},
                   {"to", string()},
                   {"min_days", integer(), "to - from is at least so many days"},
                   {"because", list(count()), "indices into `facts`, then `requirements`"}});
}

Json witness() {
    return object({{"violates", boolean(), "on which side of the rule this dating falls"},
                   {"dates", map_of(maybe_day())},
                   {"all", map_of(maybe_day()), "all points that hang together with those"},
                   {"assumes", list(object({{"kind", string()}, {"what", string()}}))},
                   {"holds", list(reference("standing"))}});
}

Json proof() {
    const Json steps = list(reference("step"));
    return object(
        {{"kind", string(), "how far it goes"},
         {"holds", list(reference("standing")), "where it was found", kSometimes},
         {"supposed", reference("supposed"), "what the rule asks of the dates", kSometimes},
         {"takes", count(), "this fact is taken to be the right one of rival values", kSometimes},
         {"facts", list(reference("fact")), "dates that carry the arithmetic"},
         {"premises", list(reference("fact")), "what else was read"},
         {"requirements",
          list(object(std::vector<Key>{{"rule", string(), "a rule's id, or \"order\", \"always\""},
                                       {"text", string()}} +
                      start() +
                      std::vector<Key>{{"says", reference("supposed"), "", kSometimes}}))},
         {"steps", steps},
         {"cases",
          list(object({{"assume", string()},
                       {"path", list(object({{"split", count()}, {"way", count()}}))},
                       {"steps", steps}})),
          "where branches were needed", kSometimes},
         {"splits",
          list(object({{"because", list(count())}, {"ways", list(reference("supposed"))}})), "",
          kSometimes},
         {"witnesses", list(reference("witness")), "datings that show a possible finding",
          kSometimes},
         {"text", strings(), "the proof in sentences"}});
}

Json finding() {
    return object(
        {{"rule", string()},
         {"title", string()},
         {"case", string()},
         {"severity", severity()},
         {"verdict", verdict()},
         {"condition", maybe_string(), "certain if this requirement holds"},
         {"relation", either({"each", "between"})},
         {"accounts", strings(), "in whose view it holds; none: no account-bound statement"},
         {"given", given(), "whose unchallenged word it rests on"},
         {"about", string(), "charge, proceeding, exhibit, source"},
         {"reaches", string(), "exhibit, element, charge, record"},
         {"at", string(), "path of the record it is about"},
         {"message", string()},
         {"help", maybe_string()},
         {"burden", maybe_string()},
         {"bindings", map_of(string())},
         {"places", list(reference("place")), "the primary one first"},
         {"blocks",
          list(object({{"account", string()},
                       {"rule", string()},
                       {"message", string()},
                       {"verdict", verdict()},
                       {"given", given()},
                       {"places", list(reference("place"))}})),
          "of a finding that folds others: one an account", kSometimes},
         {"proof", reference("proof")},
         {"more_proofs", list(reference("proof")), "where the first does not hold", kSometimes},
         {"made_of",
          list(object({{"rule", string()},
                       {"at", string()},
                       {"account", maybe_string()},
                       {"verdict", verdict()}})),
          "findings of other rules", kSometimes},
         {"timeline", list(object({{"label", string()},
                                   {"windows", windows()},
                                   {"point", boolean(), "false: it lasts from the first window on"},
                                   {"inferred", boolean()},
                                   {"ends", windows(), "", kSometimes}}))},
         {"turning",
          list(object({{"path", string()},
                       {"stated", maybe_string()},
                       {"certain", windows()},
                       {"possible", windows()},
                       {"fine", windows(), "no conflict, of this rule"},
                       {"impossible", windows()}})),
          "days of one date on which the verdict turns"},
         {"turns_on",
          list(object({{"on", string()},
                       {"text", string()},
                       {"readings", map_of(string()), "", kSometimes}})),
          "conventions that nobody chose", kSometimes},
         {"turning_note", string(), "", kSometimes},
         {"basis", list(object({{"cite", string()},
                                {"note", string(), "", kSometimes},
                                {"unverified", only(true), "", kSometimes}}))},
         {"sources_note", strings()},
         {"exceptions", list(object({{"when", string()},
                                     {"because", string()},
                                     {"state", either({"absent", "false", "unknown"})},
                                     {"switch", maybe_string(), "what to assert"},
                                     {"said_by", list(maybe_string()),
                                      "accounts that assert it, none of them the finding's; null: "
                                      "nobody in particular",
                                      kSometimes}}))},
         {"contrary",
          list(object(
              {{"values",
                list(object({{"path", string()},
                             {"value", string()},
                             {"instead_of", maybe_string(), "what the finding rests on"},
                             {"said", list(object(std::vector<Key>{{"account", maybe_string()},
                                                                   {"speaker", maybe_string()},
                                                                   {"source", maybe_string()}} +
                                                  start()))}}))},
               {"then", either({"gone", "cannot tell", "possible"}),
                "what becomes of the finding with these values in place of its own"}})),
          "values that the file has and on which it would not stand as it does", kSometimes},
         {"resolve",
          list(object(
              {{"changes",
                list(object({{"kind", either({"exception", "withdraw", "move", "flip"})},
                             {"path", string()},
                             {"to", maybe_string()},
                             {"possible_on", maybe_day(),
                              "a nearer day, on which it would only be possible", kSometimes}}))},
               {"blocked_by", strings(), "findings that it would make certain"},
               {"blocked_on", string(),
                "of a date that may be moved to several days: the one on which it would",
                kSometimes},
               {"text", string()}}))},
         {"group", string()},
         {"fingerprint", Json{{"type", "string"}, {"pattern", "^([0-9a-f]{16})?$"}}},
         {"reason", string(), "of a suppressed finding", kSometimes},
         {"suppressed",
          object(std::vector<Key>{{"by", maybe_string(), "whose decision"},
                                  {"until", maybe_day(), "the last day that it holds"}} +
                 start()),
          "of a suppressed finding: the entry", kSometimes},
         {"baseline", either({"old", "stronger", "new"}),
          "with a baseline: listed; listed as possible, and now certain; not listed", kSometimes}});
}

std::vector<Key> problem() {
    return start() + end() +
           std::vector<Key>{
               {"code", string()},
               {"message", string()},
               {"help", maybe_string()},
               {"related", list(object(start() + std::vector<Key>{{"label", string()}})), "",
                kSometimes}};
}

Json summary() {
    const Json counts = object({{"certain", count()}, {"possible", count()}});
    return object(
        {{"cases", count()},
         {"findings",
          object({{"error", counts}, {"warning", counts}, {"review", counts}, {"info", counts}})},
         {"gaps", count()},
         {"suppressed", count()},
         {"undecided", count()},
         {"variants_left_out", count()},
         {"rules", count()},
         {"off", strings(), "rules that a pack has turned off"},
         {"not_applicable", strings(), "rules that applied to nothing"},
         {"baseline",
          object({{"old", count()}, {"stronger", count()}, {"new", count()}, {"gone", count()}}),
          "with a baseline", kSometimes}});
}

// Json_run in provenance.cpp.
Json run() {
    const std::vector<Key> bytes{
        {"bytes", count()}, {"sha256", Json{{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}}}};
    Json line{{"type", {"integer", "null"}}, {"minimum", 1}};
    return object(
        {{"antinomy_version", string()},
         {"date", maybe_day(), "of the run, where it was said"},
         {"tzdata", maybe_string()},
         {"revision",
          object(
              {{"repository", maybe_string()}, {"commit", string()}, {"branch", maybe_string()}}),
          "of the project that the files are of", kSometimes},
         {"choices", object({{"accounts", strings()},
                             {"sources", strings()},
                             {"rules", strings()},
                             {"variants", boolean()},
                             {"fail_on", string()},
                             {"fail_on_possible", boolean()}})},
         {"inputs", list(object(std::vector<Key>{{"file", string()}} + bytes))},
         {"packs", list(object(std::vector<Key>{{"id", string()},
                                                {"title", maybe_string()},
                                                {"version", maybe_string()},
                                                {"verified_on", maybe_string()},
                                                {"shipped", boolean()},
                                                {"file", string()}} +
                               bytes))},
         {"rules", list(object({{"id", string()},
                                {"title", maybe_string()},
                                {"pack", string()},
                                {"severity", severity()},
                                {"mandatory", boolean()},
                                {"off", boolean()},
                                {"applied", boolean()},
                                {"findings", count()}}))},
         {"cases", list(object({{"id", string()},
                                {"files", strings()},
                                {"packs", strings()},
                                {"policies", map_of(object({{"value", string()},
                                                            {"from", string()},
                                                            {"pack", maybe_string()},
                                                            {"file", maybe_string()},
                                                            {"line", line}}))}}))}});
}

}  // namespace
}  // namespace schema

void print_report_schema(std::ostream& out) {
    using namespace schema;
    auto s = head("A report of Antinomy, as `check --format json` prints it");
    s.update(object(
        {{"format", Json{{"const", 1}}},
         {"complete", boolean(), "false: something could not be read, or stayed undecided"},
         {"about", string()},
         {"findings", list(reference("finding"))},
         {"suppressed", list(reference("finding"))},
         {"gone",
          list(object({{"rule", string()},
                       {"case", string()},
                       {"at", string()},
                       {"verdict", either({"certain", "possible"})},
                       {"message", string()},
                       {"fingerprint", string()}})),
          "with a baseline: listed there, and not found", kSometimes},
         {"gaps",
          list(object({{"rule", string()},
                       {"case", string()},
                       {"at", string()},
                       {"field", string()},
                       {"accounts", strings()},
                       {"burden", maybe_string()},
                       {"pending", maybe_string(), "what a date waits for that has not come"}})),
          "facts that rules ask for and the files do not hold"},
         {"inferred",
          list(object({{"case", string()},
                       {"path", string()},
                       {"account", maybe_string()},
                       {"stated", maybe_string()},
                       {"days", windows()},
                       {"from", strings()}})),
          "dates that follow from the statements"},
         {"undecided",
          list(object(
              {{"rule", string()}, {"case", string()}, {"at", string()}, {"why", string()}}))},
         {"cases", list(object({{"id", string()},
                                {"title", maybe_string()},
                                {"file", string()},
                                {"notes", strings()}}))},
         {"errors", list(object(problem()))},
         {"warnings",
          list(object(problem() + std::vector<Key>{{"level", either({"warning", "note"})}}))},
         {"summary", summary()},
         {"run", run(), "what the run was: who has the same can have the same report again"}}));
    s["$defs"] = {{"finding", finding()}, {"proof", proof()},       {"place", place()},
                  {"fact", fact()},       {"supposed", supposed()}, {"standing", standing()},
                  {"step", step()},       {"witness", witness()}};
    print(out, s);
}

}  // namespace antinomy::report
