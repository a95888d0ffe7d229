#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

namespace jackgw::test {

/// Fails the test with the first difference unless the file holds exactly this. With JACKGW_UPDATE_EXPECTED=1
/// in the environment the file is written instead.
void check_expected(const nlohmann::ordered_json& actual, const std::filesystem::path& file);

}  // namespace jackgw::test
