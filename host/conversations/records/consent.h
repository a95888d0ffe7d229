#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/consent.h"
#include "model/message.h"
#include "store/seam/transaction.h"

namespace jackgw::conversations {

/// What a consent came with; empty where there is none.
struct ConsentContext {
    std::string conversation_id;
    std::string message_id;
    std::string raw;  ///< encoded
};

/// Writes a line of the ledger for each scope, the state that follows, and guest.consent.
void write_consent(store::Transaction& transaction, const Consent& consent, const ConsentContext& context,
                   Timestamp now);

/// A provider said that the recipient of a message wants none from its sender, nor from the other scopes.
/// What the ledger says already isn't repeated, nor what a later opt-in has overtaken.
void write_opt_out(store::Transaction& transaction, const Message& message,
                   const std::vector<std::string>& other_scopes, Timestamp now);

/// Whose word keeps messages from one of our addresses or services away from the guest at the address.
OptOut find_opt_out(store::Session& session, std::string_view channel, std::string_view address,
                    std::string_view scope);

/// True if the guest at the address told staff so.
bool opted_out_of_channel(store::Session& session, std::string_view channel, std::string_view address);

inline bool opted_out(store::Session& session, std::string_view channel, std::string_view address,
                      std::string_view scope) {
    return find_opt_out(session, channel, address, scope) != OptOut::none;
}

}  // namespace jackgw::conversations
