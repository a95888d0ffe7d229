#pragma once

#include <filesystem>
#include <string>
#include <vector>

struct sqlite3;

namespace jackgw::test {

/// The schema versions of which a dump is kept, ascending; see dumps/README.md.
std::vector<int> dumped_versions();

/// dumps/schema_00N and the ending.
std::filesystem::path dump_file(int version, const std::string& ending);

/// Makes a database of the dump of a version, as the program of that version left it.
void load_dump(int version, const std::filesystem::path& database);

/// A connection of its own to a database file, for what no store tells. Throws std::runtime_error.
class Sqlite {
  public:
    explicit Sqlite(const std::filesystem::path& file);
    ~Sqlite();
    Sqlite(const Sqlite&) = delete;
    Sqlite& operator=(const Sqlite&) = delete;

    /// Runs statements; the rows of them all, each one's values with a blank between them.
    std::vector<std::string> run(const std::string& sql);

  private:
    sqlite3* connection_ = nullptr;
};

}  // namespace jackgw::test
