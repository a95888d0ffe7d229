#pragma once

#include <functional>
#include <string>

namespace jackgw::test {

/// What came of asking the store for something.
enum class Answer { done, refused, unknown, unheard };

/// The way to the store, on which the disk fails now and then and the process dies.
class StoreAccess {
  public:
    virtual ~StoreAccess() = default;

    /// The process has died, and hasn't started again.
    virtual bool dead() const = 0;
    /// Lets the store do something, perhaps badly; throws what the store throws, and Unavailable where it is
    /// dead by then.
    virtual void pass(const std::function<void()>& work) = 0;
};

}  // namespace jackgw::test
