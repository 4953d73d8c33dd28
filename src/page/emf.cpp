#include "page/emf.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace antinomy::page {

namespace {

using Color = std::uint32_t;  // 0xRRGGBB

constexpr Color kText = 0x1c1b19;
constexpr Color kDim = 0x4a4843;
constexpr Color kLine = 0x8a877f;
constexpr Color kHair = 0xd9d6cd;
constexpr Color kBand = 0xf0eee8;
constexpr Color kBack = 0xffffff;
constexpr Color kCertain = 0x8f1d14;
constexpr Color kPossible = 0x6f4300;
constexpr Color kHues[]{0x3b3a36, 0x0b4a8f, 0x8a3b00, 0x6a2c8c, 0x0d5f4a};

// A color mixed with white: what is drawn here lies on nothing but the paper.
Color pale(Color c) {
    const auto mix = [](Color part) { return part + (255 - part) * 86 / 100; };
    return mix(c >> 16u & 0xffu) << 16u | mix(c >> 8u & 0xffu) << 8u | mix(c & 0xffu);
}

constexpr double kUnits = 10;  // of the device in a pixel of the scene: 960 to an inch
constexpr std::uint32_t kStock = 0x80000000;
constexpr std::uint32_t kNoPen = kStock + 8;
constexpr std::uint32_t kNoBrush = kStock + 5;
constexpr std::uint32_t kHandle = 1;  // of what is selected at the moment

class Writer {
public:
    Writer(double width, double height) : width_(width), height_(height) {
        record(18, {1});   // no ground behind text
        record(19, {2});   // polygons are filled whole
        record(22, {24});  // text stands on its base line
    }

    void pen(Color c, double width) { object(38, {0, unit(width), 0, reversed(c)}, pen_); }
    void no_pen() { record(37, {kNoPen}); }
    void brush(Color c) { object(39, {0, reversed(c), 0}, brush_); }
    void hatch(Color c) { object(39, {2, reversed(c), 3}, brush_); }
    void no_brush() { record(37, {kNoBrush}); }

    void line(double x1, double y1, double x2, double y2) {
        record(27, {unit(x1), unit(y1)});
        record(54, {unit(x2), unit(y2)});
    }
    void dashed(double x1, double y1, double x2, double y2, double on, double off) {
        const double length = std::hypot(x2 - x1, y2 - y1);
        for (double at = 0; at < length; at += on + off) {
            const double end = std::min(at + on, length);
            line(x1 + (x2 - x1) * at / length, y1 + (y2 - y1) * at / length,
                 x1 + (x2 - x1) * end / length, y1 + (y2 - y1) * end / length);
        }
    }
    void rect(double left, double top, double right, double bottom) {
        record(43, {unit(left), unit(top), unit(right), unit(bottom)});
    }
    void circle(double x, double y, double r) {
        record(42, {unit(x - r), unit(y - r), unit(x + r), unit(y + r)});
    }
    void polygon(const std::vector<std::pair<double, double>>& points) {
        std::vector<std::uint32_t> words{0, 0, unit(width_), unit(height_),
                                         static_cast<std::uint32_t>(points.size())};
        for (const auto& [x, y] : points) {
            words.push_back(unit(x));
            words.push_back(unit(y));
        }
        record(3, words);
    }

    enum class Side { left, right, middle };
    void text(double x, double y, const std::string& said, double size, Color c, bool bold = false,
              Side side = Side::left) {
        font(size, bold);
        record(24, {reversed(c)});
        record(22, {24u + (side == Side::right ? 2u : side == Side::middle ? 6u : 0u)});
        const auto letters = utf16(said);
        std::vector<std::uint32_t> words{0,
                                         0,
                                         unit(width_),
                                         unit(height_),
                                         2,
                                         0,
                                         0,
                                         unit(x),
                                         unit(y),
                                         static_cast<std::uint32_t>(letters.size()),
                                         76,
                                         0,
                                         0,
                                         0,
                                         0,
                                         0,
                                         0};
        for (std::size_t i = 0; i < letters.size(); i += 2)
            words.push_back(letters[i] | (i + 1 < letters.size() ? letters[i + 1] : 0u) << 16u);
        record(84, words);
    }

    std::string whole() {
        record(14, {0, 16, 20});
        std::string out;
        const auto hundredths = [](double pixels) {
            return static_cast<std::uint32_t>(std::lround(pixels * 2540 / 96));
        };
        const auto size = static_cast<std::uint32_t>(body_.size() + kHeader);
        for (const std::uint32_t word : {std::uint32_t{1},
                                         std::uint32_t{kHeader},
                                         0u,
                                         0u,
                                         unit(width_),
                                         unit(height_),
                                         0u,
                                         0u,
                                         hundredths(width_),
                                         hundredths(height_),
                                         0x464d4520u,
                                         0x10000u,
                                         size,
                                         records_ + 1,
                                         4u,
                                         0u,
                                         0u,
                                         0u,
                                         9600u,
                                         9600u,
                                         254u,
                                         254u})
            put(out, word);
        return out + body_;
    }

private:
    static constexpr std::size_t kHeader = 88;

    static std::uint32_t unit(double pixels) {
        return static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(pixels * kUnits)));
    }
    static std::uint32_t reversed(Color c) {
        return (c & 0xffu) << 16u | (c & 0xff00u) | (c >> 16u & 0xffu);
    }
    static void put(std::string& out, std::uint32_t n) {
        for (unsigned i = 0; i < 4; ++i) out += static_cast<char>(n >> (8 * i) & 0xffu);
    }
    void record(std::uint32_t type, const std::vector<std::uint32_t>& words) {
        put(body_, type);
        put(body_, static_cast<std::uint32_t>(8 + 4 * words.size()));
        for (const auto w : words) put(body_, w);
        ++records_;
    }
    // One handle a kind: what was made before goes when another is selected.
    void object(std::uint32_t type, std::vector<std::uint32_t> words, bool& made) {
        const auto handle = kHandle + (type == 38 ? 0u : type == 39 ? 1u : 2u);
        if (made) {
            record(37, {type == 38 ? kNoPen : type == 39 ? kNoBrush : kStock + 13});
            record(40, {handle});
        }
        made = true;
        words.insert(words.begin(), handle);
        record(type, words);
        record(37, {handle});
    }
    void font(double size, bool bold) {
        if (size == size_ && bold == bold_) return;
        size_ = size;
        bold_ = bold;
        std::vector<std::uint32_t> words(80, 0);
        words[0] = unit(-size);
        words[4] = bold ? 700 : 400;
        words[5] = 1u << 24u;  // any set of characters
        const std::string_view face = "Arial";
        for (std::size_t i = 0; i < face.size(); ++i)
            words[7 + i / 2] |= static_cast<std::uint32_t>(face[i]) << (i % 2 == 0 ? 0u : 16u);
        object(82, words, font_);
    }

    // Of well-formed UTF-8.
    static std::vector<std::uint32_t> utf16(const std::string& said) {
        std::vector<std::uint32_t> out;
        for (std::size_t i = 0; i < said.size();) {
            const auto first = static_cast<unsigned char>(said[i]);
            const std::size_t more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
            std::uint32_t c = more == 0 ? first : first & (0x3fu >> more);
            for (std::size_t k = 1; k <= more && i + k < said.size(); ++k)
                c = c << 6u | (static_cast<unsigned char>(said[i + k]) & 0x3fu);
            i += more + 1;
            if (c >= 0x10000) {
                out.push_back(0xd800 + (c - 0x10000) / 0x400);
                c = 0xdc00 + (c - 0x10000) % 0x400;
            }
            out.push_back(c);
        }
        return out;
    }

    double width_;
    double height_;
    std::string body_;
    std::uint32_t records_ = 0;
    bool pen_ = false;
    bool brush_ = false;
    bool font_ = false;
    double size_ = 0;
    bool bold_ = false;
};

class Drawing {
public:
    Drawing(const Plan& plan, const Scene& s, const Scene* legend_of)
        : plan_(plan), s_(s), legend_of_(legend_of) {}

    Metafile run() {
        const auto samples = legend_of_ == nullptr ? std::vector<Sample>{} : legend();
        const double height =
            s_.height +
            (samples.empty() ? 4 : 16 + 22 * std::ceil(static_cast<double>(samples.size()) / 2));
        Writer w(s_.width, height);
        w_ = &w;
        axis();
        for (std::size_t i = 0; i < s_.rows.size(); ++i) row(i);
        for (const auto& c : s_.cuts) cut(c);
        for (const auto& l : s_.lanes) lane(l);
        names();
        for (const auto& j : s_.joins) join(j);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double x = 8 + (i % 2 == 0 ? 0 : s_.width / 2);
            const double y = s_.height + 22 + 22 * static_cast<double>(i / 2);
            samples[i].first(x, y);
            w.text(x + 56, y + 4, samples[i].second, 12, kText);
        }
        return {w.whole(), s_.width, height};
    }

private:
    using Sample = std::pair<std::function<void(double, double)>, std::string>;

    void axis() {
        w_->pen(kHair, 1);
        for (const auto& t : s_.ticks)
            if (t.line) w_->line(t.x, s_.head - 8, t.x, s_.height - 4);
        w_->pen(kLine, 1);
        w_->line(s_.left, s_.head - 3, s_.right, s_.head - 3);
    }

    void piece(const Piece& p, double y, Color hue, bool doubtful) {
        switch (p.kind) {
            case Piece::Kind::day:
                w_->pen(hue, p.inferred || doubtful ? 1.5 : 2);
                p.inferred ? w_->hatch(hue) : doubtful ? w_->brush(pale(hue)) : w_->brush(hue);
                w_->circle(p.left, y, 5.5);
                return;
            case Piece::Kind::bar:
                w_->no_pen();
                w_->brush(hue);
                w_->rect(p.left, y - 3.5, p.right - (p.open_right ? 8 : 0), y + 3.5);
                if (p.open_right)
                    w_->polygon({{p.right - 9, y - 7}, {p.right, y}, {p.right - 9, y + 7}});
                return;
            case Piece::Kind::window:
                break;
        }
        const double left = p.left + (p.open_left ? 8 : 0);
        const double right = p.right - (p.open_right ? 8 : 0);
        w_->pen(hue, doubtful ? 0.8 : 1.5);
        p.inferred ? w_->hatch(hue) : w_->brush(pale(hue));
        w_->rect(left, y - 5, right, y + 5);
        w_->pen(hue, 2.5);
        for (const auto& [x, tip, open] :
             {std::tuple{left, p.left, p.open_left}, std::tuple{right, p.right, p.open_right}})
            if (open) {
                w_->line(x, y - 6, tip, y);
                w_->line(tip, y, x, y + 6);
            } else {
                w_->line(x, y - 8, x, y + 8);
            }
    }

    [[nodiscard]] Color hue(std::size_t lane) const {
        return kHues[std::clamp(plan_.lanes[lane].hue, 0, 4)];
    }

    void row(std::size_t i) {
        const auto& r = s_.rows[i];
        if (i > 0 && s_.rows[i - 1].lane == r.lane) {
            w_->pen(kHair, 1);
            w_->line(10, r.top, s_.width, r.top);
        }
        const bool doubtful = plan_.lanes[r.lane].rows[r.planned].doubtful;
        for (const bool bars : {true, false})
            for (const auto& p : r.pieces)
                if ((p.kind == Piece::Kind::bar) == bars) piece(p, r.middle, hue(r.lane), doubtful);
    }

    void sign_of_cut(double x, double bottom) {
        w_->pen(kText, 1.5);
        for (const double at : {x - 3, x + 3}) w_->line(at - 3, bottom, at + 3, bottom - 14);
    }
    void cut(const Cut& c) {
        ground(c.left + 3, s_.head - 3, c.right - 3, s_.height - 4);
        w_->pen(kLine, 1);
        for (const double x : {c.left + 3, c.right - 3})
            w_->dashed(x, s_.head - 3, x, s_.height - 4, 2, 3);
        sign_of_cut((c.left + c.right) / 2, s_.head - 7);
    }

    void ground(double left, double top, double right, double bottom) {
        w_->no_pen();
        w_->brush(kBack);
        w_->rect(left, top, right, bottom);
    }
    void on_ground(const Line& l, Color c) {
        const double left = l.end ? l.x - l.width : l.x;
        ground(left - 3, l.y - 11, left + l.width + 3, l.y + 4);
        w_->text(l.x, l.y, l.text, 12, c, false, l.end ? Writer::Side::right : Writer::Side::left);
    }

    void lane(const Lane& l) {
        w_->no_pen();
        w_->brush(kBand);
        w_->rect(0, l.top, s_.width, l.top + 24);
        w_->brush(hue(l.planned));
        w_->rect(0, l.top, 4, l.top + l.height - 4);
        w_->text(l.name.x + 6, l.name.y, l.name.text, 14, kText, true);
        if (l.note) on_ground(*l.note, kDim);
    }

    void names() {
        for (const auto& t : s_.ticks)
            if (!t.label.text.empty()) w_->text(t.label.x, t.label.y, t.label.text, 12, kDim);
        if (!s_.joins.empty())
            w_->text(s_.width - 4, 33, s_.joins.size() > 2 ? "findings" : "see", 12, kDim, false,
                     Writer::Side::right);
        for (const auto& r : s_.rows) {
            for (const auto& l : r.name) w_->text(l.x, l.y, l.text, 13, kText);
            for (const auto& l : r.whose) w_->text(l.x, l.y, l.text, 12, kDim);
            if (r.days) on_ground(*r.days, kText);
            for (const double x : r.ors) {
                ground(x - 10, r.middle - 7, x + 10, r.middle + 8);
                w_->text(x, r.middle + 4, "or", 12, kText, false, Writer::Side::middle);
            }
        }
    }

    void badge(double x, double y, double radius, bool certain, const std::string& number) {
        w_->pen(certain ? kCertain : kPossible, 2);
        w_->brush(certain ? kCertain : kBack);
        w_->circle(x, y, radius);
        if (!number.empty())
            w_->text(x, y + 4.5, number, 12, certain ? kBack : kText, true, Writer::Side::middle);
    }
    void join(const Join& j) {
        if (j.rows.empty() && !(j.from_above && j.goes_on)) return;
        const auto& planned = plan_.joins[j.planned];
        const auto middle = [&](std::size_t r) { return s_.rows[r].middle; };
        w_->pen(kLine, 1);
        for (const auto r : j.rows) w_->dashed(s_.right, middle(r), j.x, middle(r), 1, 3);
        w_->pen(planned.certain ? kCertain : kPossible, 2.5);
        const double top = j.from_above ? s_.head : middle(j.rows.front());
        const double bottom = j.goes_on ? s_.height : middle(j.rows.back());
        planned.certain ? w_->line(j.x, top, j.x, bottom) : w_->dashed(j.x, top, j.x, bottom, 5, 4);
        for (const auto r : j.rows)
            if (r != j.rows.front()) badge(j.x, middle(r), 5, planned.certain, "");
        const double y = j.rows.empty() ? (top + bottom) / 2 : middle(j.rows.front());
        badge(j.x, y, 12, planned.certain, std::to_string(planned.number));
    }

    // The marks that the picture has, each with its words.
    std::vector<Sample> legend() {
        std::vector<Sample> out;
        const auto any = [&](const auto& is) {
            return std::any_of(legend_of_->rows.begin(), legend_of_->rows.end(), [&](const Row& r) {
                return std::any_of(r.pieces.begin(), r.pieces.end(), is);
            });
        };
        using Kind = Piece::Kind;
        const auto add = [&](bool there, Piece p, const char* words) {
            if (there)
                out.emplace_back(
                    [this, p](double x, double y) {
                        auto here = p;
                        here.left += x;
                        here.right += x;
                        piece(here, y, kHues[0], false);
                    },
                    words);
        };
        add(any([](const Piece& p) { return p.kind == Kind::day && !p.inferred; }),
            {Kind::day, 24, 24, false, false, false}, "a day, as stated");
        add(any([](const Piece& p) { return p.kind == Kind::window && !p.inferred; }),
            {Kind::window, 5, 43, false, false, false}, "one unknown day within, as stated");
        add(any([](const Piece& p) { return p.inferred; }),
            {Kind::window, 5, 43, true, false, false}, "inferred: follows from other statements");
        add(any([](const Piece& p) {
                return p.kind == Kind::window && (p.open_left || p.open_right);
            }),
            {Kind::window, 5, 43, false, false, true}, "no bound on that side");
        add(any([](const Piece& p) { return p.kind == Kind::bar; }),
            {Kind::bar, 5, 43, false, false, true}, "lasts, or is in force");
        if (!legend_of_->cuts.empty())
            out.emplace_back([this](double x, double y) { sign_of_cut(x + 24, y + 7); },
                             "the axis leaves out days");
        for (const bool certain : {true, false})
            if (std::any_of(legend_of_->joins.begin(), legend_of_->joins.end(), [&](const Join& j) {
                    return plan_.joins[j.planned].certain == certain;
                }))
                out.emplace_back(
                    [this, certain](double x, double y) {
                        badge(x + 24, y, 9, certain, certain ? "1" : "2");
                    },
                    certain ? "a finding that is certain, by its number"
                            : "one that is possible, on some of the days left");
        return out;
    }

    const Plan& plan_;
    const Scene& s_;
    const Scene* legend_of_;
    Writer* w_ = nullptr;
};

}  // namespace

Metafile metafile(const Plan& plan, const Scene& scene, const Scene* legend_of) {
    return Drawing(plan, scene, legend_of).run();
}

}  // namespace antinomy::page
