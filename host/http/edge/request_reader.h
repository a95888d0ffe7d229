#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "http/edge/request_head.h"
#include "http/wire/socket_io.h"

namespace jackgw::http {

struct ReaderLimits {
    std::size_t max_header;
    std::size_t max_body;
    std::chrono::milliseconds header_deadline;
    std::chrono::milliseconds body_deadline;
};

/// Reads the requests of one connection, one after the other; bytes of the next one stay in its buffer.
/// Header and body each have a deadline for the whole, so that a client that drips bytes is cut off like a
/// silent one. One thread.
class RequestReader {
  public:
    RequestReader(const SocketIo& io, const ReaderLimits& limits) : io_(io), limits_(limits) {}

    /// Waits until there is a byte of a request; false if the client has closed or the deadline came first.
    bool await(SteadyTime deadline);

    enum class Outcome {
        complete,
        closed,  ///< the client went away in the middle: nobody is there to answer
        refused  ///< answer with `status` and close: where the request ends isn't known or isn't waited for
    };
    struct Result {
        Outcome outcome;
        int status = 0;
    };

    /// Reads a whole request. What is known of it is in `head` also when it is refused.
    Result read(RequestHead& head);

    bool has_buffered() const { return begin_ < end_; }

    /// Takes and forgets what the client still sends, until it closes or the deadline comes: to close a
    /// socket with unread bytes would reset the connection and might take the answer away from the client.
    void discard(SteadyTime deadline);

  private:
    Result read_body(RequestHead& head);
    Result read_plain_body(std::uint64_t length, SteadyTime deadline, std::string& body);
    Result read_chunked_body(SteadyTime deadline, std::string& body);
    IoStatus fill(SteadyTime deadline);
    std::string_view buffered() const { return {buffer_.data() + begin_, end_ - begin_}; }

    SocketIo io_;
    ReaderLimits limits_;
    std::string buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace jackgw::http
