// Several numbers, services and accounts behind one channel, tokens that are rotated, keys that send.
#include <algorithm>
#include <catch2/catch.hpp>

#include "stack.h"

using namespace jackgw::test;

namespace {

constexpr const char* sms_path = "/webhooks/twilio/sms";
constexpr const char* lake_number = "+15557654321";
constexpr const char* spa_number = "+15550001111";
constexpr const char* service = "MG0123456789abcdef0123456789abcdef";
constexpr const char* other_guest = "+15559870001";
constexpr const char* new_guest = "+15559870002";
constexpr const char* key_sid = "SK0123456789abcdef0123456789abcdef";
constexpr const char* new_token = "11111111111111111111111111111111";

const ProviderAccount lakeside{"AC99999999999999999999999999999999", "88888888888888888888888888888888",
                               lake_number};

std::string table(const std::string& list, const std::vector<std::pair<std::string, std::string>>& values) {
    std::string text = "[[channels.sms.options." + list + "]]\n";
    for (const auto& [key, value] : values) text += key + " = \"" + value + "\"\n";
    return text;
}

/// A channel with the hotel's account and Lakeside's, which another simulator plays.
struct TwoAccounts {
    TwoAccounts() : other({}, lakeside), stack(options_with(other.url())) {
        other.set_sms_url(stack.url() + sms_path);
    }

    static StackOptions options_with(const std::string& url) {
        StackOptions options;
        options.channel_options =
            table("accounts",
                  {{"account_sid", lakeside.sid}, {"auth_token", lakeside.token}, {"api_base_url", url}}) +
            table("senders", {{"sender", lake_number}, {"account_sid", lakeside.sid}});
        return options;
    }

    SimulatedProvider other;
    Stack stack;
};

/// The guest's conversation.
Json conversation_of(Stack& stack, const std::string& guest) {
    for (Json& one : stack.list("/conversations"))
        if (one.at("guestAddress") == guest) return std::move(one);
    throw std::runtime_error("no conversation with " + guest);
}

/// Answers a guest in their conversation; what it was sent from.
std::string answered_from(Stack& stack, const std::string& guest) {
    const std::string id = conversation_of(stack, guest).at("id");
    const Json queued =
        stack.api("POST", "/conversations/" + id + "/messages", {{"content", "Welcome"}}).data();
    const Json sent = stack.await_delivery(queued.at("id"), "delivered");
    CHECK(sent.at("deliveryStatus") == "delivered");
    return sent.at("from");
}

Parameters text_for(const ProviderAccount& account, std::uint64_t number) {
    Parameters parameters = text_parameters(make_sid(number), guest_number, "Hello");
    for (auto& [name, value] : parameters) {
        if (name == "AccountSid") value = account.sid;
        if (name == "To") value = account.number;
    }
    return parameters;
}

}  // namespace

TEST_CASE("10 guests are answered from the number that they wrote to, others by the service") {
    StackOptions options;
    options.simulator_arguments = {"--number", lake_number,           "--number",
                                   spa_number, "--messaging-service", service};
    options.channel_options = "messaging_service_sid = \"" + std::string(service) + "\"\n" +
                              table("senders", {{"sender", lake_number}}) +
                              table("senders", {{"sender", spa_number}});
    Stack stack(options);
    stack.provider().text(guest_number, "Hello, Lakeside", {}, lake_number);
    stack.provider().text(other_guest, "Hello, spa", {}, spa_number);
    stack.provider().text(new_guest, "Hello, hotel", {}, hotel_number);
    CHECK(answered_from(stack, guest_number) == lake_number);
    CHECK(answered_from(stack, other_guest) == spa_number);
    CHECK(answered_from(stack, new_guest) == service);

    const Json queued = stack.send("+15559870003", "Your room is ready");
    CHECK(stack.await_delivery(queued.at("id"), "delivered").at("from") == service);
    const Json received = stack.provider().messages_with(guest_number).back();
    CHECK(received.at("from") == lake_number);
    CHECK(received.at("messaging_service_sid").is_null());
    CHECK(stack.provider().messages_with("+15559870003").back().at("messaging_service_sid") == service);
}

TEST_CASE(
    "10 an opt-out that the provider tells of holds for the service and the number that it speaks for") {
    StackOptions options;
    options.simulator_arguments = {"--number", lake_number, "--messaging-service", service};
    options.channel_options = "messaging_service_sid = \"" + std::string(service) + "\"\n" +
                              table("senders", {{"sender", lake_number}});
    Stack stack(options);
    stack.provider().add_fault("error", 21610, 1);
    const Json queued = stack.send(guest_number, "Your room is ready");
    CHECK(stack.await_delivery(queued.at("id"), "failed").at("errorCode") == "UNSUBSCRIBED");

    const Json guest = stack.list("/guests").at(0);
    std::vector<std::string> scopes;
    for (const Json& consent : guest.at("consents")) scopes.push_back(consent.at("scope"));
    std::sort(scopes.begin(), scopes.end());
    CHECK(scopes == std::vector<std::string>{hotel_number, service});
    const auto sent_from = [&](const char* from) {
        return stack
            .api("POST", "/messages",
                 {{"channel", "sms"}, {"to", guest_number}, {"from", from}, {"content", "Hello"}})
            .status;
    };
    CHECK(sent_from(service) == 422);
    CHECK(sent_from(hotel_number) == 422);
    CHECK(sent_from(lake_number) == 202);
}

TEST_CASE("10 what is none of the channel's senders is refused before any call") {
    Stack stack;
    const Answer answer = stack.api(
        "POST", "/messages",
        {{"channel", "sms"}, {"to", guest_number}, {"from", lake_number}, {"content", "Your room is ready"}});
    CHECK(answer.status == 422);
    CHECK(answer.json().at("error").at("code") == "INVALID_SENDER");
    CHECK_THAT(answer.json().at("error").at("message").get<std::string>(), Catch::Contains(hotel_number));
    CHECK(stack.provider().create_requests() == 0);
}

TEST_CASE("10 each account sends and is believed with its own token") {
    TwoAccounts both;
    Stack& stack = both.stack;
    both.other.text(guest_number, "Hello, Lakeside");
    stack.provider().text(other_guest, "Hello, hotel");

    const Json by_lakeside = stack
                                 .api("POST", "/messages",
                                      {{"channel", "sms"},
                                       {"to", guest_number},
                                       {"from", lake_number},
                                       {"content", "Your room is ready"}})
                                 .data();
    CHECK(stack.await_delivery(by_lakeside.at("id"), "delivered").at("deliveryStatus") == "delivered");
    CHECK(both.other.create_requests() == 1);
    CHECK(stack.provider().create_requests() == 0);
    const Json by_hotel = stack.send(other_guest, "Your room is ready");
    CHECK(stack.await_delivery(by_hotel.at("id"), "delivered").at("from") == hotel_number);
    CHECK(both.other.create_requests() == 1);
    CHECK(stack.provider().create_requests() == 1);
    CHECK_THAT(stack.log(), !Catch::Contains(lakeside.token) && !Catch::Contains(auth_token));
}

TEST_CASE("10 a webhook that is signed with another account's token is refused") {
    TwoAccounts both;
    Stack& stack = both.stack;
    const ProviderAccount hotel;
    const ProviderAccount unknown{"AC77777777777777777777777777777777", auth_token, hotel_number};
    struct Row {
        const char* what;
        Parameters parameters;
        std::string token;
        int status;
    };
    for (const Row& row :
         {Row{"the hotel's with Lakeside's token", text_for(hotel, 1), lakeside.token, 403},
          Row{"Lakeside's with the hotel's token", text_for(lakeside, 2), auth_token, 403},
          Row{"an unknown account's with the hotel's token", text_for(unknown, 3), auth_token, 403},
          Row{"an unknown account's with Lakeside's token", text_for(unknown, 4), lakeside.token, 403}}) {
        INFO(row.what);
        const Answer answer = stack.webhook(sms_path, row.parameters, row.token);
        CHECK(answer.status == row.status);
        CHECK(answer.body.empty());
    }
    CHECK(stack.list("/guests").empty());
    CHECK(stack.webhook(sms_path, text_for(lakeside, 5), lakeside.token).status == 200);
    CHECK(stack.webhook(sms_path, text_for(hotel, 6), auth_token).status == 200);
    CHECK(stack.list("/guests").size() == 1);
}

TEST_CASE("10 during a rotation both tokens are believed, and a reload ends it") {
    StackOptions options;
    options.channel_options = "auth_token_secondary = \"" + std::string(new_token) + "\"\n";
    Stack stack(options);
    const ProviderAccount hotel;
    CHECK(stack.webhook(sms_path, text_for(hotel, 1), auth_token).status == 200);
    CHECK(stack.webhook(sms_path, text_for(hotel, 2), new_token).status == 200);
    CHECK(stack.webhook(sms_path, text_for(hotel, 3), "22222222222222222222222222222222").status == 403);
    const Json sent = stack.await_delivery(stack.send(guest_number, "Welcome").at("id"), "delivered");
    CHECK(sent.at("deliveryStatus") == "delivered");

    stack.options().channel_options.clear();
    stack.options().token = new_token;
    stack.write_config();
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    CHECK(stack.webhook(sms_path, text_for(hotel, 4), new_token).status == 200);
    CHECK(stack.webhook(sms_path, text_for(hotel, 5), auth_token).status == 403);
    CHECK_THAT(stack.log(), !Catch::Contains(new_token) && !Catch::Contains(auth_token));
}

TEST_CASE("10 an API key sends where the token would be refused") {
    StackOptions options;
    options.simulator_arguments = {"--api-key", std::string(key_sid) + ":key-secret-for-tests"};
    options.token = new_token;  // which the provider doesn't know
    options.channel_options = "auth_token_secondary = \"" + std::string(auth_token) + "\"\napi_key_sid = \"" +
                              key_sid + "\"\napi_key_secret = \"key-secret-for-tests\"\n";
    Stack stack(options);
    const Json sent = stack.await_delivery(stack.send(guest_number, "Welcome").at("id"), "delivered");
    CHECK(sent.at("deliveryStatus") == "delivered");
    CHECK_THAT(stack.log(), !Catch::Contains("key-secret-for-tests"));
}

TEST_CASE("10 check shows the rows without their secrets, and all their faults at once") {
    TwoAccounts both;
    const Finished right = both.stack.command({"check", "--config", both.stack.config_file().string()});
    CHECK(right.exit_code == 0);
    CHECK_THAT(right.output, Catch::Contains("accounts[1].auth_token = (hidden, 32 characters)"));
    CHECK_THAT(right.output, Catch::Contains("senders[1].sender = \"" + std::string(lake_number) + "\""));
    CHECK_THAT(right.output, !Catch::Contains(lakeside.token));

    both.stack.options().channel_options = table("senders", {{"sender", "+1"}, {"acount_sid", "AC1"}}) +
                                           table("accounts", {{"account_sid", lakeside.sid}});
    both.stack.write_config();
    const Finished wrong = both.stack.command({"check", "--config", both.stack.config_file().string()});
    CHECK(wrong.exit_code == 2);
    CHECK_THAT(wrong.output,
               Catch::Contains("senders[1].sender = \"+1\": must match") &&
                   Catch::Contains("senders[1].acount_sid: unknown key; did you mean \"account_sid\"?") &&
                   Catch::Contains("accounts[1].auth_token: is missing"));
}
