#pragma once

#include <functional>
#include <string>

#include "http/edge/response_writer.h"
#include "http/wire/socket_io.h"

namespace jackgw::http {

/// An answer that goes over the wire in pieces: with a Content-Length where the length is known, in chunks
/// otherwise, and to HTTP/1.0 until the connection ends. One thread.
class StreamedResponse final : public BodyWriter {
  public:
    /// `begun` is called with the status just before the head is written. Each write has `send_deadline`.
    StreamedResponse(const SocketIo& io, std::chrono::milliseconds send_deadline, Framing framing,
                     std::function<void(int status)> begun)
        : io_(io), send_deadline_(send_deadline), framing_(framing), begun_hook_(std::move(begun)) {}

    bool begin(const Response& head, std::optional<std::uint64_t> length) override;
    bool write(std::string_view piece) override;

    /// Writes the end. False: the client has not got the whole, since it has gone or since the pieces weren't
    /// as long as was promised.
    bool finish();

    bool begun() const { return begun_; }
    /// True if the connection can't go on after this answer.
    bool closes() const { return framing_.close; }

  private:
    bool send(std::string_view first, std::string_view second = {});

    SocketIo io_;
    std::chrono::milliseconds send_deadline_;
    Framing framing_;
    std::function<void(int status)> begun_hook_;
    bool begun_ = false;
    bool bodiless_ = false;
    bool broken_ = false;
    std::uint64_t left_ = 0;  // of the promised length
    std::string head_;
};

}  // namespace jackgw::http
