#pragma once

#include <memory>
#include <utility>

#include "store/seam/backend.h"
#include "store/seam/lost_race.h"

namespace jackgw::test {

/// Which statement of the next transaction loses a race; none unless armed. For one thread.
class Race {
  public:
    /// The n-th statement from now on, counted from 1.
    void arm(int n) {
        left_ = n;
        lost_ = false;
    }
    void disarm() { left_ = 0; }
    /// True: the armed race was lost.
    bool lost() const { return lost_; }

    void next_statement() {
        if (left_ == 0 || --left_ > 0) return;
        lost_ = true;
        throw store::LostRace("somebody else was faster");
    }

  private:
    int left_ = 0;
    bool lost_ = false;
};

/// A back end whose units lose races on demand, as those of several hosts do.
class RacingBackend final : public store::Backend {
  public:
    RacingBackend(std::unique_ptr<store::Backend> real, Race& race) : real_(std::move(real)), race_(race) {}

    Moment now() override { return real_->now(); }
    void check() override { real_->check(); }
    void on_outbox_change(std::function<void()> wake) override { real_->on_outbox_change(std::move(wake)); }

  private:
    class RacingSession final : public store::Session {
      public:
        RacingSession(store::Session& real, Race& race) : real_(real), race_(race) {}
        store::PreparedStatement& prepare(std::string_view sql) override {
            race_.next_statement();
            return real_.prepare(sql);
        }

      private:
        store::Session& real_;
        Race& race_;
    };

    class RacingTransaction final : public store::Transaction {
      public:
        RacingTransaction(store::Transaction& real, store::Session& session)
            : Transaction(session, real.now()), real_(real) {}
        std::string next_id() override { return real_.next_id(); }
        std::int64_t next_seq() override { return real_.next_seq(); }
        std::int64_t run() const override { return real_.run(); }
        void lock(std::initializer_list<std::string_view> name) override { real_.lock(name); }
        void outbox_changed() override { real_.outbox_changed(); }

      private:
        store::Transaction& real_;
    };

    void do_read(const std::function<void(store::Session&)>& work) override {
        real_->read([&](store::Session& session) {
            work(session);
            return true;
        });
    }
    void do_write(const std::function<void(store::Transaction&)>& unit) override {
        real_->write([&](store::Transaction& transaction) {
            RacingSession session(transaction.db(), race_);
            RacingTransaction racing(transaction, session);
            unit(racing);
        });
    }

    std::unique_ptr<store::Backend> real_;
    Race& race_;
};

}  // namespace jackgw::test
