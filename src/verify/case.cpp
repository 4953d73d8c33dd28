#include "verify/case.hpp"

#include <algorithm>
#include <filesystem>

namespace antinomy::verify {

namespace fs = std::filesystem;

std::string word(State s) {
    switch (s) {
        case State::plain:
            return "";
        case State::unchallenged:
            return "unchallenged";
        case State::conceded:
            return "conceded";
        case State::withdrawn:
            return "withdrawn";
        case State::proposed:
            return "proposed";
    }
    return "";
}

int Case::account(const std::string& wanted) const {
    for (std::size_t i = 0; i < accounts.size(); ++i)
        if (accounts[i].id == wanted) return static_cast<int>(i);
    return kNobody;
}

std::vector<int> Case::adopted(int account) const {
    std::vector<int> out;
    std::vector<int> open;
    if (account >= 0) open.push_back(account);
    while (!open.empty()) {
        const int a = open.back();
        open.pop_back();
        if (std::find(out.begin(), out.end(), a) != out.end()) continue;
        out.push_back(a);
        const auto& next = accounts[static_cast<std::size_t>(a)].adopts;
        open.insert(open.end(), next.rbegin(), next.rend());
    }
    return out;
}

int Case::record(const std::string& path) const {
    const auto it = by_path.find(path);
    return it == by_path.end() ? -1 : it->second;
}

int Case::stands(const Place& place, const std::string& path) const {
    const auto it = assertion_at.find(place);
    if (it == assertion_at.end()) return -1;
    for (const int a : it->second)
        if (path_of(assertions[static_cast<std::size_t>(a)]) == path) return a;
    return it->second.front();
}

std::string Case::path_of(const Assertion& a) const {
    const auto& r = records[static_cast<std::size_t>(a.record)];
    return r.path + "." +
           vocabulary.types[static_cast<std::size_t>(r.type)]
               .fields[static_cast<std::size_t>(a.field)]
               .name;
}

std::optional<PointName> Case::point(const std::string& name, int context) const {
    std::vector<std::string> parts{""};
    for (const char c : name)
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    const auto type_of = [&](int r) -> const Type& {
        return vocabulary
            .types[static_cast<std::size_t>(records[static_cast<std::size_t>(r)].type)];
    };
    const auto in_field = [&](int r, std::size_t at) -> std::optional<PointName> {
        const auto& type = type_of(r);
        const int f = type.field(parts[at]);
        if (f < 0) return std::nullopt;
        const auto kind = type.fields[static_cast<std::size_t>(f)].kind;
        const auto more = parts.size() - at - 1;
        if (kind == Field::Kind::day && more == 0) return PointName{r, f, 0, f, 0};
        if (kind != Field::Kind::period || more > 1) return std::nullopt;
        if (more == 0) return PointName{r, f, 0, f, 1};
        if (parts[at + 1] == "start") return PointName{r, f, 0, f, 0};
        if (parts[at + 1] == "end") return PointName{r, f, 1, f, 1};
        return std::nullopt;
    };
    if (context >= 0) return in_field(context, 0);
    std::size_t at = 0;
    int r = -1;
    const int plural = parts.size() > 1 ? vocabulary.of_plural(parts[0]) : -1;
    if (plural >= 0) {
        r = record(parts[0] + "." + parts[1]);
        at = 1;
    } else {
        const auto it = by_id.find(parts[0]);
        if (it == by_id.end()) return std::nullopt;
        std::vector<int> fit;
        for (const int candidate : it->second) {
            const auto& type = type_of(candidate);
            if (parts.size() == 1 ? !type.first_moment.empty() : type.field(parts[1]) >= 0)
                fit.push_back(candidate);
        }
        if (fit.size() != 1) return std::nullopt;
        r = fit.front();
    }
    if (r < 0) return std::nullopt;
    if (at + 1 < parts.size()) return in_field(r, at + 1);
    const auto& type = type_of(r);
    const int first = type.field(type.first_moment);
    const int last = type.field(type.last_moment);
    if (first < 0 || last < 0) return std::nullopt;
    return PointName{
        r, first, 0, last,
        type.fields[static_cast<std::size_t>(last)].kind == Field::Kind::period ? 1 : 0};
}

bool Case::weak(const std::string& source) const {
    if (source.empty()) return false;
    const int r = record("sources." + source);
    if (r < 0) return false;
    const auto& rec = records[static_cast<std::size_t>(r)];
    const int f = vocabulary.types[static_cast<std::size_t>(rec.type)].field("reliability");
    if (f < 0) return false;
    for (const int a : rec.fields[static_cast<std::size_t>(f)])
        if (assertions[static_cast<std::size_t>(a)].written == "low") return true;
    return false;
}

bool Case::written_doubtful(const Assertion& a) {
    return (a.day && a.day->doubtful) ||
           (a.span && (a.span->start.doubtful || a.span->end.doubtful));
}

bool Case::doubtful(const Assertion& a) const {
    if (written_doubtful(a)) return true;
    return weak(a.said.source);
}

namespace {

constexpr std::size_t kFiles = 1000;
constexpr int kNested = 8;

class Reader {
public:
    explicit Reader(Case& c) : case_(c) {}

    void all(const std::vector<File>& rules) {
        packs(rules, {});
        follow(0);
        records();
    }

    void packs(const std::vector<File>& rules, const std::vector<std::string>& more) {
        for (const auto& pack : rules) case_.vocabulary.read(pack);
        if (!rules.empty()) forums_ = fs::path(rules.front().name).parent_path() / "forums";
        for (const auto& path : more) pack(path);
    }

    // `with_packs`: those that the case names are still to be read.
    void records(bool with_packs = true) {
        with_packs_ = with_packs;
        for (std::size_t i = 0; i < case_.files.size(); ++i) head(i);
        for (const auto& f : case_.files)
            if (f.root.IsMap()) accounts(f);
        for (const auto& [from, to] : adoptions_)
            if (const int a = case_.account(to); a >= 0)
                case_.accounts[static_cast<std::size_t>(from)].adopts.push_back(a);
        for (const auto& f : case_.files) {
            if (!f.root.IsMap()) continue;
            for (const auto& [key, value] : entries(f.root)) {
                const int type = case_.vocabulary.of_plural(key.Scalar());
                if (type < 0 || !value.IsMap()) continue;
                for (const auto& [name, node] : entries(value))
                    record(f, type, key.Scalar() + ".", -1, name, node, 0);
            }
        }
        // When all names are known.
        for (const auto& p : pending_) fill(p);
        for (const auto& f : case_.files)
            if (f.root.IsMap()) lines(f);
        for (std::size_t i = 0; i < case_.assertions.size(); ++i)
            case_.assertion_at[case_.assertions[i].place].push_back(static_cast<int>(i));
        for (std::size_t i = 0; i < case_.orders.size(); ++i)
            case_.order_at.emplace(case_.orders[i].place, static_cast<int>(i));
    }

private:
    struct Pending {
        const File* file;
        int record;
        YAML::Node node;
    };

    void follow(std::size_t index) {
        const auto base = fs::path(case_.files[index].name).parent_path();
        if (!case_.files[index].root.IsMap()) return;
        const auto list = case_.files[index].root["include"];
        if (!list || !list.IsSequence()) return;
        for (const auto& item : list) {
            if (!item.IsScalar()) continue;
            auto file = verify::read_file((base / item.Scalar()).lexically_normal().string());
            if (std::any_of(case_.files.begin(), case_.files.end(),
                            [&](const File& f) { return f.path == file.path; }))
                continue;
            if (case_.files.size() >= kFiles) {
                case_.problems.push_back("more than " + std::to_string(kFiles) + " files");
                return;
            }
            if (!file.error.empty()) case_.problems.push_back(file.name + " " + file.error);
            case_.files.push_back(std::move(file));
            follow(case_.files.size() - 1);
        }
    }

    // The pack of a forum that comes with the program; empty: there is none.
    std::string of_forum(const std::string& name) const {
        std::string lower;
        for (const char c : name) {
            const bool upper = c >= 'A' && c <= 'Z';
            if (!upper && c != '-' && (c < 'a' || c > 'z')) return {};
            lower += upper ? static_cast<char>(c - 'A' + 'a') : c;
        }
        const auto path = forums_ / (lower + ".yaml");
        std::error_code ec;
        return !lower.empty() && fs::is_regular_file(path, ec) ? path.string() : std::string();
    }

    // A pack, after those that it extends and says where they are.
    void pack(const std::string& path) {
        if (!packs_.insert(path).second) return;
        const auto file = read_file(path);
        if (!file.error.empty()) case_.problems.push_back(file.name + " " + file.error);
        const auto about = file.root.IsMap() ? file.root["pack"] : YAML::Node();
        if (about.IsDefined() && about.IsMap())
            if (const auto bases = about["extends"]; bases && bases.IsSequence())
                for (const auto& base : bases)
                    if (base.IsMap() && base["file"] && base["file"].IsScalar())
                        pack((fs::path(path).parent_path() / base["file"].Scalar())
                                 .lexically_normal()
                                 .string());
        case_.vocabulary.read(file);
    }

    void head(std::size_t index) {
        const auto& f = case_.files[index];
        if (index != 0 || !f.root.IsMap()) return;
        const auto block = f.root["case"];
        if (!block || !block.IsMap()) return;
        if (const auto id = block["id"]; id && id.IsScalar()) case_.id = id.Scalar();
        if (with_packs_) packs_of(f, block);
        if (const auto list = block["complete"]; list && list.IsSequence())
            for (const auto& item : list) case_.complete.insert(item.Scalar());
        conventions(block);
    }

    void packs_of(const File& f, const YAML::Node& block) {
        if (const auto forum = block["forum"]; forum && forum.IsSequence()) {
            for (const auto& item : forum)
                if (const auto path = of_forum(item.Scalar()); !path.empty()) pack(path);
        } else if (forum && forum.IsScalar()) {
            if (const auto path = of_forum(forum.Scalar()); !path.empty()) pack(path);
        }
        if (const auto packs = block["packs"]; packs && packs.IsSequence()) {
            const auto base = fs::path(f.name).parent_path();
            for (const auto& item : packs) {
                auto path = of_forum(item.Scalar());
                if (path.empty()) path = (base / item.Scalar()).lexically_normal().string();
                pack(path);
            }
        }
    }

    void conventions(const YAML::Node& block) {
        auto& policies = case_.vocabulary.policies;
        if (const auto own = block["policies"]; own && own.IsMap())
            for (const auto& [key, value] : entries(own))
                if (value.IsScalar()) {
                    policies[key.Scalar()] = std::atof(value.Scalar().c_str());
                    case_.vocabulary.ways[key.Scalar()] = value.Scalar();
                }
        const auto policy = [&](const char* name, double otherwise) {
            const auto it = policies.find(name);
            return it == policies.end() ? otherwise : it->second;
        };
        if (const auto name = block["working_days"]; name && name.IsScalar()) {
            const auto& all = case_.vocabulary.calendars;
            if (const auto it = all.find(name.Scalar()); it != all.end())
                case_.working_days = it->second;
        }
        if (const auto zone = block["timezone"]; zone && zone.IsScalar()) {
            if (const auto read = read_zone(zone.Scalar()))
                case_.zone = *read;
            else
                case_.problems.push_back("there is no time zone `" + zone.Scalar() + "`");
        }
        case_.conventions.slack = static_cast<int>(policy("approximate_slack", 30));
        case_.conventions.southern = policy("southern_seasons", 0) > 0;
        // Each of two words; any other leaves both ways open.
        const auto way = [&](const char* name, const char* first, const char* second) {
            const auto it = case_.vocabulary.ways.find(name);
            const auto word = it == case_.vocabulary.ways.end() ? std::string() : it->second;
            return word == first ? Way::first : word == second ? Way::second : Way::open;
        };
        case_.conventions.counting.month_end = way("month_end", "clamp", "overflow");
        case_.conventions.counting.leap_birthday = way("leap_birthday", "march_1", "february_28");
    }

    void accounts(const File& f) {
        const auto list = f.root["accounts"];
        if (!list || !list.IsMap()) return;
        for (const auto& [key, value] : entries(list)) {
            if (case_.account(key.Scalar()) >= 0) continue;
            const auto index = case_.accounts.size();
            case_.accounts.push_back({key.Scalar(), {}});
            if (!value.IsMap()) continue;
            const auto adopts = value["adopts"];
            if (adopts && adopts.IsSequence())
                for (const auto& a : adopts) adoptions_.emplace_back(index, a.Scalar());
            if (adopts && adopts.IsScalar()) adoptions_.emplace_back(index, adopts.Scalar());
        }
    }

    int record(const File& f, int type, const std::string& prefix, int parent,
               const YAML::Node& key, const YAML::Node& node, int depth) {
        const auto path = prefix + key.Scalar();
        if (case_.by_path.count(path) != 0 || depth > kNested) return -1;
        const auto& t = case_.vocabulary.types[static_cast<std::size_t>(type)];
        Record r;
        r.id = key.Scalar();
        r.path = path;
        r.type = type;
        r.parent = parent;
        r.fields.resize(t.fields.size());
        const int id = static_cast<int>(case_.records.size());
        case_.records.push_back(std::move(r));
        case_.by_path[path] = id;
        case_.by_id[key.Scalar()].push_back(id);
        pending_.push_back({&f, id, node});
        if (!node.IsMap()) return id;
        for (const auto& [name, value] : entries(node)) {
            const int field = t.field(name.Scalar());
            if (field < 0) continue;
            const auto& of = t.fields[static_cast<std::size_t>(field)];
            if (of.kind != Field::Kind::nested || !value.IsMap()) continue;
            const int target = case_.vocabulary.type(of.target);
            if (target < 0) continue;
            Assertion list;
            list.record = id;
            list.field = field;
            list.place = f.at(name.Mark());
            for (const auto& [child, content] : entries(value)) {
                if (record(f, target, path + "." + name.Scalar() + ".", id, child, content,
                           depth + 1) < 0)
                    continue;
                list.items.push_back(child.Scalar());
                list.written += (list.written.empty() ? "" : ", ") + child.Scalar();
            }
            nested_.push_back(std::move(list));
        }
        return id;
    }

    void said(const YAML::Node& node, Said& out, const Type* hidden_by = nullptr) const {
        for (const auto& [key, value] : entries(node)) {
            if (!value.IsScalar()) continue;
            const auto& k = key.Scalar();
            if (hidden_by != nullptr && hidden_by->field(k) >= 0) continue;
            const auto& v = value.Scalar();
            if (k == "by") out.by = case_.account(v);
            if (k == "source") out.source = id_of(v);
            if (k == "speaker") out.speaker = id_of(v);
            if (k == "quote") out.quote = v;
            if (k == "state")
                out.state = v == "unchallenged" ? State::unchallenged
                            : v == "conceded"   ? State::conceded
                            : v == "withdrawn"  ? State::withdrawn
                            : v == "proposed"   ? State::proposed
                                                : State::plain;
        }
    }

    // A reference may name a record by its path.
    static std::string id_of(const std::string& reference) {
        const auto dot = reference.rfind('.');
        return dot == std::string::npos ? reference : reference.substr(dot + 1);
    }

    void fill(const Pending& p) {
        if (!p.node.IsMap()) return;
        auto& r = case_.records[static_cast<std::size_t>(p.record)];
        const auto& type = case_.vocabulary.types[static_cast<std::size_t>(r.type)];
        said(p.node, r.said, &type);
        const auto whole = r.said;
        for (const auto& [key, value] : entries(p.node)) {
            const int field = type.field(key.Scalar());
            if (field < 0 ||
                type.fields[static_cast<std::size_t>(field)].kind == Field::Kind::nested)
                continue;
            const bool items = value.IsSequence() && value.size() > 0 && value[0].IsMap();
            if (items) {
                for (const auto& item : value)
                    if (item.IsMap()) assertion(*p.file, p.record, field, item, whole);
            } else if (value.IsMap()) {
                assertion(*p.file, p.record, field, value, whole);
            } else {
                auto one = whole;
                assert_value(*p.file, p.record, field, value, std::move(one));
            }
        }
        for (auto& list : nested_) {
            if (list.record != p.record) continue;
            list.said.by = whole.by;
            list.said.source = whole.source;
            push(list);
            list.record = -1;
        }
    }

    void assertion(const File& f, int record, int field, const YAML::Node& node,
                   const Said& whole) {
        const auto value = node["value"];
        const auto pending = node["pending"];
        if (!value && !pending) return;
        auto one = whole;
        one.quote.clear();
        if (node["by"]) one.state = State::plain;
        said(node, one);
        if (pending)
            assert_pending(f, record, field, pending, std::move(one), node);
        else
            assert_value(f, record, field, value, std::move(one), node);
    }

    static Assertion begun(const File& f, int record, int field, const YAML::Node& node, Said one) {
        Assertion a;
        a.record = record;
        a.field = field;
        a.said = std::move(one);
        a.place = f.at(node.Mark());
        return a;
    }
    [[nodiscard]] Field::Kind kind_of(int record, int field) const {
        const auto type = case_.records[static_cast<std::size_t>(record)].type;
        return case_.vocabulary.types[static_cast<std::size_t>(type)]
            .fields[static_cast<std::size_t>(field)]
            .kind;
    }

    // A date that has not come: any day after that of `as_of`, if that is said.
    void assert_pending(const File& f, int record, int field, const YAML::Node& node, Said one,
                        const YAML::Node& beside) {
        auto a = begun(f, record, field, node, std::move(one));
        const auto kind = kind_of(record, field);
        const auto written = "pending (" + node.Scalar() + ")";
        a.written = word_of(beside, "as_of");
        if (a.written.empty()) {
            // Of no day is it said that it is not the one.
            Stated any;
            any.days = time::DaySet::all();
            if (kind == Field::Kind::day)
                a.day = any;
            else
                a.span = StatedSpan{any, any};
            a.written = written;
            push(a);
            return;
        }
        const auto as_of = a.written;
        date(Field::Kind::day, a, beside);
        if (a.day) {
            a.day->days =
                time::DaySet(time::Window{plus(a.day->days.hull().first, 1), time::Window{}.last});
            a.start.second.reset();
            a.end.second.reset();
            if (kind == Field::Kind::period) {
                a.span = StatedSpan{*a.day, *a.day};
                a.end = a.start;
                a.day.reset();
            }
        } else {
            a.relative = read_expression("after " + as_of, case_.conventions);
        }
        a.written = written + ", not yet on " + (a.relative ? as_of : a.written);
        push(a);
    }

    // `beside`: the mapping that the value stands in, where it stands in one.
    void assert_value(const File& f, int record, int field, const YAML::Node& node, Said one,
                      const YAML::Node& beside = {}) {
        auto a = begun(f, record, field, node, std::move(one));
        if (node.IsScalar()) {
            a.written = node.Scalar();
            a.items = {a.written};
            date(kind_of(record, field), a, beside);
        } else if (node.IsSequence()) {
            for (const auto& item : node) {
                if (!item.IsScalar()) continue;
                a.items.push_back(item.Scalar());
                a.written += (a.written.empty() ? "" : ", ") + item.Scalar();
            }
        }
        push(a);
    }

    static std::string word_of(const YAML::Node& beside, const char* key) {
        if (!beside.IsDefined() || !beside.IsMap()) return "";
        const auto value = beside[key];
        return value && value.IsScalar() ? value.Scalar() : "";
    }

    void date(Field::Kind kind, Assertion& a, const YAML::Node& beside) const {
        std::optional<Zone> zone;
        if (const auto name = word_of(beside, "zone"); !name.empty()) {
            zone = read_zone(name);
            if (!zone) return;  // a zone that isn't known here
        }
        const bool julian = word_of(beside, "calendar") == "julian";
        const auto calendar = julian ? time::Calendar::julian : time::Calendar::gregorian;
        if (kind == Field::Kind::day) {
            a.day = read_day(a.written, case_.conventions, calendar);
            if (!a.day && !julian) a.relative = read_expression(a.written, case_.conventions);
            // Without a calendar nothing is known of working days.
            if (a.relative && counts_working_days(*a.relative) && !case_.working_days)
                a.relative.reset();
        } else if (kind == Field::Kind::period) {
            a.span = read_span(a.written, case_.conventions, calendar);
        }
        if (a.day) a.start = a.end = standing(*a.day, zone);
        if (a.span) {
            a.start = standing(a.span->start, zone);
            a.end = standing(a.span->end, zone);
        }
        if (!julian || (!a.day && !a.span)) return;
        // Findings show both: as it is written, and the days it is reckoned by.
        const auto first = a.day ? a.day->days.hull().first : a.span->start.days.hull().first;
        const auto last = a.day ? a.day->days.hull().last : a.span->end.days.hull().last;
        a.written += " (Julian; Gregorian " + time::to_string(time::Window{first, last}) + ")";
    }

    // Which ways of counting does it ask for?
    void asks(const Anchor& a) {
        if (a.nested) asks(*a.nested);
    }
    void asks(const Expression& e) {
        asks(e.anchor);
        asks(e.last);
        if (e.form != Expression::Form::relation) return;
        case_.asks_months = case_.asks_months ||
                            (e.relation.kind == Relation::Kind::months && e.relation.count != 0);
        case_.asks_birthdays = case_.asks_birthdays || e.relation.kind == Relation::Kind::aged;
    }

    // A clock time with an offset of its own is in that zone; of several that differ none has a
    // name.
    static Assertion::Standing standing(const Stated& day, const std::optional<Zone>& zone) {
        Assertion::Standing out{zone, day.second};
        if (day.offsets.empty()) return out;
        out.zone = zone_of_offset(day.offsets.front());
        for (const int other : day.offsets)
            if (other != day.offsets.front()) out.zone = read_zone("unknown");
        return out;
    }

    void push(const Assertion& a) {
        if (a.relative) asks(*a.relative);
        case_.records[static_cast<std::size_t>(a.record)]
            .fields[static_cast<std::size_t>(a.field)]
            .push_back(static_cast<int>(case_.assertions.size()));
        case_.assertions.push_back(a);
    }

    void lines(const File& f) {
        if (const auto list = f.root["order"]; list && list.IsSequence()) {
            for (const auto& item : list) {
                OrderLine line;
                auto text = item;
                if (item.IsMap()) {
                    said(item, line.said);
                    text.reset(item["value"]);
                }
                if (!text || !text.IsScalar()) continue;
                line.text = text.Scalar();
                line.order = read_order(line.text);
                line.place = f.at(text.Mark());
                case_.orders.push_back(std::move(line));
            }
        }
        if (const auto list = f.root["identity"]; list && list.IsSequence()) {
            for (const auto& item : list) {
                if (!item.IsMap()) continue;
                Identity i;
                bool named = false;
                for (const auto& [key, value] : entries(item)) {
                    const int type = case_.vocabulary.of_plural(key.Scalar());
                    if (type < 0 || !value.IsSequence() || value.size() != 2) continue;
                    i.a = find_in(type, value[0].Scalar());
                    i.b = find_in(type, value[1].Scalar());
                    named = i.a >= 0 && i.b >= 0;
                }
                if (!named) continue;
                said(item, i.said);
                const auto value = item["value"];
                const auto answer = value && value.IsScalar() ? value.Scalar() : "unknown";
                i.answer = answer == "yes"  ? Identity::Answer::yes
                           : answer == "no" ? Identity::Answer::no
                                            : Identity::Answer::unknown;
                case_.identities.push_back(std::move(i));
            }
        }
    }

    int find_in(int type, const std::string& name) const {
        if (const int whole = case_.record(name); whole >= 0) return whole;
        const auto it = case_.by_id.find(id_of(name));
        if (it == case_.by_id.end()) return -1;
        for (const int r : it->second)
            if (case_.records[static_cast<std::size_t>(r)].type == type) return r;
        return -1;
    }

    Case& case_;
    std::vector<std::pair<std::size_t, std::string>> adoptions_;
    fs::path forums_;  // the folder of packs of forums
    bool with_packs_ = true;
    std::set<std::string> packs_;  // read already, beside those of the folder of rules
    std::vector<Pending> pending_;
    std::vector<Assertion> nested_;
};

}  // namespace

Case read_case(File main, const std::vector<File>& rules) {
    Case c;
    if (!main.error.empty()) c.problems.push_back(main.name + " " + main.error);
    c.files.push_back(std::move(main));
    Reader(c).all(rules);
    return c;
}

Vocabulary read_packs(const std::vector<File>& rules, const std::vector<std::string>& packs,
                      std::vector<std::string>& problems) {
    Case c;
    Reader(c).packs(rules, packs);
    problems.insert(problems.end(), c.problems.begin(), c.problems.end());
    return std::move(c.vocabulary);
}

Case read_made(File made, const Vocabulary& vocabulary) {
    Case c;
    c.vocabulary = vocabulary;
    if (!made.error.empty()) c.problems.push_back(made.name + " " + made.error);
    c.files.push_back(std::move(made));
    Reader(c).records(false);
    return c;
}

}  // namespace antinomy::verify
