// Reads YAML files with yaml-cpp's events and does nothing with them: what a check is measured by.
//
//     read_events FILE...       prints how many events there were; 2: a file could not be read

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>

namespace {

class Counter final : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark&) override { ++events; }
    void OnDocumentEnd() override { ++events; }
    void OnNull(const YAML::Mark&, YAML::anchor_t) override { ++events; }
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override { ++events; }
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  const std::string&) override {
        ++events;
    }
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        ++events;
    }
    void OnSequenceEnd() override { ++events; }
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        ++events;
    }
    void OnMapEnd() override { ++events; }

    std::uint64_t events = 0;
};

}  // namespace

int main(int argc, char** argv) {
    Counter counter;
    for (int i = 1; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        if (!file) {
            std::cerr << argv[i] << ": cannot open\n";
            return 2;
        }
        try {
            YAML::Parser parser(file);
            while (parser.HandleNextDocument(counter)) {
            }
        } catch (const YAML::Exception& e) {
            std::cerr << argv[i] << ": " << e.what() << '\n';
            return 2;
        }
    }
    std::cout << counter.events << " events in " << argc - 1 << " files\n";
    return 0;
}
