#pragma once

#include <filesystem>
#include <vector>

#include "store/outbox.h"
#include "world.h"

/// The bugs that a simulation can be given.
namespace jackgw::test {

void plant(const World& world, store::DueSummary& due);
std::vector<store::ClaimRequest> plant(const World& world, std::vector<store::ClaimRequest> requests);
store::DoubtAnswer plant(const World& world, store::DoubtAnswer answer);
store::AttemptFinish plant(const World& world, store::AttemptFinish finish);

/// Does to the database what a bug would have done, beside the store.
void sabotage(SendingPlant plant, const std::filesystem::path& file);

}  // namespace jackgw::test
