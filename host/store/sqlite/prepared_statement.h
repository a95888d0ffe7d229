#pragma once

#include <memory>

#include "store/seam/statement.h"

struct sqlite3_stmt;

namespace jackgw::store::sqlite {

/// A statement of one connection's raw handle, prepared once and used again and again: what is hot runs
/// through these, for the reasons of decision 030.
class PreparedStatement final : public store::PreparedStatement {
  public:
    explicit PreparedStatement(sqlite3_stmt* statement) : statement_(statement) {}

    void bind(int index, std::int64_t value) override;
    void bind(int index, std::string_view text) override;
    void bind_null(int index) override;
    bool step() override;
    std::int64_t changes() const override;
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    void release() noexcept override;

    bool in_use() const { return in_use_; }
    void take() { in_use_ = true; }

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    void check_bind(int code) const;

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    bool in_use_ = false;
};

}  // namespace jackgw::store::sqlite
