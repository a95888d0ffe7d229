// The plugin is replaced while guests write and messages are on their way.
#include <catch2/catch.hpp>

#include <fstream>
#include <set>

#include "inbound_load.h"

using namespace jackgw::test;

namespace {

/// The files of SMS plugins whose code the gateway has in its memory, also those that are deleted by now.
std::set<std::string> mapped_plugins(Stack& stack) {
    std::ifstream maps("/proc/" + std::to_string(stack.gateway().pid()) + "/maps");
    std::set<std::string> files;
    for (std::string line; std::getline(maps, line);)
        if (const auto at = line.find('/');
            at != std::string::npos && line.find("jackgw-sms") != std::string::npos)
            files.insert(line.substr(at, line.find(" (deleted)") - at));
    return files;
}

/// Replaces a file at once, as an installation does.
void replace(const std::filesystem::path& file, const std::string& content) {
    const std::filesystem::path fresh = file.string() + ".new";
    std::ofstream(fresh, std::ios::binary) << content;
    std::filesystem::rename(fresh, file);
}

}  // namespace

TEST_CASE("05 twenty reloads under load: every text is taken, every old generation is gone") {
    Stack stack;
    REQUIRE(mapped_plugins(stack).size() == 1);
    InboundLoad load(stack, 8, 50);
    std::set<std::string> files = mapped_plugins(stack);
    for (int reloads = 1; reloads <= 20; ++reloads) {
        const std::uint64_t before = load.acknowledged_count();
        const Answer answer = stack.api("POST", "/plugins/sms/reload");
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        CHECK(answer.data().at("generation") == reloads + 1);
        CHECK(answer.data().at("state") == "live");
        REQUIRE(eventually([&] { return load.acknowledged_count() > before; }));
        if (!KEEP_MAPPED) CHECK(mapped_plugins(stack).size() == 1);
        for (const std::string& file : mapped_plugins(stack)) files.insert(file);
    }
    load.stop();
    CHECK(load.complaints() == std::vector<std::string>{});
    CHECK(files.size() == 21);  // each generation was a copy of its own

    const Json sms = stack.api("GET", "/plugins").data().at(0);
    CHECK(sms.at("state") == "ready");
    CHECK(sms.at("generation") == 21);
    CHECK(sms.at("retiring").empty());
    CHECK(stack.all_messages().size() == load.acknowledged().size());
    CHECK(stack.stop_gateway() == 0);
}

TEST_CASE("05 a message that is being sent during a reload is sent once") {
    Stack stack;
    stack.provider().add_fault("slow", 1500, 1);
    const std::string id = stack.send(guest_number, "Hello").at("id");
    REQUIRE(eventually([&] { return stack.provider().create_requests() == 1; }));
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    CHECK(stack.await_delivery(id, "delivered").at("deliveryStatus") == "delivered");
    CHECK(eventually([&] { return stack.message(id).at("attempts").at(0).at("outcome") == "accepted"; }));
    CHECK(stack.provider().create_requests() == 1);
    if (!KEEP_MAPPED) CHECK(mapped_plugins(stack).size() == 1);
}

TEST_CASE("05 a new file that fails leaves the old one serving") {
    StackOptions options;
    options.own_plugins = true;
    Stack stack(options);
    const std::filesystem::path file = stack.plugins() / "jackgw-sms.so";
    const std::string good = read_file(file);
    struct Row {
        const char* what;
        std::string content;
    };
    const std::vector<Row> bad{
        {"empty", ""}, {"no ELF file", "nonsense"}, {"truncated", good.substr(0, good.size() / 2)}};
    std::uint64_t number = 1;
    for (const Row& row : bad) {
        INFO(row.what);
        replace(file, row.content);
        const Answer answer = stack.api("POST", "/plugins/sms/reload");
        CHECK(answer.status == 409);
        CHECK(answer.json().at("error").at("code") == "RELOAD_FAILED");
        CHECK_THAT(answer.json().at("error").at("message").get<std::string>(),
                   Catch::Contains("jackgw-sms.so"));
        CHECK(stack.text(make_sid(number++), guest_number, "Hello").status == 200);
        const Json sms = stack.api("GET", "/plugins").data().at(0);
        CHECK(sms.at("generation") == 1);
        CHECK(sms.at("state") == "ready");
        CHECK(sms.at("error").is_string());
    }
    std::filesystem::remove(file);
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 409);
    CHECK(stack.http().get(stack.url() + "/readyz").status == 200);
    replace(file, good);
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    CHECK(stack.api("GET", "/plugins").data().at(0).at("error").is_null());
    const std::string id = stack.send(guest_number, "Hello").at("id");
    CHECK(stack.await_delivery(id, "delivered").at("deliveryStatus") == "delivered");
    if (!KEEP_MAPPED) CHECK(mapped_plugins(stack).size() == 1);
}

TEST_CASE("05 a reload takes up a token that was changed in the config file") {
    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    const std::string fresh = "11112222333344445555666677778888";
    stack.options().token = fresh;
    stack.write_config();
    CHECK(stack.text(make_sid(1), guest_number, "Hello", auth_token).status == 200);
    CHECK(stack.text(make_sid(2), guest_number, "Hello", fresh).status == 403);
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    CHECK(stack.text(make_sid(3), guest_number, "Hello", auth_token).status == 403);
    CHECK(stack.text(make_sid(4), guest_number, "Hello", fresh).status == 200);

    // A wrong one is refused with the reason, which doesn't show it, and the last right one stays.
    stack.options().token = "too-short-but-secret";
    stack.write_config();
    const Answer refused = stack.api("POST", "/plugins/sms/reload");
    CHECK(refused.status == 409);
    CHECK_THAT(refused.body, Catch::Contains("auth_token") && !Catch::Contains("too-short-but-secret"));
    CHECK(stack.text(make_sid(5), guest_number, "Hello", fresh).status == 200);
    CHECK(stack.all_messages().size() == 3);
}
