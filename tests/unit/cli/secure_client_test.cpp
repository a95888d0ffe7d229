#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "cli/rest_client.h"
#include "tls_server.h"

using namespace jackgw;
using namespace jackgw::cli;

TEST_CASE("https is spoken to those alone whose certificate holds") {
    const auto prefix = std::filesystem::temp_directory_path() / ("jackgw-tls-" + std::to_string(getpid()));
    const test::TlsServer server(prefix.string());
    const std::string port = std::to_string(server.port());

    // OpenSSL's own way to name further authorities; read when a connection is made.
    REQUIRE(unsetenv("SSL_CERT_FILE") == 0);
    const RestClient client("https://localhost:" + port, "token");
    CHECK_THROWS_WITH(client.get("/plugins"),
                      Catch::StartsWith("no secure connection to https://localhost:" + port + ": "));

    REQUIRE(setenv("SSL_CERT_FILE", server.certificate_file().c_str(), 1) == 0);
    const Answer answer = client.get("/plugins");
    CHECK(answer.status == 200);
    CHECK(answer.body == R"({"data":[]})");

    const RestClient other_name("https://127.0.0.1:" + port, "token");
    CHECK_THROWS_WITH(other_name.get("/plugins"), Catch::StartsWith("no secure connection to "));
    REQUIRE(unsetenv("SSL_CERT_FILE") == 0);
}
