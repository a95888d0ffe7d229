#pragma once

#include <string>

#include "plugins/contract/text.h"

namespace jackgw::plugins {

/// What a call of a plugin's function led to.
struct CallResult {
    jackgw_status status = JACKGW_E_FAILED;
    std::string error;  ///< in words; empty when the plugin gave none

    bool ok() const { return status == JACKGW_OK; }
};

/// Calls a function of a plugin that returns a status and takes an error sink. The contract forbids
/// exceptions here, but a plugin that throws all the same is the plugin's failure, not the host's end.
template <typename Function, typename... Arguments>
CallResult call_plugin(Function* function, Arguments... arguments) {
    TextSink error;
    try {
        const jackgw_status status = function(arguments..., error.sink());
        return {status, error.text()};
    } catch (...) {
        return {JACKGW_E_FAILED, "it threw an exception over the plugin boundary"};
    }
}

}  // namespace jackgw::plugins
