#include "verify/vocabulary.hpp"

#include <cstdlib>

namespace antinomy::verify {

int Type::field(const std::string& wanted) const {
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].name == wanted) return static_cast<int>(i);
    return -1;
}

int Vocabulary::type(const std::string& name) const {
    for (std::size_t i = 0; i < types.size(); ++i)
        if (types[i].name == name) return static_cast<int>(i);
    return -1;
}

int Vocabulary::of_plural(const std::string& plural) const {
    for (std::size_t i = 0; i < types.size(); ++i)
        if (!plural.empty() && types[i].plural == plural) return static_cast<int>(i);
    return -1;
}

namespace {

Field read_field(const std::string& name, const YAML::Node& node) {
    Field f;
    f.name = name;
    std::string type;
    if (node.IsScalar()) {
        type = node.Scalar();
    } else if (node.IsMap()) {
        for (const auto& [key, value] : entries(node)) {
            const auto& k = key.Scalar();
            if (k == "type" || k == "list") type = value.IsScalar() ? value.Scalar() : "";
            if (k == "nested") {
                f.kind = Field::Kind::nested;
                f.target = value.Scalar();
            }
            if (k == "else") f.otherwise = value.Scalar();
            if (k == "lasts")
                for (const auto& word : value) f.lasts.push_back(word.Scalar());
        }
        if (f.kind == Field::Kind::nested) return f;
    }
    if (type == "date") {
        f.kind = Field::Kind::day;
    } else if (type == "period") {
        f.kind = Field::Kind::period;
    } else {
        f.target = type;  // whether it names a type is known when all are read
    }
    return f;
}

}  // namespace

void Vocabulary::read(const File& pack) {
    if (!pack.root.IsMap()) return;
    if (const auto list = pack.root["policies"]; list && list.IsMap()) {
        for (const auto& [key, value] : entries(list)) {
            const auto number = value.IsScalar() ? value : value.IsMap() ? value["value"] : value;
            if (!number || !number.IsScalar()) continue;
            policies[key.Scalar()] = std::atof(number.Scalar().c_str());
            ways[key.Scalar()] = number.Scalar();
        }
    }
    if (const auto list = pack.root["calendars"]; list && list.IsMap())
        for (const auto& [key, value] : entries(list))
            calendars.emplace(key.Scalar(), WorkingDays::read(value));
    const auto vocabulary = pack.root["vocabulary"];
    if (!vocabulary || !vocabulary.IsMap()) return;
    for (const auto& [key, node] : entries(vocabulary)) {
        if (!node.IsMap() || type(key.Scalar()) >= 0) continue;
        Type t;
        t.name = key.Scalar();
        for (const auto& [part, value] : entries(node)) {
            const auto& k = part.Scalar();
            if (k == "plural") {
                t.plural = value.Scalar();
            } else if (k == "moment") {
                t.first_moment = value.IsSequence() ? value[0].Scalar() : value.Scalar();
                t.last_moment =
                    value.IsSequence() ? value[value.size() - 1].Scalar() : value.Scalar();
            } else if (k == "fields") {
                for (const auto& [name, field] : entries(value))
                    t.fields.push_back(read_field(name.Scalar(), field));
            } else if (k == "always") {
                for (const auto& line : value) {
                    AlwaysLine a;
                    a.text = line.Scalar();
                    a.place = pack.at(line.Mark());
                    if (auto order = read_order(a.text))
                        a.order = std::move(*order);
                    else
                        a.known = false;
                    t.always.push_back(std::move(a));
                }
            }
        }
        types.push_back(std::move(t));
    }
    for (auto& t : types)
        for (auto& f : t.fields)
            if (f.kind == Field::Kind::other && type(f.target) >= 0)
                f.kind = Field::Kind::reference;
}

}  // namespace antinomy::verify
