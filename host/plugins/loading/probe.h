#pragma once

#include <chrono>
#include <filesystem>

#include "plugins/loading/staging.h"

namespace jackgw::plugins {

/// Tries a staged plugin in a child process before it is let into this one: a static constructor that
/// crashes, or a file that the loader chokes on, takes the child down and not the gateway.
///
/// The child is `PROGRAM plugin probe COPY`, executed afresh: a bare fork of a program with threads could do
/// next to nothing.
class Prober {
  public:
    /// `program`: the gateway's own executable.
    explicit Prober(std::filesystem::path program,
                    std::chrono::milliseconds deadline = std::chrono::seconds{20});

    /// Throws PluginError that names `original` and what happened to the child.
    void probe(const StagedFile& staged, const std::filesystem::path& original) const;

  private:
    std::filesystem::path program_;
    std::chrono::milliseconds deadline_;
};

/// What the child does: loads the file, checks its entry, prints a description as one line of JSON. Creates
/// no instance. Returns the exit code: 0, or 1 with the reason on standard error.
int run_probe(const std::filesystem::path& file);

}  // namespace jackgw::plugins
