#include "inbound_load.h"

#include <exception>

namespace jackgw::test {

InboundLoad::InboundLoad(Stack& stack, unsigned threads, unsigned guests) : stack_(stack), guests_(guests) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

InboundLoad::~InboundLoad() {
    stop();
}

void InboundLoad::expect_gap() {
    const std::lock_guard lock(mutex_);
    gap_ = true;
}

void InboundLoad::resume() {
    const std::lock_guard lock(mutex_);
    gap_ = false;
    changed_.notify_all();
}

void InboundLoad::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void InboundLoad::work() {
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return;
        }
        const std::uint64_t number = next_++;
        const std::string sid = make_sid(number);
        const std::string from = "+1556" + std::to_string(1'000'000 + number % guests_);
        try {
            const Answer answer = stack_.text(sid, from, "text number " + std::to_string(number));
            const bool taken =
                answer.status == 200 && answer.content_type() == "text/xml" && answer.body == empty_twiml;
            note(sid, from, taken ? "" : std::to_string(answer.status) + " " + answer.body);
        } catch (const std::exception& error) {
            note(sid, from, error.what());
            wait_out_gap();
        }
    }
}

void InboundLoad::note(const std::string& sid, const std::string& from, const std::string& complaint) {
    const std::lock_guard lock(mutex_);
    if (complaint.empty()) {
        acknowledged_.emplace(sid, from);
        ++acknowledged_count_;
    } else {
        complaints_.push_back(complaint);
    }
}

void InboundLoad::wait_out_gap() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !gap_ || stopping_; });
}

}  // namespace jackgw::test
