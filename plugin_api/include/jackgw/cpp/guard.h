/// Where exceptions stop: nothing thrown in C++ crosses the boundary to the host.
#pragma once

#include <jackgw/cpp/text.h>

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace jackgw::plugin {

/// Thrown for a failure that has a status of the contract. The text is for the operator: what, which value,
/// what to do.
class Failure : public std::runtime_error {
  public:
    explicit Failure(const std::string& text, jackgw_status status = JACKGW_E_FAILED)
        : std::runtime_error(text), status_(status) {}

    jackgw_status status() const noexcept { return status_; }

  private:
    jackgw_status status_;
};

/// Runs `work` and turns what it throws into a status and a text in the sink. `work` returns nothing (then
/// the answer is JACKGW_OK) or a jackgw_status.
template <class Work>
jackgw_status guard(jackgw_sink error, Work&& work) noexcept {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            std::forward<Work>(work)();
            return JACKGW_OK;
        } else {
            return std::forward<Work>(work)();
        }
    } catch (const Failure& failure) {
        put(error, failure.what());
        return failure.status();
    } catch (const std::exception& exception) {
        put(error, exception.what());
    } catch (...) {
        put(error, "an exception of an unknown type");
    }
    return JACKGW_E_FAILED;
}

}  // namespace jackgw::plugin
