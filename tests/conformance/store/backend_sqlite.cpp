#include "../../support/temp_folder.h"
#include "backend.h"
#include "storage/open_store.h"

namespace jackgw::test {

namespace {

class SqliteBackend final : public Backend {
  public:
    std::unique_ptr<store::Store> open(const Clock& clock, IdGenerator& ids) override {
        return storage::open_store(folder_ / "jack.db", clock, ids);
    }

  private:
    TempFolder folder_;
};

}  // namespace

std::unique_ptr<Backend> make_backend() {
    return std::make_unique<SqliteBackend>();
}

}  // namespace jackgw::test
