#include "../../support/temp_folder.h"
#include "backend.h"
#include "store/sqlite/sqlite_backend.h"

namespace jackgw::test {

namespace {

class SqliteBackend final : public Backend {
  public:
    std::unique_ptr<store::Backend> open(const Clock& clock, IdGenerator& ids) override {
        return store::open_sqlite(folder_ / "jack.db", clock, ids);
    }

  private:
    TempFolder folder_;
};

}  // namespace

std::unique_ptr<Backend> make_backend() {
    return std::make_unique<SqliteBackend>();
}

}  // namespace jackgw::test
