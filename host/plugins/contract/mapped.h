#pragma once

#include <jackgw/ext/mapper.h>

#include <optional>
#include <variant>

#include "model/channel.h"
#include "model/problem.h"

namespace jackgw::plugins {

/// What a plugin says a draft becomes, copied out of the contract's struct. Nothing: it can't be used, since
/// it lacks what every version has, or its texts are neither to store nor to show. A text of too many pieces
/// is a problem for the caller. May throw std::bad_alloc.
std::optional<std::variant<Mapped, Problem>> read_mapped(const jackgw_mapped* source);

/// Why a plugin refuses a draft; nothing likewise.
std::optional<Problem> read_problem(const jackgw_problem* source);

}  // namespace jackgw::plugins
