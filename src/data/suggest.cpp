#include "data/suggest.hpp"

#include <algorithm>
#include <variant>

#include "data/convert.hpp"
#include "data/documents.hpp"
#include "data/draft_text.hpp"
#include "data/json.hpp"
#include "data/lines.hpp"
#include "data/path.hpp"
#include "data/stream.hpp"
#include "data/table.hpp"
#include "text/fast.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::join;
using text::Node;

namespace {

constexpr std::size_t kHead = 4u << 20;  // bytes that the form is told by
constexpr std::size_t kFlaws = 3;        // that are told one by one

std::string stem_of(const std::string& path) {
    if (path == "-") return "data";
    const auto slash = path.find_last_of('/');
    const auto name = slash == std::string::npos ? path : path.substr(slash + 1);
    return name.substr(0, name.find('.', 1));
}

class Suggesting {
public:
    Suggesting(const SuggestWish& wish, text::Diagnostics& diagnostics)
        : wish_(wish), diagnostics_(diagnostics), stream_(wish.path) {}

    std::optional<Suggestion> run() {
        if (!read_head()) return std::nullopt;
        read_records();
        if (stream_.problem()) diagnostics_.add(*stream_.problem());
        if (root_.met == 0) {
            nothing();
            return std::nullopt;
        }
        return draft();
    }

private:
    bool read_head() {
        std::string head;
        std::size_t size = 0;
        head.resize(1u << 18);
        while (size < kHead) {
            if (head.size() == size) head.resize(2 * size);
            const auto got = stream_.read(head.data() + size, head.size() - size);
            if (got == 0) break;
            size += got;
        }
        head.resize(size);
        const bool whole = size < kHead;
        // What stands before a damage is read; of a file that cannot be opened there is nothing.
        if (size == 0 && stream_.problem()) {
            diagnostics_.add(*stream_.problem());
            return false;
        }
        if (head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF") {
            refuse("not-utf8", "the file is UTF-16, and data are read as UTF-8",
                   "convert it: iconv -f UTF-16 -t UTF-8");
            return false;
        }
        if (head.find_first_not_of(" \t\r\n") == std::string::npos) {
            refuse("no-records", "the file is empty", "give a file with records");
            return false;
        }
        form_ = form_of(head, whole, wish_.path);
        stream_.give_back(std::move(head));
        return true;
    }

    void refuse(std::string code, std::string message, std::string help) {
        diagnostics_.add({text::Level::error,
                          std::move(code),
                          {},
                          wish_.path,
                          std::move(message),
                          std::move(help),
                          {}});
    }

    [[nodiscard]] bool enough() const { return wish_.sample != 0 && read_ >= wish_.sample; }

    void read_records() {
        if (form_.reads == "jsonl") {
            Lines reader(stream_);
            each(reader, [&](const Raw& raw, std::optional<Flaw>& flaw) {
                return json_.read(raw.bytes, {}, flaw);
            });
        } else if (form_.reads == "json") {
            JsonElements reader(stream_, form_.records);
            each(reader, [&](const Raw& raw, std::optional<Flaw>& flaw) {
                return json_.read(raw.bytes, {}, flaw);
            });
        } else if (form_.reads == "yaml") {
            read_yaml();
        } else {
            Rows reader(stream_, form_.table);
            each(reader, [&](const Raw& raw, std::optional<Flaw>& flaw) {
                if (columns_.empty()) columns_ = reader.columns();
                return read_row(raw.bytes, {}, form_.table, columns_, flaw);
            });
            if (columns_.empty()) columns_ = reader.columns();
        }
    }

    template <typename Reader, typename Read>
    void each(Reader& reader, Read read) {
        Raw raw;
        for (;;) {
            if (enough()) {
                whole_ = !reader.next(raw);
                return;
            }
            if (!reader.next(raw)) return;
            auto flaw = raw.flaw;
            auto tree = flaw ? std::nullopt : read(raw, flaw);
            if (tree)
                record(*tree, raw);
            else if (flaw)
                broken(raw, *flaw);
        }
    }

    void read_yaml() {
        Documents reader(stream_);
        Raw raw;
        std::optional<Node> only;  // the first document, as long as there is no other
        std::uint64_t documents = 0;
        while (!enough()) {
            if (!reader.next(raw)) break;
            ++documents;
            if (only) {
                record(*only, raw);
                only.reset();
            }
            auto flaw = raw.flaw;
            std::optional<Node> tree;
            if (!flaw) tree = parse(raw, flaw);
            if (!tree) {
                broken(raw, *flaw);
                continue;
            }
            if (documents == 1)
                only = std::move(tree);
            else
                record(*tree, raw);
        }
        whole_ = !enough() || !reader.next(raw);
        if (!only) return;
        // One document: a list of records may be in it.
        choose_list(form_, lists_in(*only));
        if (form_.records.empty()) {
            record(*only, raw);
            return;
        }
        const auto* at = &*only;
        for (const auto& key : form_.records) at = at->find(key);
        for (const auto& item : at->items) {
            if (enough()) {
                whole_ = false;
                return;
            }
            record(item, raw);
        }
    }

    std::optional<Node> parse(const Raw& raw, std::optional<Flaw>& flaw) {
        text::SourceMap sources;
        const auto file = sources.add_part(wish_.path, raw.bytes, raw.begin);
        text::Diagnostics problems;
        auto tree = yaml_.read(sources, file, problems);
        if (!tree && !problems.items().empty()) {
            const auto& d = problems.items().front();
            flaw = Flaw{d.code, d.message, d.help, d.span.begin};
        }
        return tree;
    }

    void record(const Node& tree, const Raw& raw) {
        if (!tree.is_mapping()) {
            broken(raw, {"wrong-type", join("a record is a mapping, found ", text::kind_word(tree)),
                         "", 0});
            return;
        }
        ++read_;
        if (!first_) first_ = tree;
        root_.add(tree);
    }

    void broken(const Raw& raw, const Flaw& flaw) {
        ++read_;
        if (++broken_ > kFlaws) return;
        auto at = raw.begin;
        pass_over(at, std::string_view(raw.bytes).substr(0, flaw.at));
        flaws_.push_back(
            join("line ", std::to_string(at.line), ": error[", flaw.code, "] ", flaw.message));
        if (broken_ == 1) {
            code_ = flaw.code;
            message_ = join("line ", std::to_string(at.line), ": ", flaw.message);
            help_ = flaw.help;
        }
    }

    void nothing() {
        if (broken_ > 0)
            refuse(code_, join("no record could be read; ", message_),
                   help_.empty() ? std::string("see whether this is data: JSON, JSON Lines, CSV, "
                                               "TSV or YAML")
                                 : help_);
        else if (!diagnostics_.has_errors())
            refuse("no-records", "the file has no records",
                   form_.reads == "csv" || form_.reads == "tsv"
                       ? "there is a header and no row below it"
                       : "give a file with records");
    }

    // Columns that a path cannot tell apart.
    void columns_twice(Draft& draft) {
        for (auto& l : draft.records.front().lines) {
            if (std::count(columns_.begin(), columns_.end(), l.shape->key) < 2) continue;
            l.name.clear();
            l.why = join("there are several columns ", shown(l.shape->key),
                         ": rename all but one of them");
            l.reckoned = {};
            l.reckoned.doubts.push_back(l.why);
            if (draft.case_id == l.path) draft.case_id.clear();
            if (draft.case_title == l.path) draft.case_title.clear();
        }
        auto& title = draft.records.front().title;
        const auto& lines = draft.records.front().lines;
        if (std::none_of(lines.begin(), lines.end(),
                         [&](const DraftLine& l) { return l.name == title; }))
            title.clear();
    }

    Suggestion draft() {
        Suggestion out;
        DraftHead head;
        const auto stem = stem_of(wish_.path);
        head.id = wish_.id.empty() ? name_from(cut(stem, 60)) : wish_.id;
        if (head.id.empty()) head.id = "data";
        head.form = form_;
        head.pack = wish_.pack;
        head.pack_outside = wish_.pack_outside;
        head.shipped = wish_.shipped;
        head.records = root_.met;
        head.whole = whole_;
        head.first = first_ ? &*first_ : nullptr;
        const auto records = [](std::uint64_t n) {
            return join(std::to_string(n), n == 1 ? " record" : " records");
        };
        head.source = join(
            whole_ ? "all " : "the first ", records(read_), " of ",
            wish_.path == "-" ? std::string("standard input") : one_safe_line(wish_.path, 200));
        if (broken_ > 0) {
            std::string all = join(records(broken_), " could not be read: ");
            for (std::size_t i = 0; i < flaws_.size(); ++i)
                all += join(i == 0 ? "" : "; ", flaws_[i]);
            if (broken_ > kFlaws) all += "; and others";
            head.flaws.push_back(std::move(all));
        }
        const bool json = form_.reads == "json" || form_.reads == "jsonl";
        auto made =
            draft_of(root_, head.id, form_.records.empty() ? head.id : form_.records.back(), json);
        if (!columns_.empty()) columns_twice(made);
        if (root_.left_out > 0) ++made.left_out;
        if (wish_.vocabulary != nullptr) {
            match(made, *wish_.vocabulary);
            out.loads = std::any_of(made.records.begin(), made.records.end(),
                                    [](const DraftRecord& r) { return r.drafted; });
        }
        for (const auto& r : made.records)
            for (const auto& l : r.lines) out.paths += r.drafted && !l.name.empty() ? 1 : 0;
        out.map = write_draft(made, head, out.open);
        out.form = form_.reads;
        out.whole = whole_ && !stream_.problem();
        out.records = read_;
        out.broken = broken_;
        return out;
    }

    const SuggestWish& wish_;
    text::Diagnostics& diagnostics_;
    Stream stream_;
    JsonReader json_;
    text::FastYaml yaml_;
    Form form_;
    Shape root_;
    std::optional<Node> first_;
    std::vector<std::string> columns_;
    std::uint64_t read_ = 0;
    std::uint64_t broken_ = 0;
    bool whole_ = true;
    std::vector<std::string> flaws_;
    std::string code_;
    std::string message_;
    std::string help_;
};

}  // namespace

std::optional<Suggestion> suggest(const SuggestWish& wish, text::Diagnostics& diagnostics) {
    return Suggesting(wish, diagnostics).run();
}

}  // namespace antinomy::data
