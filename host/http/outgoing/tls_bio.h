#pragma once

#include <openssl/bio.h>

#include <cstdint>
#include <memory>

namespace jackgw::http {

/// What OpenSSL reads from and writes to instead of its own socket BIO, for two reasons: it counts what the
/// kernel took, so that "was the request written" is known and not guessed; and a peer that is gone raises no
/// SIGPIPE.
struct SocketBio {
    int descriptor = -1;
    std::uint64_t written = 0;
};

using BioMethod = std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)>;

BioMethod make_socket_bio_method();

/// A BIO over `socket`, which must outlive it. Null if there is no memory.
BIO* make_socket_bio(const BIO_METHOD* method, SocketBio& socket);

}  // namespace jackgw::http
