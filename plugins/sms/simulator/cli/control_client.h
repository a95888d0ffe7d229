#pragma once

#include <Poco/JSON/Object.h>

#include <string>

namespace jackgw::sms::simulator {

/// Talks to a running simulator's /sim/ API.
class ControlClient {
  public:
    explicit ControlClient(std::string url);

    /// The answer's JSON (empty for 204). Throws std::runtime_error if nobody answers or the answer is a
    /// refusal.
    Poco::JSON::Object get(const std::string& target) const;
    Poco::JSON::Object post(const std::string& target, const Poco::JSON::Object& body) const;
    void del(const std::string& target) const;

  private:
    Poco::JSON::Object call(const std::string& method, const std::string& target,
                            const std::string& body) const;

    const std::string url_;
};

}  // namespace jackgw::sms::simulator
