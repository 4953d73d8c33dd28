// Where a stated date stands: its zone, and its clock time.

#include "model/builder.hpp"
#include "model/zone.hpp"

namespace antinomy::model {

using text::Node;

namespace {

void clocks_of(const grammar::EdtfDate& date, std::vector<const grammar::ClockTime*>& out) {
    if (date.clock) out.push_back(&*date.clock);
}

// The clock times that a value has.
std::vector<const grammar::ClockTime*> clocks_of(const grammar::Edtf& edtf) {
    std::vector<const grammar::ClockTime*> out;
    if (const auto* date = std::get_if<grammar::EdtfDate>(&edtf)) {
        clocks_of(*date, out);
    } else if (const auto* interval = std::get_if<grammar::EdtfInterval>(&edtf)) {
        for (const auto* end : {&interval->start, &interval->end})
            if (end->kind == grammar::EdtfEnd::Kind::day) clocks_of(end->date, out);
    } else {
        for (const auto& item : std::get<grammar::EdtfSet>(edtf).items) {
            if (item.first) clocks_of(*item.first, out);
            if (item.last) clocks_of(*item.last, out);
        }
    }
    return out;
}

}  // namespace

std::uint32_t Builder::zone_index(time::Zone zone) {
    // The case's own is one with the zone of that name, whoever names it.
    for (std::uint32_t i = 0; i < case_.zones.size(); ++i)
        if (case_.zones[i].name == zone.name) return i;
    case_.zones.push_back(std::move(zone));
    return static_cast<std::uint32_t>(case_.zones.size() - 1);
}

time::Placed Builder::placed(const Place& place, time::Window days) const {
    time::Placed out;
    out.zone = &case_.zones[place.zone];
    out.assumed = place.assumed;
    out.second = place.second;
    out.offsets = place.second ? out.zone->at(days.first, *place.second) : out.zone->during(days);
    return out;
}

void Builder::read_zone_of_case(const Node& node) {
    const auto s = scalar(node, "a time zone");
    if (!s) return;
    case_.timezone = *s;
    auto zone = read_zone(*s);
    if (zone && zone->kind == time::Zone::Kind::unknown)
        error(node.span, "unknown-zone", "the case's own zone is not known",
              "leave `timezone` out; a date whose zone is not known has `zone: unknown`");
    else if (zone)
        case_.zones[0] = std::move(*zone);
    else
        error(node.span, "unknown-zone", "`" + *s + "` is no time zone of the system's database",
              near_zones(*s));
}

bool Builder::read_places(const Field& field, const Node* zone, Value& value) {
    const bool date = field.kind == FieldKind::day || field.kind == FieldKind::period;
    Place stated;
    if (zone != nullptr) {
        const auto s = scalar(*zone, "a time zone");
        if (!s) return false;
        if (!date) {
            error(zone->span, "wrong-type",
                  "`zone` is for dates, and `" + field.name + "` is " + describe(field),
                  "leave it out");
            return false;
        }
        if (!value.time) {
            error(zone->span, "wrong-type",
                  "`zone` is that of a day, and `" + field.name + "` has none yet",
                  "leave it out, or give the day on which it had not come: `as_of`");
            return false;
        }
        if (!value.absolute) {
            error(zone->span, "wrong-type",
                  "`" + value.written + "` is in the zone of what it is relative to",
                  "give the zone there, or write the date itself");
            return false;
        }
        auto read = read_zone(*s);
        if (!read) {
            error(zone->span, "unknown-zone",
                  "`" + *s + "` is no time zone of the system's database", near_zones(*s));
            return false;
        }
        stated.zone = zone_index(std::move(*read));
        stated.assumed = false;
    }
    if (!date || !value.absolute) return true;
    const auto& edtf = std::get<grammar::Edtf>(value.time->value);
    // One day with its own offset is in that zone. Several that differ are in no zone that has a
    // name; what they have in common with a stated one is not looked for.
    const auto own = [&](const std::vector<const grammar::ClockTime*>& clocks) {
        Place place = stated;
        std::optional<int> offset;
        bool differ = false;
        for (const auto* c : clocks) {
            if (!c->offset_minutes) continue;
            differ = differ || (offset && *offset != *c->offset_minutes);
            offset = c->offset_minutes;
        }
        if (!offset) return place;
        time::Zone made;
        made.kind = differ ? time::Zone::Kind::unknown : time::Zone::Kind::fixed;
        made.offset = *offset * 60;
        made.name = differ ? "unknown" : time::offset_name(made.offset);
        place.zone = zone_index(std::move(made));
        place.assumed = false;
        return place;
    };
    const auto single = [&](const grammar::EdtfDate& d, const time::StatedDay& day) {
        std::vector<const grammar::ClockTime*> clocks;
        clocks_of(d, clocks);
        auto place = own(clocks);
        if (d.clock && !d.approximate() && !day.days.empty() && day.days.hull().single())
            place.second = d.clock->hour * 3600 + d.clock->minute * 60 + d.clock->second;
        return place;
    };
    if (const auto* d = std::get_if<grammar::EdtfDate>(&edtf)) {
        value.place = single(*d, field.kind == FieldKind::day ? value.day : value.period.start);
        value.place_end = value.place;
        return true;
    }
    if (const auto* i = std::get_if<grammar::EdtfInterval>(&edtf);
        i != nullptr && field.kind == FieldKind::period) {
        if (i->start.kind == grammar::EdtfEnd::Kind::day)
            value.place = single(i->start.date, value.period.start);
        else
            value.place = stated;
        if (i->end.kind == grammar::EdtfEnd::Kind::day)
            value.place_end = single(i->end.date, value.period.end);
        else
            value.place_end = stated;
        return true;
    }
    const auto clocks = clocks_of(edtf);
    value.place = value.place_end = own(clocks);
    return true;
}

}  // namespace antinomy::model
