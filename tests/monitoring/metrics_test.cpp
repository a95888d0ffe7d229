// What the alerts and their text name, the gateway exports.

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "telemetry/metrics.h"

using namespace jackgw::telemetry;

namespace {

std::string content_of(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(std::string(MONITORING_FOLDER "/") + name).rdbuf();
    REQUIRE_FALSE(text.str().empty());
    return text.str();
}

/// All that looks like a metric's name.
std::set<std::string> named_in(const std::string& text) {
    static const std::regex metric("\\b(jackgw|sms)_[a-z_]*[a-z]");
    std::set<std::string> names;
    for (std::sregex_iterator found(text.begin(), text.end(), metric), end; found != end; ++found)
        names.insert(found->str());
    return names;
}

/// The names of all series of a gateway in which everything has happened once; of a histogram all three.
std::set<std::string> exported() {
    Metrics metrics("1");
    ChannelMetrics& sms = metrics.channel("sms");
    sms.set_property("main");
    sms.inbound_message(1, 1);
    metrics.http_request("api", 200, 0.1);
    metrics.http_rejected("limit");
    metrics.attempt("accepted", 0.1);
    metrics.log_line("info");
    OutboxFigures figures;
    figures.lanes.resize(1);
    figures.holds = {{"sms", "sender", "misconfigured"}};
    metrics.outbox().show(figures);
    metrics.outbox().hold_changed(figures.holds[0], false);
    metrics.outbox().hold_changed(figures.holds[0], true);
    std::set<std::string> names;
    std::istringstream lines(metrics.serialize());
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && line.front() != '#') names.insert(line.substr(0, line.find_first_of("{ ")));
    return names;
}

}  // namespace

TEST_CASE("Each metric that the alerts, their tests and their text name is one that the gateway exports") {
    const std::set<std::string> there = exported();
    for (const char* file : {"alerts.yml", "tests.yml", "README.md"}) {
        const std::set<std::string> named = named_in(content_of(file));
        CHECK_FALSE(named.empty());
        for (const std::string& name : named) {
            INFO(file << " names " << name);
            CHECK(there.contains(name));
        }
    }
}

TEST_CASE("The text tells of each metric that the gateway exports, but for a histogram's parts") {
    const std::set<std::string> told = named_in(content_of("README.md"));
    for (const std::string& name : exported()) {
        if (name.ends_with("_bucket") || name.ends_with("_sum")) continue;
        INFO(name);
        CHECK(told.contains(name));
    }
}
