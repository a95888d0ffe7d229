#pragma once

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "store/seam/session.h"
#include "store/seam/transaction.h"
#include "store/store_clock.h"

namespace jackgw::store {

/// A database that the domain's operations run on. It keeps the schema, groups and repeats transactions, and
/// wakes who waits. Safe from any thread, but for the threads that run units.
class Backend {
  public:
    virtual ~Backend() = default;

    /// The present moment by the store's clock.
    virtual Moment now() = 0;

    /// Runs `work(Session&)` in a transaction that only reads: all that it reads is of one moment, the latest
    /// commit or later. Throws Unavailable or StoreError.
    template <typename Work>
    auto read(Work&& work) {
        std::optional<std::invoke_result_t<Work, Session&>> result;
        do_read([&](Session& session) { result.emplace(work(session)); });
        return std::move(*result);
    }

    /// Runs `unit(Transaction&)` in a transaction; when it returns, all that the unit wrote is durable. A
    /// unit that loses a race is run again, so it must not do anything but through the transaction. Throws
    /// what the unit threw, Unavailable or StoreError: then nothing of it was stored, nor is it after a
    /// crash. Throws OutcomeUnknown if the disk leaves that open: then all or nothing of it is there after
    /// the next start, before which nothing more is written.
    template <typename Unit>
    auto write(Unit&& unit) {
        using Result = std::invoke_result_t<Unit, Transaction&>;
        if constexpr (std::is_void_v<Result>) {
            do_write([&](Transaction& transaction) { unit(transaction); });
        } else {
            std::optional<Result> result;
            do_write([&](Transaction& transaction) { result.emplace(unit(transaction)); });
            return std::move(*result);
        }
    }

    /// Throws Unavailable or StoreError if the database can't be written to, or doesn't answer, within a few
    /// seconds. May be asked often.
    virtual void check() = 0;

    /// Calls `wake` after each commit that changed the outbox. Set once, before other threads use the store;
    /// it must return at once and must not call the store.
    virtual void on_outbox_change(std::function<void()> wake) = 0;

  private:
    virtual void do_read(const std::function<void(Session&)>& work) = 0;
    virtual void do_write(const std::function<void(Transaction&)>& unit) = 0;
};

}  // namespace jackgw::store
