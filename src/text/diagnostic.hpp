#pragma once
// What a user can cause goes here as a value: a place, a stable code, the reason, the way out.
// Every stage adds to one `Diagnostics`; the command prints them all. A run with an error in it
// exits 2.

#include <string>
#include <utility>
#include <vector>

#include "text/source.hpp"

namespace antinomy::text {

enum class Level { error, warning, note };

struct Related {
    Span span;
    std::string label;
};

struct Diagnostic {
    Level level = Level::error;
    std::string code;     // kebab-case, stable: "duplicate-key"
    Span span;            // may be invalid: then `where` names what it is about (a path, an option)
    std::string where;    // display name if there is no span
    std::string message;  // the fact; lower case, no full stop
    std::string help;     // the way out; may be empty only for notes
    std::vector<Related> related;
};

class Diagnostics {
public:
    Diagnostic& add(Diagnostic d) {
        items_.push_back(std::move(d));
        return items_.back();
    }
    Diagnostic& error(Span span, std::string code, std::string message, std::string help) {
        return add(
            {Level::error, std::move(code), span, {}, std::move(message), std::move(help), {}});
    }
    Diagnostic& warning(Span span, std::string code, std::string message, std::string help) {
        return add(
            {Level::warning, std::move(code), span, {}, std::move(message), std::move(help), {}});
    }
    // For a stage that knows a better place than the one below it.
    void replace_last(Diagnostic d) { items_.back() = std::move(d); }
    [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }
    [[nodiscard]] bool has_errors() const {
        for (const auto& d : items_)
            if (d.level == Level::error) return true;
        return false;
    }
    [[nodiscard]] std::size_t error_count() const {
        std::size_t n = 0;
        for (const auto& d : items_) n += d.level == Level::error ? 1 : 0;
        return n;
    }

private:
    std::vector<Diagnostic> items_;
};

}  // namespace antinomy::text
