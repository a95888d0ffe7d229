#include "store/sqlite/connector.h"

#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionFactory.h>
#include <Poco/URI.h>
#include <sqlite3.h>

#include <mutex>

#include "store/sqlite/error.h"

namespace jackgw::store::sqlite {

namespace {

class Connector final : public Poco::Data::SQLite::Connector {
  public:
    const std::string& name() const override {
        static const std::string name = connector_name;
        return name;
    }

    Poco::AutoPtr<Poco::Data::SessionImpl> createSession(const std::string& file, std::size_t) override {
        return Poco::Data::SQLite::Connector::createSession(file, 0);
    }
};

}  // namespace

void register_connector() {
    static std::once_flag once;
    std::call_once(once, [] {
        // Too late if a connection is open already: then the mutexes cost some time, and nothing else.
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        Poco::Data::SessionFactory::instance().add(new Connector);  // which owns it
    });
}

std::string connection_string(const std::filesystem::path& file) {
    std::string encoded;
    Poco::URI::encode(file.string(), "?#%", encoded);
    return "file:" + encoded + "?mode=rw";
}

Poco::Data::Session open_session(const std::filesystem::path& file) {
    register_connector();
    try {
        return Poco::Data::Session(connector_name, connection_string(file));
    } catch (const Poco::Exception& error) {
        throw SqliteError(SQLITE_CANTOPEN, "database " + file.string() + ": " + error.displayText());
    }
}

}  // namespace jackgw::store::sqlite
