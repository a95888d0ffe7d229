#pragma once

#include <atomic>
#include <source_location>
#include <thread>

#include "base/assert.h"

namespace jackgw {

/// Remembers the one thread that may use something, and ends the program when another one does. For members
/// that go without a mutex because of that: a race would show as a wrong message months later.
///
/// A check costs a nanosecond or two, so it may stand in every function. The id of a thread that has ended
/// may come again: then its successor passes.
class ThreadOwner {
  public:
    /// The calling thread is the owner from now on, unless there is another one.
    void bind(std::source_location where = std::source_location::current()) noexcept {
        std::thread::id owner{};
        if (!owner_.compare_exchange_strong(owner, std::this_thread::get_id(), std::memory_order_relaxed) &&
            owner != std::this_thread::get_id())
            fail(where);
    }

    /// Ends the program unless the calling thread is the owner. Without an owner it becomes that.
    void check(std::source_location where = std::source_location::current()) noexcept {
        if (!is_owner()) [[unlikely]]
            bind(where);
    }

    bool is_owner() const noexcept {
        return owner_.load(std::memory_order_relaxed) == std::this_thread::get_id();
    }

    /// There is no owner any more, whoever calls: for what is handed on, such as to a destructor once the
    /// owner has been joined. What hands it on must also order the memory.
    void release() noexcept { owner_.store({}, std::memory_order_relaxed); }

  private:
    [[noreturn]] static void fail(const std::source_location& where) noexcept {
        assertion_failed(where.function_name(), where.file_name(), static_cast<int>(where.line()),
                         "only the thread that it belongs to may call this");
    }

    std::atomic<std::thread::id> owner_{};
};

}  // namespace jackgw
