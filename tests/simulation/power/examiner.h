#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger.h"

namespace jackgw::test {

/// Reads a database by SQL of its own, beside the store, and judges what must hold in it whatever happened:
/// that it is whole, that nothing is there by half, that no number was given twice, and that no message has
/// two attempts without an outcome.
class Examiner {
  public:
    explicit Examiner(std::filesystem::path file) : file_(std::move(file)) {}

    struct Finding {
        Ledger::Facts facts;
        std::set<std::string> attempts;  // their ids
        std::vector<std::string> complaints;
    };

    /// `settled`: what is found is durable, and numbers seen now stay with what they were given to.
    Finding look(bool settled);

  private:
    const std::filesystem::path file_;
    std::map<std::int64_t, std::string> numbers_;
};

}  // namespace jackgw::test
