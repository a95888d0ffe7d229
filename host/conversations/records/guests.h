#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/guest.h"
#include "store/scope.h"
#include "store/seam/transaction.h"

namespace jackgw::conversations {

/// The id of the guest who is known under an address; empty: nobody.
std::string find_guest(store::Session& session, std::string_view channel, std::string_view address);

/// The guest who is known under the address, made if there is none.
std::string identify_guest(store::Transaction& transaction, const Identity& identity, Timestamp now);

std::optional<Guest> load_guest(store::Session& session, std::string_view id,
                                const store::Scope& within = {});

}  // namespace jackgw::conversations
