#include "outbox_load.h"

#include <exception>
#include <random>

#include "stack.h"

namespace jackgw::test {

struct OutboxLoad::Wish {
    std::string key;
    Json body;
    bool canceled = false;  ///< somebody thinks better of it at once
};

OutboxLoad::OutboxLoad(Options options) : options_(std::move(options)) {
    for (unsigned i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
}

OutboxLoad::~OutboxLoad() {
    stop();
}

void OutboxLoad::allow(std::uint64_t more) {
    const std::lock_guard lock(mutex_);
    allowed_ += more;
    changed_.notify_all();
}

std::uint64_t OutboxLoad::await_acknowledged(std::uint64_t count, std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, longest, [&] { return acknowledged_.size() >= count; });
    return acknowledged_.size();
}

void OutboxLoad::expect_gap() {
    const std::lock_guard lock(mutex_);
    gap_ = true;
}

void OutboxLoad::resume() {
    const std::lock_guard lock(mutex_);
    gap_ = false;
    http_.close_idle();
    changed_.notify_all();
}

void OutboxLoad::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void OutboxLoad::work() {
    for (;;) {
        std::uint64_t number = 0;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return stopping_ || next_ < allowed_; });
            if (stopping_) return;
            number = next_++;
        }
        const Wish wanted = wish(number);
        while (!insist(wanted))
            if (!rest()) return;
    }
}

OutboxLoad::Wish OutboxLoad::wish(std::uint64_t number) const {
    std::mt19937_64 random(options_.seed + number);
    const auto one_of = [&](const std::vector<std::string>& all) { return all[random() % all.size()]; };
    Wish wish;
    wish.key = "load-" + std::to_string(number);
    wish.body = {{"channel", "sms"},
                 {"content", "text number " + std::to_string(number)},
                 {"from", one_of(options_.senders)},
                 {"to", one_of(options_.recipients)},
                 {"priority", random() % 5 == 0 ? "urgent" : "standard"}};
    const auto fate = random() % 40;
    // A moment is part of the request, and so must be the same whenever it is repeated.
    if (fate == 0)
        wish.body["expiresAt"] =
            to_iso8601(std::chrono::time_point_cast<Timestamp::duration>(std::chrono::system_clock::now()) +
                       std::chrono::seconds{2});
    wish.canceled = fate == 1;
    return wish;
}

/// One try; true: no further one is needed.
bool OutboxLoad::insist(const Wish& wish) {
    try {
        const Answer answer = http_.request("POST", options_.url + "/api/v1/messages",
                                            {{"Authorization", std::string("Bearer ") + api_token},
                                             {"Content-Type", "application/json"},
                                             {"Idempotency-Key", wish.key}},
                                            wish.body.dump());
        if (answer.status == 503) {  // it has hardly been born
            ++repeats_;
            return false;
        }
        if (answer.status != 202) {
            // The one refusal that is right: it was too late before the first try got through.
            const bool late = wish.body.contains("expiresAt") && answer.status == 422;
            const std::lock_guard lock(mutex_);
            if (!late) complaints_.push_back(std::to_string(answer.status) + " " + answer.body);
            return true;
        }
        const std::string id = answer.data().at("id");
        {
            const std::lock_guard lock(mutex_);
            acknowledged_.push_back({id, wish.body.at("content"), wish.body.at("from"), wish.body.at("to")});
            changed_.notify_all();
        }
        if (wish.canceled) cancel(id);
        return true;
    } catch (const std::exception&) {
        ++repeats_;
        return false;
    }
}

/// Whether it was in time is for the gateway to say.
void OutboxLoad::cancel(const std::string& id) {
    try {
        http_.request("POST", options_.url + "/api/v1/messages/" + id + "/cancel",
                      {{"Authorization", std::string("Bearer ") + api_token}});
    } catch (const std::exception&) {
        return;
    }
}

/// False: the load ends.
bool OutboxLoad::rest() {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, std::chrono::milliseconds{gap_ ? 100 : 10}, [this] { return stopping_; });
}

}  // namespace jackgw::test
