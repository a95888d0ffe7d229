#pragma once

#include <string>
#include <string_view>

#include "http/client.h"
#include "http/outgoing/response_head.h"
#include "http/outgoing/transport.h"

namespace jackgw::http {

/// Reads one answer from a connection. Used once, by one thread.
class ResponseReader {
  public:
    ResponseReader(Transport& transport, SteadyTime deadline, std::size_t max_body)
        : transport_(transport), deadline_(deadline), max_body_(max_body) {}

    /// Reads the answer to `method` into the sink. Unless it is `complete`, fault() says why not.
    ClientResult::Kind read(std::string_view method, ResponseSink& sink);

    const ResponseHead& head() const { return head_; }
    const std::string& fault() const { return fault_; }

    /// True if the connection is left clean behind a complete answer.
    bool may_reuse() const { return head_.keep_alive && buffer_.empty(); }

  private:
    using Kind = ClientResult::Kind;

    Kind read_head(std::string_view method);
    Kind read_sized(ResponseSink& sink);
    Kind read_chunked(ResponseSink& sink);
    Kind read_until_close(ResponseSink& sink);
    Kind give_up();
    Kind fail(Kind kind, std::string what);
    Kind fail_read(IoStatus status, const char* where);
    IoStatus fill();

    Transport& transport_;
    SteadyTime deadline_;
    std::size_t max_body_;
    ResponseHead head_;
    std::string buffer_;  // received and not yet used
    std::string fault_;
};

}  // namespace jackgw::http
