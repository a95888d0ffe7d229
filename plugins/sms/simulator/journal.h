#pragma once

#include <fstream>
#include <string>

#include "account.h"

namespace jackgw::sms::simulator {

/// Keeps an account in a file, so that a restarted simulator still knows what it accepted: a line of JSON for
/// every change, the last one about a thing counts. A torn last line (the process was killed) is ignored.
/// Called by the account under its lock, so from one thread at a time.
class Journal final : public Account::Observer {
  public:
    /// Throws std::runtime_error, naming the file, if it can't be read or written.
    explicit Journal(std::string file);

    /// Reads what an earlier run left into the account and rewrites the file without what is outdated.
    void restore(Account& account);

    void message_changed(const Message& message) override;
    void message_removed(const std::string& sid) override;
    void opt_out_changed(const std::string& sender, const std::string& guest, bool opted_out) override;

  private:
    void append(const std::string& line);

    const std::string file_;
    std::ofstream out_;
};

}  // namespace jackgw::sms::simulator
