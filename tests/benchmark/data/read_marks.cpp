// Reads YAML with libfyaml's events, takes the text of each scalar and where it begins and ends,
// and does nothing with them: what a check of a YAML data set is measured by.
//
//     read_marks FILE...        prints how many events there were; 2: a file could not be read

#include <libfyaml.h>

#include <cstdint>
#include <iostream>

namespace {

struct Sums {
    std::uint64_t events = 0, bytes = 0, lines = 0, columns = 0;
};

bool read(const char* path, Sums& sums) {
    fy_parse_cfg how{};
    how.flags = static_cast<fy_parse_cfg_flags>(FYPCF_DEFAULT_VERSION_1_2);
    fy_parser* parser = fy_parser_create(&how);
    if (parser == nullptr) return false;
    bool good = fy_parser_set_input_file(parser, path) == 0;
    while (good) {
        fy_event* event = fy_parser_parse(parser);
        if (event == nullptr) break;
        ++sums.events;
        if (event->type == FYET_SCALAR) {
            std::size_t size = 0;
            if (fy_token_get_text(event->scalar.value, &size) != nullptr) sums.bytes += size;
        }
        const fy_mark* begin = fy_event_start_mark(event);
        const fy_mark* end = fy_event_end_mark(event);
        if (begin != nullptr && end != nullptr) {
            sums.lines += static_cast<std::uint64_t>(begin->line);
            sums.columns += static_cast<std::uint64_t>(end->column);
        }
        fy_parser_event_free(parser, event);
    }
    good = good && !fy_parser_get_stream_error(parser);
    fy_parser_destroy(parser);
    return good;
}

}  // namespace

int main(int argc, char** argv) {
    Sums sums;
    for (int i = 1; i < argc; ++i) {
        if (read(argv[i], sums)) continue;
        std::cerr << argv[i] << ": could not be read\n";
        return 2;
    }
    // The sums are printed so that no compiler leaves out what makes them.
    std::cout << sums.events << " events, " << sums.bytes << " bytes of text, marks " << sums.lines
              << ' ' << sums.columns << '\n';
    return 0;
}
