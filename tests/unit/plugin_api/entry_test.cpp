#include <jackgw/cpp/plugin.h>
#include <jackgw/cpp/router.h>

#include <array>
#include <catch2/catch.hpp>

using namespace jackgw::plugin;

namespace {
int instances = 0;
}

struct jackgw_plugin {
    explicit jackgw_plugin(const CreateArgs& args) : channel(args.channel) {
        if (find(args.options, "fail")) throw Failure("told to fail", JACKGW_E_INVALID_ARGUMENT);
        ++instances;
    }
    jackgw_plugin(const jackgw_plugin&) = delete;
    jackgw_plugin& operator=(const jackgw_plugin&) = delete;
    ~jackgw_plugin() { --instances; }

    void start() { throw std::runtime_error("the port is taken"); }
    Response hello(const jackgw_request& request) {
        if (view(request.path) == "/throw") throw Failure("no store", JACKGW_E_UNAVAILABLE);
        return {201, "text/xml", channel};
    }
    void note_failure(std::string_view text) { noted = text; }

    std::string channel;
    std::string noted;
};

constexpr std::array<jackgw_option, 1> options{
    {{JACKGW_STR("fail"), JACKGW_OPTION_STRING, 0, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY, JACKGW_STR_EMPTY,
      JACKGW_STR("to fail"), 0, 0}}};

constinit const jackgw_plugin_entry_v1 jackgw_plugin_entry =
    make_entry<jackgw_plugin>({.id = "test", .version = "0.1", .description = "A test"}, options);

struct jackgw_responder_target {
    int32_t status = 0;
    std::string text;
};

namespace {

const void* no_extension(jackgw_host*, jackgw_str) {
    return nullptr;
}

constexpr jackgw_host_api api{sizeof(jackgw_host_api), 1, 0, 0, JACKGW_STR("9.9"), &no_extension};

jackgw_create_args create_args(jackgw_pairs given = {}) {
    return {sizeof(jackgw_create_args), 0,    nullptr, &api, JACKGW_STR("sms"),
            JACKGW_STR("https://a.b"),  given};
}

}  // namespace

TEST_CASE("The entry's data can be read before any function is called") {
    CHECK(jackgw_plugin_entry.magic == JACKGW_PLUGIN_MAGIC);
    CHECK(jackgw_plugin_entry.struct_size == sizeof(jackgw_plugin_entry_v1));
    CHECK(jackgw_plugin_entry.abi_major == 1);
    CHECK(view(jackgw_plugin_entry.id) == "test");
    CHECK(jackgw_plugin_entry.options.count == 1);
    CHECK(jackgw_plugin_entry.options.item_size == sizeof(jackgw_option));
}

TEST_CASE("An instance is made and freed; functions that it lacks do nothing") {
    jackgw_plugin* plugin = nullptr;
    const auto args = create_args();
    REQUIRE(jackgw_plugin_entry.create(&args, &plugin, {}) == JACKGW_OK);
    REQUIRE(plugin != nullptr);
    CHECK(plugin->channel == "sms");
    CHECK(instances == 1);
    jackgw_plugin_entry.quiesce(plugin, 1000);
    jackgw_plugin_entry.stop(plugin);
    CHECK(jackgw_plugin_entry.get_extension(plugin, str("jackgw.health/1")) == nullptr);
    jackgw_plugin_entry.destroy(plugin);
    CHECK(instances == 0);
}

TEST_CASE("What create and start throw reaches the host as status and text") {
    jackgw_plugin* plugin = nullptr;
    TextSink error;
    const std::array given{pair("fail", "yes")};
    auto args = create_args(pairs(given));
    CHECK(jackgw_plugin_entry.create(&args, &plugin, error.sink()) == JACKGW_E_INVALID_ARGUMENT);
    CHECK(error.text() == "told to fail");
    CHECK(plugin == nullptr);
    CHECK(instances == 0);

    args = create_args();
    REQUIRE(jackgw_plugin_entry.create(&args, &plugin, {}) == JACKGW_OK);
    TextSink start_error;
    CHECK(jackgw_plugin_entry.start(plugin, start_error.sink()) == JACKGW_E_FAILED);
    CHECK(start_error.text() == "the port is taken");
    jackgw_plugin_entry.destroy(plugin);
}

TEST_CASE("A route is a member function; what it throws is noted") {
    jackgw_plugin* plugin = nullptr;
    const auto args = create_args();
    REQUIRE(jackgw_plugin_entry.create(&args, &plugin, {}) == JACKGW_OK);
    jackgw_responder_target target;
    const jackgw_responder responder{
        sizeof responder,
        0,
        &target,
        [](jackgw_responder_target* to, int32_t status) { to->status = status; },
        [](jackgw_responder_target* to, jackgw_str name, jackgw_str value) {
            to->text.append(view(name)).append(": ").append(view(value)).append("\n");
        },
        [](jackgw_responder_target* to, jackgw_str piece) { to->text.append(view(piece)); }};
    jackgw_request request{};
    constexpr jackgw_route_handler handler = &handle_route<&jackgw_plugin::hello>;
    CHECK(handler(plugin, 0, &request, &responder) == JACKGW_OK);
    CHECK(target.status == 201);
    CHECK(target.text == "Content-Type: text/xml\nsms");

    request.path = str("/throw");
    CHECK(handler(plugin, 0, &request, &responder) == JACKGW_E_UNAVAILABLE);
    CHECK(plugin->noted == "no store");
    jackgw_plugin_entry.destroy(plugin);
}
