#pragma once

#include <stdexcept>
#include <string>

#include "store/outbox.h"

namespace jackgw::test {

/// An outbox of which nothing is expected: every operation throws std::logic_error. Fakes override what their
/// test uses.
class UnusedOutbox : public store::Outbox {
  public:
    store::DueSummary promote_due() override { unexpected("promote_due"); }
    store::ClaimResult claim(const std::vector<store::ClaimRequest>&, std::chrono::microseconds) override {
        unexpected("claim");
    }
    store::FinishResult finish_attempt(const store::AttemptFinish&) override { unexpected("finish_attempt"); }
    std::int64_t recover(std::chrono::microseconds) override { unexpected("recover"); }
    store::DueDoubts due_doubts(std::string_view, std::size_t) override { unexpected("due_doubts"); }
    store::DoubtChange note_doubt(const store::DoubtAnswer&) override { unexpected("note_doubt"); }
    store::OverdueDeliveries overdue_deliveries(std::string_view, const store::LookUpWaits&,
                                                std::size_t) override {
        unexpected("overdue_deliveries");
    }
    bool note_look_up(std::string_view, store::LookUpNote) override { unexpected("note_look_up"); }
    void on_outbox_change(std::function<void()>) override { unexpected("on_outbox_change"); }

  private:
    [[noreturn]] static void unexpected(const char* operation) {
        throw std::logic_error(std::string("the test did not expect Outbox::") + operation);
    }
};

}  // namespace jackgw::test
