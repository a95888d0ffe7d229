#pragma once

#include <filesystem>
#include <string>

namespace Poco::Data {
class Session;
}

namespace jackgw::store::sqlite {

/// The name of our connector: Poco::Data's for SQLite, but that a session which can't be opened fails at
/// once. Poco's own tries again for a minute, and whoever wants a session of the pool waits with it.
inline constexpr const char* connector_name = "jackgw-sqlite";

/// Makes Poco::Data know the connector, once in the process. Connections are used by one thread at a time
/// here, so SQLite is told to do without a mutex in each call, unless somebody has used it before.
void register_connector();

/// What names the file to the connector: it opens a file that exists, and never makes one.
std::string connection_string(const std::filesystem::path& file);

/// A session on the file, which exists, with nothing set up yet. Throws SqliteError.
Poco::Data::Session open_session(const std::filesystem::path& file);

}  // namespace jackgw::store::sqlite
