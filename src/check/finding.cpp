#include "check/finding.hpp"

namespace antinomy::check {

std::string_view word(Severity s) {
    switch (s) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::review:
            return "review";
        case Severity::info:
            return "info";
    }
    return "error";
}

std::string_view word(Verdict v) {
    return v == Verdict::certain ? "certain" : "possible";
}

std::string_view word(Relation r) {
    return r == Relation::each ? "each" : "between";
}

std::string_view word(Contrary::Then t) {
    switch (t) {
        case Contrary::Then::gone:
            return "gone";
        case Contrary::Then::cannot_tell:
            return "cannot tell";
        case Contrary::Then::possible:
            return "possible";
    }
    return "gone";
}

}  // namespace antinomy::check
