#pragma once

#include "api/route.h"
#include "model/channel.h"
#include "store/desk.h"
#include "store/readers.h"

namespace jackgw::api {

class Body;

/// /guests: who writes to the hotel, with their addresses and what they said about getting messages.
class GuestsResource {
  public:
    GuestsResource(store::Readers& readers, store::Desk& desk, const ChannelDirectory& channels);

    Routes routes();

  private:
    http::Response list(const Call& call);
    http::Response get(const Call& call);
    http::Response patch(const Call& call);
    http::Response record_consent(const Call& call);
    http::Response show_consent(const Call& call, const Guest& guest, store::StaffConsentResult result) const;

    std::vector<Guest> find_by_address(const Call& call, const std::string& channel, std::string address);
    /// As the channel writes an address; as it is given where the channel's plugin isn't ready, or the caller
    /// can't see the channel.
    std::string normalize(const Call& call, const std::string& channel, const std::string& address) const;
    store::StaffConsent read_consent(const Call& call, const Guest& guest, const Body& body) const;
    /// Which of a guest's addresses a body means by `channel` and `address`.
    Identity choose_identity(const Call& call, const Guest& guest, const Body& body) const;
    Guest find(const Call& call);

    store::Readers& readers_;
    store::Desk& desk_;
    const ChannelDirectory& channels_;
};

}  // namespace jackgw::api
