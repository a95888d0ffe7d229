#pragma once

#include <string>

namespace jackgw {

/// Why a channel can't send a message as it is.
struct Problem {
    std::string field;    ///< as the API names it
    std::string code;     ///< UPPER_SNAKE_CASE
    std::string message;  ///< for people: what is wrong with which value, and what to do
};

}  // namespace jackgw
