#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/administration.h"
#include "store/scope.h"
#include "store/seam/transaction.h"

/// Whose is what: the table `channels`, and statements that find only what is in a scope.
namespace jackgw::conversations {

/// The property of a row's `channel`, as a column of it.
inline constexpr std::string_view channels_property =
    "coalesce((SELECT property FROM channels WHERE name = channel), 'main')";

/// " AND …": what a statement's conditions go on with so that it finds only rows whose channel is within the
/// scope, or whose property is; nothing where that is all. The parameters begin with the number `first`, and
/// bind_scope() gives them their values.
std::string and_channel_in(const store::Scope& scope, int first, std::string_view column = "channel");
std::string and_property_in(const store::Scope& scope, int first);
void bind_scope(store::Statement& statement, const store::Scope& scope, int first);

bool includes_channel(store::Session& session, const store::Scope& scope, std::string_view channel);

/// The channels of a scope that isn't all.
std::vector<std::string> list_channels(store::Session& session, const store::Scope& scope);

/// See store::Administration.
void place_channels(store::Transaction& transaction, const std::vector<store::ChannelPlace>& places);

}  // namespace jackgw::conversations
