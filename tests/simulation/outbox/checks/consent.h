#pragma once

#include <map>
#include <string>
#include <utility>

#include "../world.h"

namespace jackgw::test {

/// Nothing is taken or begun for a guest who has opted out, from the moment at which that was acknowledged.
class ConsentCheck {
  public:
    explicit ConsentCheck(World& world) : world_(world) {}

    enum class Said { out, in, doubtful };
    void said(const std::string& sender, const std::string& guest, Said what) {
        said_[{sender, guest}] = what;
    }
    void on_taken(const Entry& entry) {
        if (opted_out(entry)) world_.complain("consent: " + entry.label() + " was taken after an opt-out");
    }
    void on_claim(const Entry& entry) {
        if (opted_out(entry)) world_.complain("consent: " + entry.label() + " goes after an opt-out");
    }
    bool opted_out(const Entry& entry) const {
        const auto found = said_.find({entry.request.from, entry.request.to});
        return found != said_.end() && found->second == Said::out;
    }

  private:
    World& world_;
    std::map<std::pair<std::string, std::string>, Said> said_;
};

}  // namespace jackgw::test
