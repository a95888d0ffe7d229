#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::test {

/// An answer as it came over the wire.
struct RawAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

/// A client that writes whatever bytes it is told to. All waits end after ten seconds at the latest.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient& operator=(RawClient&&) = delete;

    /// False if the other side no longer takes bytes.
    bool send(std::string_view bytes) const;

    /// The next complete answer; nothing if the connection ends before. `without_body`: the answer to HEAD.
    std::optional<RawAnswer> read_answer(bool without_body = false);

    /// Waits for the end of the connection; false if it is still open after `patience`. What comes before is
    /// thrown away.
    bool wait_for_close(std::chrono::milliseconds patience = std::chrono::seconds{10}) const;

    /// All that comes until the connection ends, and whether it ends in an orderly way.
    struct Rest {
        std::string bytes;
        bool orderly = false;
    };
    Rest read_to_end();

    /// Says that no more bytes will come; answers can still be read.
    void finish_sending() const;

  private:
    bool fill();

    int descriptor_ = -1;
    std::string buffer_;
};

std::string get(const std::string& path, const std::string& more_headers = {});
std::string post(const std::string& path, const std::string& body, const std::string& more_headers = {});

}  // namespace jackgw::test
