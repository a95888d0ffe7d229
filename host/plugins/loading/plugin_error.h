#pragma once

#include "base/errors.h"

namespace jackgw::plugins {

/// A plugin can't be loaded, created or started. The text names the file and the cause.
class PluginError : public Error {
  public:
    using Error::Error;
};

/// The configuration gives a channel's options wrong values: the text has all faults. A gateway doesn't start
/// with it.
class OptionError : public PluginError {
  public:
    using PluginError::PluginError;
};

}  // namespace jackgw::plugins
