#include <jackgw/cpp/guard.h>

#include <catch2/catch.hpp>

using namespace jackgw::plugin;

TEST_CASE("What work answers passes, what it throws becomes a status and a text") {
    struct Row {
        std::function<jackgw_status()> work;
        jackgw_status status;
        std::string text;
    };
    const auto row = GENERATE(values<Row>({
        {[] { return JACKGW_OK; }, JACKGW_OK, ""},
        {[] { return JACKGW_E_CONFLICT; }, JACKGW_E_CONFLICT, ""},
        {[]() -> jackgw_status { throw Failure("no such number", JACKGW_E_INVALID_ARGUMENT); },
         JACKGW_E_INVALID_ARGUMENT, "no such number"},
        {[]() -> jackgw_status { throw Failure("broken"); }, JACKGW_E_FAILED, "broken"},
        {[]() -> jackgw_status { throw std::runtime_error("odd"); }, JACKGW_E_FAILED, "odd"},
        {[]() -> jackgw_status { throw 7; }, JACKGW_E_FAILED, "an exception of an unknown type"},
    }));
    TextSink error;
    CHECK(guard(error.sink(), row.work) == row.status);
    CHECK(error.text() == row.text);
}

TEST_CASE("Work without an answer is done when it returns") {
    bool done = false;
    CHECK(guard({}, [&] { done = true; }) == JACKGW_OK);
    CHECK(done);
    CHECK(guard({}, [] { throw std::runtime_error("nobody listens"); }) == JACKGW_E_FAILED);
}
