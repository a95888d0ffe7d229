#include "plugins/loading/elf_check.h"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "../../support/temp_folder.h"

using namespace jackgw;

namespace {

std::optional<std::string> fault_of(const std::string& content) {
    const test::TempFolder folder;
    const int file = ::open(folder.write("file", content).c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(file >= 0);
    auto fault = plugins::find_elf_fault(file, content.size());
    ::close(file);
    return fault;
}

}  // namespace

TEST_CASE("A complete shared library has no fault") {
    CHECK_FALSE(fault_of(test::read_file(PLUGIN_FILE)));
}

TEST_CASE("A shared library that was cut anywhere is found out") {
    const std::string whole = test::read_file(PLUGIN_FILE);
    REQUIRE(whole.size() > 1000);
    for (std::size_t size = 0; size < whole.size(); size += 97) {
        CAPTURE(size, whole.size());
        REQUIRE(fault_of(whole.substr(0, size)));
    }
    CHECK(fault_of(whole.substr(0, whole.size() - 1)));
}

TEST_CASE("Other files are named for what they are") {
    const std::string text(500, 'x');
    CHECK_THAT(*fault_of(text), Catch::Contains("not an ELF file"));
    CHECK_THAT(*fault_of(""), Catch::Contains("0 bytes"));
    std::string program = test::read_file(PLUGIN_FILE);
    program[16] = 1;  // ET_REL
    CHECK_THAT(*fault_of(program), Catch::Contains("not a shared library"));
    std::string elsewhere = test::read_file(PLUGIN_FILE);
    elsewhere[18] = 8;  // EM_MIPS
    CHECK_THAT(*fault_of(elsewhere), Catch::Contains("another processor"));
}
