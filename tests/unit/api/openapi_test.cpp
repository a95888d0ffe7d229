#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/String.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <set>

#include "api/model_json.h"
#include "house.h"

using namespace jackgw;
using Poco::JSON::Object;
using test::House;

namespace {

Object::Ptr description() {
    std::ifstream file(OPENAPI_FILE);
    REQUIRE(file);
    Poco::JSON::Parser parser;
    return parser.parse(file).extract<Object::Ptr>();
}

std::set<std::string> names(const Object::Ptr& object) {
    const auto list = object->getNames();
    return {list.begin(), list.end()};
}

}  // namespace

TEST_CASE("The OpenAPI description names the routes that there are, with their roles") {
    std::set<std::string> described;
    Object::Ptr paths = description()->getObject("paths");
    for (const std::string& path : paths->getNames()) {
        Object::Ptr item = paths->getObject(path);
        for (const std::string& method : item->getNames()) {
            if (method == "parameters") continue;
            described.insert(Poco::toUpper(method) + " " + path + " " +
                             item->getObject(method)->getValue<std::string>("description"));
        }
    }
    House house;
    std::set<std::string> served;
    for (const api::Route& route : house.api.routes())
        served.insert(route.method + " " + route.path + " Role: " + std::string(to_string(route.access)) +
                      ".");
    CHECK(described == served);
}

TEST_CASE("The OpenAPI description names the fields that are shown") {
    Object::Ptr schemas = description()->getObject("components")->getObject("schemas");
    const auto described = [&](const std::string& schema) {
        return names(schemas->getObject(schema)->getObject("properties"));
    };
    const Object::Ptr consent = api::to_json(Guest{}, {ConsentEntry{}})->getArray("consents")->getObject(0);
    CHECK(described("Message") == names(api::to_json(Message{})));
    CHECK(described("Conversation") == names(api::to_json(Conversation{}, {})));
    CHECK(described("Guest") == names(api::to_json(Guest{}, {})));
    CHECK(described("Consent") == names(consent));
    CHECK(described("Attempt") == names(api::to_json(Attempt{})));
    CHECK(described("Event") == names(api::to_json(Event{})));
    CHECK(described("Preview") == names(api::to_json(Mapped{})));
    store::OutboxReport report;
    report.lanes.resize(1);
    report.holds.resize(1);
    report.pauses.resize(1);
    const Object::Ptr outbox = api::to_json(report);
    CHECK(described("Outbox") == names(outbox));
    CHECK(described("WaitingTotals") == names(outbox->getObject("waiting")));
    CHECK(described("Lane") == names(outbox->getArray("lanes")->getObject(0)));
    CHECK(described("Hold") == names(outbox->getArray("holds")->getObject(0)));
    CHECK(described("Pause") == names(outbox->getArray("pauses")->getObject(0)));
    CHECK(described("Waiting") == names(api::to_json(store::Waiting{}, true)));
}

TEST_CASE("The OpenAPI description names the fields of the answers that are made of several things") {
    Object::Ptr schemas = description()->getObject("components")->getObject("schemas");
    const std::function<std::set<std::string>(const std::string&)> described =
        [&](const std::string& schema) -> std::set<std::string> {
        Object::Ptr whole = schemas->getObject(schema);
        if (!whole->has("allOf")) return names(whole->getObject("properties"));
        std::set<std::string> all;
        for (const auto& part : *whole->getArray("allOf")) {
            const auto& object = part.extract<Object::Ptr>();
            if (object->has("$ref")) {
                const auto reference = object->getValue<std::string>("$ref");
                all.merge(described(reference.substr(reference.rfind('/') + 1)));
            } else {
                all.merge(names(object->getObject("properties")));
            }
        }
        return all;
    };
    const auto shown = [](const test::Answer& answer) {
        return names(answer.at("data").extract<Object::Ptr>());
    };
    House house;
    house.add_message(test::id_a, DeliveryState::failed);
    house.add_conversation(test::id_a, 1);
    const std::string message = "/messages/" + test::id_a;
    CHECK(described("MessageDetails") == shown(house.get(message)));
    CHECK(described("WholeMessage") == shown(house.post(message + "/cancel")));
    house.store.all_messages[0].delivery.state = DeliveryState::failed;
    CHECK(described("SubmittedMessage") == shown(house.post(message + "/retry")));
    CHECK(described("SubmittedMessage") ==
          shown(house.post("/conversations/" + test::id_a + "/messages", R"({"content":"Hi"})")));
    CHECK(described("SubmittedMessage") ==
          shown(house.post("/messages", R"({"channel":"sms","to":"+15559876543","content":"Hi"})")));

    house.store.all_messages[0].delivery.state = DeliveryState::failed;
    CHECK(described("FailedCount") ==
          shown(house.post("/outbox/failed/retry", R"({"filter":{},"dryRun":true})")));
    CHECK(described("RetriedMany") ==
          shown(house.post("/outbox/failed/retry", R"({"filter":{},"confirm":1})")));
    CHECK(described("DiscardedMany") ==
          shown(house.post("/outbox/failed/discard", R"({"filter":{},"confirm":1})")));
}

TEST_CASE("Failed messages are filtered alike in the list and in what acts on many") {
    const Object::Ptr all = description();
    std::set<std::string> of_list;
    const Object::Ptr list = all->getObject("paths")->getObject("/outbox/failed")->getObject("get");
    for (const auto& parameter : *list->getArray("parameters")) {
        const auto& object = parameter.extract<Object::Ptr>();
        if (object->has("name")) of_list.insert(object->getValue<std::string>("name"));
    }
    const std::set<std::string> of_body = names(all->getObject("components")
                                                    ->getObject("schemas")
                                                    ->getObject("FailedFilter")
                                                    ->getObject("properties"));
    CHECK(of_list == of_body);
    House house;
    for (const std::string& name : of_body) {
        INFO(name);
        CHECK(house.get("/outbox/failed?" + name + "=").status == 200);
        CHECK(house.post("/outbox/failed/discard", R"({"dryRun":true,"filter":{")" + name + R"(":null}})")
                  .status == 200);
    }
}

TEST_CASE("The one route that changes consents is the one by which staff records what a guest said") {
    House house;
    for (const api::Route& route : house.api.routes()) {
        if (route.method == "GET" || route.path == "/guests/{id}/consents") continue;
        INFO(route.method << " " << route.path);
        for (const char* word : {"consent", "opt", "subscri"}) CHECK_THAT(route.path, !Catch::Contains(word));
    }
}
