#include "plugins/loading/entry_check.h"

#include <catch2/catch.hpp>

using namespace jackgw;

namespace {

jackgw_plugin_entry_v1 good_entry() {
    jackgw_plugin_entry_v1 entry{};
    entry.magic = JACKGW_PLUGIN_MAGIC;
    entry.struct_size = sizeof(entry);
    entry.abi_major = JACKGW_ABI_MAJOR;
    entry.id = JACKGW_STR("test");
    entry.version = JACKGW_STR("1.0.0");
    entry.options.item_size = sizeof(jackgw_option);
    entry.create = [](const jackgw_create_args*, jackgw_plugin**, jackgw_sink) {
        return jackgw_status{JACKGW_OK};
    };
    entry.destroy = [](jackgw_plugin*) {};
    return entry;
}

}  // namespace

TEST_CASE("A good entry has no fault") {
    CHECK_FALSE(plugins::find_entry_fault(good_entry()));
}

TEST_CASE("A mismatch is named with both versions") {
    auto entry = good_entry();
    entry.abi_major = 7;
    CHECK_THAT(*plugins::find_entry_fault(entry),
               Catch::Contains("plugin ABI 7") && Catch::Contains("plugin ABI 1.0"));
    entry = good_entry();
    entry.min_host_minor = 3;
    CHECK_THAT(*plugins::find_entry_fault(entry),
               Catch::Contains("plugin ABI 1.3") && Catch::Contains("plugin ABI 1.0"));
}

TEST_CASE("What is missing or malformed is named") {
    using Change = void (*)(jackgw_plugin_entry_v1&);
    const auto [change, text] = GENERATE(table<Change, const char*>({
        {[](jackgw_plugin_entry_v1& entry) { entry.magic = 1; }, "magic"},
        {[](jackgw_plugin_entry_v1& entry) { entry.struct_size = 8; }, "8 bytes"},
        {[](jackgw_plugin_entry_v1& entry) { entry.id = JACKGW_STR_EMPTY; }, "no id"},
        {[](jackgw_plugin_entry_v1& entry) { entry.version = JACKGW_STR_EMPTY; }, "no version"},
        {[](jackgw_plugin_entry_v1& entry) { entry.create = nullptr; }, "no create"},
        {[](jackgw_plugin_entry_v1& entry) { entry.destroy = nullptr; }, "no destroy"},
        {[](jackgw_plugin_entry_v1& entry) { entry.options.count = 1; }, "malformed"},
        {[](jackgw_plugin_entry_v1& entry) { entry.options.count = 100000; }, "malformed"},
    }));
    auto entry = good_entry();
    change(entry);
    REQUIRE(plugins::find_entry_fault(entry));
    CHECK_THAT(*plugins::find_entry_fault(entry), Catch::Contains(text));
}

TEST_CASE("An entry of a later minor version may be longer") {
    auto entry = good_entry();
    entry.struct_size += 64;
    CHECK_FALSE(plugins::find_entry_fault(entry));
}
