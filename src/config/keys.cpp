#include "config/keys.hpp"

namespace antinomy::config {

using text::Keys;

const Keys& file_keys() {
    static const Keys keys{
        {"paths", "what `check` reads where it is given no path; relative to this file"},
        {"packs", "rule packs beside those that are always there; relative to this file"},
        {"rules", "which rules run"},
        {"severities", "how much the findings of a rule weigh, by rule"},
        {"per_path", "severities of the cases in some files"},
        {"policies", "numbers and ways of counting, for cases that have none of their own"},
        {"fail_on", "exit 1 for certain findings of this severity or worse"},
        {"fail_on_possible", "yes: possible findings count for the exit code too"},
        {"max_findings", "tell so many findings and count the others; 0: all"},
        {"baseline",
         "the file of findings that are known (`antinomy baseline`); relative to this file"},
        {"formats",
         "what a report is written in: NAME, or NAME=FILE with the file relative to this one"},
        {"lang", "the language of the texts of rules, where they have it: ru"},
        {"redact", "yes: reports without names, texts, quotes and file names"}};
    return keys;
}

const Keys& rules_keys() {
    static const Keys keys{{"only", "these rules run, and the mandatory ones; no others"},
                           {"off", "these rules do not run"}};
    return keys;
}

const Keys& per_path_keys() {
    static const Keys keys{
        {"paths",
         "files, relative to this one: * stands for what holds no /, ** for any folders, a name "
         "without / for files and folders anywhere below"},
        {"severities", "how much the findings of a rule weigh there, by rule"}};
    return keys;
}

const Keys& severities() {
    static const Keys words{{"error", "it counts for the exit code"},
                            {"warning", "worth a look before anything rests on it"},
                            {"review", "for a reader to judge"},
                            {"info", "to be known"},
                            {"off", "the rule does not run"}};
    return words;
}

const Keys& thresholds() {
    static const Keys words{{"error", "errors"},
                            {"warning", "warnings and errors"},
                            {"review", "what is to be reviewed, and worse"},
                            {"info", "all findings"},
                            {"never", "none: exit 1 is not used"}};
    return words;
}

const Keys& truths() {
    static const Keys words{{"yes", "on"}, {"no", "off"}};
    return words;
}

}  // namespace antinomy::config
