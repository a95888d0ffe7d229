#pragma once

#include <optional>
#include <string>

#include "store/errors.h"

namespace jackgw::store {

/// The value of a word that was read from a column. A word that isn't known means a damaged file.
template <typename Enum>
Enum known(std::optional<Enum> (*parse)(std::string_view), const std::string& word) {
    const std::optional<Enum> value = parse(word);
    if (!value)
        throw StoreError("the database holds the word '" + word + "', which is none of this program's");
    return *value;
}

}  // namespace jackgw::store
