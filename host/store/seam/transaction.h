#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "store/seam/session.h"
#include "store/store_clock.h"

namespace jackgw::store {

/// A transaction that writes, as the domain's operations see it. Others may write at the same time: what is
/// read and then written is guarded by a constraint, by FOR UPDATE or by lock(), and a unit that loses a race
/// all the same is run again from its beginning. Belongs to the thread that runs the unit.
class Transaction {
  public:
    Transaction(Session& session, const Moment& now) : session_(session), now_(now) {}
    virtual ~Transaction() = default;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Session& db() { return session_; }

    /// The moment of this transaction: one for all that it does.
    const Moment& now() const { return now_; }

    /// A new id that sorts behind the earlier ones of this process.
    virtual std::string next_id() = 0;

    /// The next number of the store: the order of whatever is stored. A unit that fails leaves a gap, never a
    /// number that comes twice.
    virtual std::int64_t next_seq() = 0;

    /// The run of the program that this transaction belongs to: a number of the table `runs`.
    virtual std::int64_t run() const = 0;

    /// From here to the transaction's end nobody else passes who names the same thing: for what is read to
    /// find that it isn't there, which no lock on a row can guard.
    virtual void lock(std::initializer_list<std::string_view> name) = 0;

    /// Whoever waits for work of the outbox is woken after the commit.
    virtual void outbox_changed() = 0;

  private:
    Session& session_;
    const Moment now_;
};

}  // namespace jackgw::store
