/// jackgw.reconcile/1 in C++.
#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/ext/reconcile.h>

#include <optional>
#include <string>
#include <string_view>

namespace jackgw::plugin {

/// What became of a doubtful attempt; jackgw_reconciled with texts of its own.
struct Reconciled {
    int32_t kind = JACKGW_RECONCILED_CANT_TELL;
    std::string provider_message_id{};  ///< taken: this and the next seven
    std::string provider_status{};
    int32_t delivery = JACKGW_DELIVERY_UNCHANGED;
    int32_t provider_error_code = 0;
    std::string error_code{};
    std::string error_message{};
    uint32_t flags = 0;
    int32_t segments = 0;
    std::string reason{};  ///< can't tell: why, for the operator

    void put(jackgw_reconciled_sink sink) const {
        jackgw_reconciled raw{};
        raw.struct_size = sizeof raw;
        raw.kind = kind;
        raw.provider_message_id = str(provider_message_id);
        raw.provider_status = str(provider_status);
        raw.delivery = delivery;
        raw.provider_error_code = provider_error_code;
        raw.error_code = str(error_code);
        raw.error_message = str(error_message);
        raw.flags = flags;
        raw.segments = segments;
        raw.reason = str(reason);
        sink.put(sink.target, &raw);
    }
};

/// The answer for want of a better one.
inline Reconciled cant_tell(std::string reason) {
    Reconciled answer;
    answer.reason = std::move(reason);
    return answer;
}

/// Registers a reconciler, and asks whose a message of the provider's is. Safe from any thread, except
/// set_reconciler.
class Reconcile {
  public:
    /// Nothing from a host that doesn't reconcile.
    static std::optional<Reconcile> find(const Host& host) {
        const auto* table = host.find<jackgw_reconcile>(JACKGW_EXT_RECONCILE);
        if (!offers(table, &jackgw_reconcile::set_reconciler) || !offers(table, &jackgw_reconcile::owner))
            return std::nullopt;
        return Reconcile(host.handle(), table);
    }

    /// While the instance is created; the table must live as long as the instance. Throws Failure.
    void set_reconciler(const jackgw_reconciler& reconciler) const {
        TextSink error;
        check(table_->set_reconciler(host_, &reconciler, error.sink()), error);
    }

    /// When the attempt of ours began that owns the message; nothing: none does, as far as the host knows.
    /// Throws Failure.
    std::optional<jackgw_time_us> owner(std::string_view provider_message_id) const {
        jackgw_message_owner out{};
        out.struct_size = sizeof out;
        TextSink error;
        check(table_->owner(host_, str(provider_message_id), &out, error.sink()), error);
        return out.known != 0 ? std::optional(out.attempt_started_at) : std::nullopt;
    }

  private:
    Reconcile(jackgw_host* host, const jackgw_reconcile* table) : host_(host), table_(table) {}

    jackgw_host* host_;
    const jackgw_reconcile* table_;
};

}  // namespace jackgw::plugin
