#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace jackgw::test {

/// What a store was told to hold, fact by fact, and what it may hold: after an answer nobody heard, or one
/// that said nobody knows, either the old or the new. A fact that was never told of is absent.
class Ledger {
  public:
    using Facts = std::map<std::string, std::string>;  // what is found; what is absent isn't there

    static const std::string absent;

    void acknowledged(const std::string& fact, const std::string& value) { possible_[fact] = {value}; }
    /// It may have become so.
    void doubtful(const std::string& fact, const std::string& value);

    /// The one value that it can have now; empty: there are several.
    std::string sure(const std::string& fact) const;

    /// What is wrong with what was found.
    std::vector<std::string> complaints(const Facts& found) const;
    /// What was found after a start is durable: it stays so.
    void settle(const Facts& found);

  private:
    std::map<std::string, std::set<std::string>> possible_;
};

}  // namespace jackgw::test
