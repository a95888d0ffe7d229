#include "expected.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "../../support/temp_folder.h"

namespace jackgw::test {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t line_width = 120;

/// What fits goes on one line, so that a file of many small objects can be read, and a change to one of them
/// is one line.
void write(std::ostream& out, const Json& value, std::size_t indent) {
    const std::string line = value.dump();
    if (!value.is_structured() || indent + line.size() <= line_width) {
        out << line;
        return;
    }
    const std::string margin(indent + 2, ' ');
    out << (value.is_array() ? '[' : '{');
    std::string separator = "\n";
    for (const auto& [key, item] : value.items()) {
        out << separator << margin;
        if (value.is_object()) out << Json(key).dump() << ": ";
        write(out, item, indent + 2);
        separator = ",\n";
    }
    out << '\n' << std::string(indent, ' ') << (value.is_array() ? ']' : '}');
}

std::string pretty(const Json& value) {
    std::ostringstream out;
    write(out, value, 0);
    out << '\n';
    return out.str();
}

std::string first_difference(const Json& expected, const Json& actual) {
    const Json differences = Json::diff(expected, actual);
    if (differences.empty()) return "in the order of members";
    const Json& first = differences[0];
    const std::string path = first["path"];  // ends with "-" where an array goes on
    const Json* wanted = first["op"] == "add" ? nullptr : &expected[Json::json_pointer(path)];
    const Json* found = first["op"] == "remove" ? nullptr : &first["value"];
    const auto text = [](const Json* value) { return value == nullptr ? "nothing\n" : pretty(*value); };
    return "at " + path + "\nexpected: " + text(wanted) + "but is:   " + text(found) + "(" +
           std::to_string(differences.size()) + " differences in all)";
}

}  // namespace

void check_expected(const Json& actual, const std::filesystem::path& file) {
    const char* update = std::getenv("JACKGW_UPDATE_EXPECTED");
    if (update != nullptr && std::string_view(update) == "1") {
        std::ofstream(file, std::ios::binary) << pretty(actual);
        WARN("wrote " << file.string());
        return;
    }
    const Json expected = Json::parse(read_file(file), nullptr, false);
    if (expected.is_discarded()) {
        FAIL_CHECK(file.string() << " is missing or no JSON");
    } else if (expected != actual) {
        FAIL_CHECK(file.string() << " differs " << first_difference(expected, actual)
                                 << "\nIf the change is meant, write the files anew: "
                                    "JACKGW_UPDATE_EXPECTED=1 ctest --preset release -R integration_upgrade");
    }
}

}  // namespace jackgw::test
