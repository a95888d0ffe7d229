#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jackgw::bench {

/// Signed webhooks as the provider sends them, one guest's text each: 19 parameters, a message SID that never
/// comes twice, senders in turn. All is computed beforehand but for putting the pieces together: writing one
/// is a copy of its template with SID, sender and signature filled in.
class SignedRequests {
  public:
    /// `count` requests whose SIDs are made of `first` and the numbers behind it.
    SignedRequests(std::uint64_t first, std::size_t count, std::uint32_t senders);

    std::size_t size() const { return signatures_.size(); }

    /// Puts request number `index`, head and body, into `out`.
    void write(std::size_t index, std::string& out) const;

  private:
    /// A whole request with places of fixed width to fill in.
    struct Template {
        std::string request;
        std::vector<std::size_t> sids;
        std::size_t sender = 0;
        std::size_t signature = 0;
    };
    static Template make_template(std::string_view text);

    std::uint64_t first_;
    std::uint32_t senders_;
    std::vector<Template> templates_;
    std::vector<std::string> signatures_;
};

}  // namespace jackgw::bench
