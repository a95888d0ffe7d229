#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "../../support/unused_outbox.h"
#include "base/errors.h"
#include "store/errors.h"
#include "store/outbox.h"

namespace jackgw::test {

/// The outbox of a Store in memory, first come first served, with failures on demand. Safe from any thread.
class FakeOutbox final : public UnusedOutbox {
  public:
    enum class State { waiting, in_flight, accepted, failed, unknown };

    struct Row {
        std::string id;
        store::Lane lane;
        std::string to;
        std::int32_t segments = 1;
        State state = State::waiting;
        Timestamp due_at{};
        std::int32_t attempts = 0;
        std::string attempt_id;
        bool left = false;  ///< in flight since an earlier life
    };

    static constexpr auto life = std::chrono::hours{10};

    explicit FakeOutbox(const Clock& clock) : clock_(clock) {}

    void add(std::string id, store::Lane lane, std::string to, std::int32_t segments = 1,
             Timestamp due_at = {}) {
        const std::lock_guard lock(mutex_);
        rows_.push_back(
            {std::move(id), std::move(lane), std::move(to), segments, State::waiting, due_at, 0, {}, false});
    }

    /// All lanes are held, and a probe of each is due.
    void hold() {
        const std::lock_guard lock(mutex_);
        probing_ = true;
    }

    store::DueSummary promote_due() override {
        const Timestamp now = clock_.now();
        const std::lock_guard lock(mutex_);
        ++promotions_;
        if (promotions_that_fail_ > 0) {
            --promotions_that_fail_;
            throw Unavailable("the disk is full");
        }
        store::DueSummary due;
        due.expired = std::exchange(expire_at_a_look_, {});
        std::map<store::Lane, store::LaneStatus> lanes;
        for (const Row& row : rows_) {
            const bool head = is_head(row, now);
            if (head && ready(row, now)) {
                auto& status =
                    lanes.try_emplace(row.lane, store::LaneStatus{row.lane, 0, row.segments, probing_})
                        .first->second;
                ++status.ready;
            }
            if (head && row.due_at > now && row.state != State::in_flight)
                due.next_due_in =
                    std::min<std::chrono::microseconds>(due.next_due_in.value_or(life), row.due_at - now);
        }
        for (const auto& [lane, status] : lanes)
            if (!held_.contains(lane)) due.lanes.push_back(status);
        return due;
    }

    store::ClaimResult claim(const std::vector<store::ClaimRequest>& requests,
                             std::chrono::microseconds) override {
        const std::lock_guard lock(mutex_);
        if (on_claim_call) on_claim_call();
        store::ClaimResult result;
        result.expired = std::exchange(expire_at_a_claim_, {});
        for (const store::ClaimRequest& request : requests) {
            if (on_claim) on_claim(request.lane);
            std::int64_t segments = request.max_segments;
            for (std::size_t i = 0; i < request.max_messages; ++i) {
                Row* row = next(request.lane);
                if (row == nullptr || (i > 0 && row->segments > segments)) break;
                segments -= row->segments;
                result.claims.push_back(take(*row));
            }
        }
        return result;
    }

    store::FinishResult finish_attempt(const store::AttemptFinish& finish) override {
        std::function<void()> wake;
        {
            const std::lock_guard lock(mutex_);
            ++finish_calls_;
            if (finishes_that_fail_ > 0) {
                --finishes_that_fail_;
                throw Unavailable("the disk is full");
            }
            const auto row = std::ranges::find(rows_, finish.attempt_id, &Row::attempt_id);
            if (row == rows_.end() || row->state != State::in_flight) return {};
            finished_.push_back(finish);
            apply(*row, finish);
            wake = wake_;
        }
        if (wake) wake();
        return {.recorded = true, .stays_due = false, .changes = {}};
    }

    std::int64_t recover(std::chrono::microseconds settle_for) override {
        const std::lock_guard lock(mutex_);
        recovered_.push_back(settle_for);
        std::int64_t count = 0;
        for (Row& row : rows_) {
            if (row.state != State::in_flight || !row.left) continue;
            row.state = State::unknown;
            row.due_at = clock_.now() + settle_for;
            ++count;
        }
        return count;
    }

    void on_outbox_change(std::function<void()> wake) override {
        const std::lock_guard lock(mutex_);
        wake_ = std::move(wake);
    }

    void wake() {
        std::function<void()> call;
        {
            const std::lock_guard lock(mutex_);
            call = wake_;
        }
        call();
    }

    // What tests ask and arrange

    void fail_promotions(int count) {
        with_lock([&] { promotions_that_fail_ = count; });
    }
    void fail_finishes(int count) {
        with_lock([&] { finishes_that_fail_ = count; });
    }
    /// The next look, the next claim finds so many that have expired.
    void expire(store::Expired at_a_look, store::Expired at_a_claim) {
        with_lock([&] {
            expire_at_a_look_ = std::move(at_a_look);
            expire_at_a_claim_ = std::move(at_a_claim);
        });
    }
    void leave_in_flight(const std::string& id) {
        with_lock([&] {
            Row& row = *std::ranges::find(rows_, id, &Row::id);
            row.state = State::in_flight;
            row.left = true;
            row.attempt_id = id + "#" + std::to_string(++row.attempts);
        });
    }
    void release(const store::Lane& lane) {
        with_lock([&] { held_.erase(lane); });
    }

    int promotions() const { return copy(promotions_); }
    int finish_calls() const { return copy(finish_calls_); }
    std::vector<std::string> claimed() const { return copy(claimed_); }
    std::vector<store::AttemptFinish> finished() const { return copy(finished_); }
    std::map<store::Lane, std::string> held() const { return copy(held_); }
    std::vector<std::chrono::microseconds> recovered() const { return copy(recovered_); }
    State state(const std::string& id) const {
        const std::lock_guard lock(mutex_);
        return std::ranges::find(rows_, id, &Row::id)->state;
    }

    /// Called once for each claim. Set before the store is used.
    std::function<void()> on_claim_call;
    /// Called inside claim for each lane; may throw. Set before the store is used.
    std::function<void(const store::Lane&)> on_claim;

  private:
    static bool ready(const Row& row, Timestamp now) {
        return row.state == State::waiting && row.due_at <= now;
    }

    /// The first of its recipient that isn't done; an unknown one counts until it has settled.
    bool is_head(const Row& row, Timestamp now) const {
        for (const Row& other : rows_) {
            if (other.lane != row.lane || other.to != row.to) continue;
            if (&other == &row) return other.state != State::accepted && other.state != State::failed;
            if (other.state == State::waiting || other.state == State::in_flight ||
                (other.state == State::unknown && other.due_at > now))
                return false;
        }
        return false;
    }

    void apply(Row& row, const store::AttemptFinish& finish) {
        switch (finish.outcome.kind) {
            case OutcomeKind::accepted:
                row.state = State::accepted;
                break;
            case OutcomeKind::rejected:
                row.state = State::failed;
                break;
            case OutcomeKind::refused_for_now:
                row.state = finish.retry_after ? State::waiting : State::failed;
                if (finish.retry_after) row.due_at = clock_.now() + *finish.retry_after;
                break;
            case OutcomeKind::misconfigured:
                row.state = State::waiting;
                --row.attempts;
                held_[row.lane] = finish.outcome.error_code;
                break;
            case OutcomeKind::unknown:
                row.state = State::unknown;
                row.due_at = clock_.now() + finish.settle_for.value();
                break;
        }
    }

    Row* next(const store::Lane& lane) {
        const Timestamp now = clock_.now();
        for (Row& row : rows_)
            if (row.lane == lane && is_head(row, now) && ready(row, now)) return &row;
        return nullptr;
    }

    store::Claim take(Row& row) {
        row.state = State::in_flight;
        row.attempt_id = row.id + "#" + std::to_string(++row.attempts);
        claimed_.push_back(row.id);
        store::Claim claim;
        claim.message_id = row.id;
        claim.attempt_id = row.attempt_id;
        claim.attempt_number = row.attempts;
        claim.lane = row.lane;
        claim.to = row.to;
        claim.content = "Hello";
        claim.segments = row.segments;
        claim.expires_at = clock_.now() + life;
        return claim;
    }

    template <typename Work>
    void with_lock(Work work) {
        const std::lock_guard lock(mutex_);
        work();
    }
    template <typename Value>
    Value copy(const Value& value) const {
        const std::lock_guard lock(mutex_);
        return value;
    }

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::vector<Row> rows_;
    std::map<store::Lane, std::string> held_;
    std::function<void()> wake_;
    store::Expired expire_at_a_look_;
    store::Expired expire_at_a_claim_;
    int promotions_ = 0;
    bool probing_ = false;
    int promotions_that_fail_ = 0;
    int finish_calls_ = 0;
    int finishes_that_fail_ = 0;
    std::vector<std::string> claimed_;
    std::vector<store::AttemptFinish> finished_;
    std::vector<std::chrono::microseconds> recovered_;
};

}  // namespace jackgw::test
