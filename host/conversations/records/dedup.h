#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "store/seam/transaction.h"

namespace jackgw::conversations {

/// Remembers a key, made of parts, for ever, with the seq of what was stored for it. Returns the seq that is
/// remembered from before; nothing: the key is new. Only a hash is kept, so that erasing a guest's data need
/// not forget what was received.
std::optional<std::int64_t> remember(store::Transaction& transaction,
                                     std::initializer_list<std::string_view> parts, std::int64_t seq);

}  // namespace jackgw::conversations
