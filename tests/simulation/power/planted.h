#pragma once

#include <filesystem>
#include <memory>

#include "simulation.h"
#include "store/seam/backend.h"
#include "store/sqlite/steps.h"

/// The bugs that a simulation can be given. Those of the disk are the disk's.
namespace jackgw::test {

/// Leaves a step out.
void plant_steps(Plant plant, store::sqlite::Steps& steps);

/// Wraps the back end in one that does it wrongly.
std::unique_ptr<store::Backend> plant_backend(Plant plant, std::unique_ptr<store::Backend> real);

/// Does to the database what a bug would have done, while the store is closed, or beside it.
void sabotage_closed(Plant plant, const std::filesystem::path& file);
void sabotage_running(Plant plant, const std::filesystem::path& file);

}  // namespace jackgw::test
