#include "rule/defines.hpp"

#include <algorithm>
#include <functional>

#include "rule/keys.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {

using text::Node;

void DefineReader::read(const Node& root) {
    const auto* node = root.find("define");
    if (node == nullptr) return;
    if (!node->is_mapping())
        return wrong(*node, "defines by name", "write `define: {name: {given: {...}, is: ...}}`");
    for (const auto& [key, value] : node->entries) {
        Define d;
        d.name = key.text;
        d.span = key.span;
        if (!value.is_mapping()) {
            wrong(value, "{given: ..., is: ...}", "write `given:` and `is:`");
            continue;
        }
        bool good = true;
        if (!is_name(d.name)) {
            error(key.span, "bad-name", "`" + d.name + "` is no name of a define", kLanguageName);
            good = false;
        } else if (is_function(d.name)) {
            error(key.span, "name-taken", "`" + d.name + "` is a function of the language",
                  "give the define another name");
            good = false;
        }
        const auto before = diagnostics_.error_count();
        for (const auto& [k, v] : value.entries) {
            if (k.text == "given") {
                if (!v.is_mapping()) {
                    wrong(v, "parameters by name", "write `given: {e: event}`");
                    good = false;
                }
                for (const auto& [name, type] : v.entries) {
                    if (!is_name(name.text)) {
                        error(name.span, "bad-name",
                              "`" + name.text + "` is no name of a parameter", kLanguageName);
                        good = false;
                    } else if (vocabulary_.find(name.text).valid()) {
                        error(name.span, "name-taken", "`" + name.text + "` is the name of a type",
                              "give the parameter another name");
                        good = false;
                    }
                    if (!type.is_scalar()) {
                        wrong(type, "the name of a type", "write `given: {e: event}`");
                        good = false;
                        continue;
                    }
                    if (!vocabulary_.find(type.text).valid() && type.text != "date") {
                        auto known = vocabulary_.names();
                        known.emplace_back("date");
                        error(type.span, "unknown-type", "no type `" + type.text + "`",
                              text::did_you_mean(type.text, known));
                        good = false;
                    }
                    d.parameters.emplace_back(name.text, type.text);
                }
            } else if (k.text == "is") {
                d.is = parse(v);
                d.is_node = &v;
                good = good && d.is.has_value();
            } else if (k.text == "cases") {
                if (!v.is_sequence() || v.items.empty()) {
                    wrong(v, "a list of {when, is}", "write `cases: [{when: ..., is: ...}]`");
                    good = false;
                    continue;
                }
                for (const auto& item : v.items) {
                    const auto* when = item.find("when");
                    const auto* is = item.find("is");
                    const auto known = diagnostics_.error_count();
                    if (!item.is_mapping()) {
                        wrong(item, "{when: ..., is: ...}", "write `{when: ..., is: ...}`");
                        good = false;
                        continue;
                    }
                    for (const auto& [ck, cv] : item.entries)
                        if (ck.text != "when" && ck.text != "is")
                            unknown(ck, "a case of a define", text::names_of(define_case_keys()));
                    if (diagnostics_.error_count() != known) {
                        good = false;
                        continue;
                    }
                    if (when == nullptr || is == nullptr) {
                        error(item.span, "missing-key", "a case of a define has `when` and `is`",
                              "add the one that is missing");
                        good = false;
                        continue;
                    }
                    auto w = parse(*when);
                    auto i = parse(*is);
                    if (w && i) {
                        d.cases.emplace_back(std::move(*w), std::move(*i));
                        d.case_nodes.emplace_back(when, is);
                    } else {
                        good = false;
                    }
                }
            } else {
                unknown(k, "a define", text::names_of(define_keys()));
            }
        }
        if (diagnostics_.error_count() != before) good = false;
        if (good && !d.is && d.cases.empty()) {
            error(key.span, "missing-key", "define `" + d.name + "` says nothing",
                  "add `is:` or `cases:`");
            good = false;
        }
        if (good && d.is && !d.cases.empty()) {
            error(key.span, "misplaced-key", "define `" + d.name + "` has `is` and `cases`",
                  "keep one");
            good = false;
        }
        d.good = good;
        if (const auto it = defines_.find(d.name); it != defines_.end()) {
            auto& e =
                error(key.span, "defined-twice", "`" + d.name + "` is defined twice", "rename one");
            e.related.push_back({it->second.span, "first defined here"});
            continue;
        }
        defines_.emplace(d.name, std::move(d));
    }
}

void DefineReader::check() {
    for (auto& [name, define] : defines_) check(define);
}

void DefineReader::check(Define& define) {
    if (checked_.count(define.name) != 0) return;
    const auto in = std::find(calling_.begin(), calling_.end(), &define);
    if (in != calling_.end()) {
        std::string circle;
        for (auto it = in; it != calling_.end(); ++it) {
            circle += "`" + (*it)->name + "` calls ";
            (*it)->good = false;
        }
        error(define.span, "define-circle",
              "defines call one another in a circle: " + circle + "`" + define.name + "`",
              "write one of them without the others");
        return;
    }
    if (calling_.size() > kDefineDepth) {
        define.good = false;
        error(define.span, "define-circle",
              "defines are nested deeper than " + std::to_string(kDefineDepth),
              "call fewer inside one another");
        return;
    }
    calling_.push_back(&define);
    const std::function<void(const grammar::Expr&)> walk = [&](const grammar::Expr& e) {
        if (e.kind == grammar::ExprKind::call)
            if (const auto it = defines_.find(e.text); it != defines_.end()) check(it->second);
        for (const auto& child : e.children) walk(child);
    };
    if (define.is) walk(*define.is);
    for (const auto& [when, is] : define.cases) {
        walk(when);
        walk(is);
    }
    calling_.pop_back();
    if (define.good) {
        Scope scope;
        scope.owner = "define `" + define.name + "`";
        scope.all = &all_;
        scope.parses = parses_;
        scope.vocabulary = &vocabulary_;
        scope.defines = &defines_;
        scope.policies = &policies_;
        scope.terms = &terms_;
        define.good = compile_define(define, scope, diagnostics_);
    }
    checked_.insert(define.name);
}

}  // namespace antinomy::rule
