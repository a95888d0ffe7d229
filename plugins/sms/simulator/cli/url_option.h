#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace jackgw::sms::simulator {

/// The option that all commands but `serve` have.
inline void add_url_option(CLI::App& app, std::string& url) {
    url = "http://127.0.0.1:8090";
    app.add_option("--url", url, "The running simulator")->envname("TWILIO_SIM_URL")->capture_default_str();
}

}  // namespace jackgw::sms::simulator
