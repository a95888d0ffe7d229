#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace jackgw::plugins {

/// Looks at the ELF headers of an open file and says what is wrong with it, or nothing. The dynamic loader
/// trusts what the headers say about the file's extent: a truncated file kills the process with SIGBUS when
/// it is mapped, so that this has to be found out before. Reads with pread: the file offset doesn't move.
std::optional<std::string> find_elf_fault(int descriptor, std::uint64_t file_size);

}  // namespace jackgw::plugins
