/// jackgw.conversations/1 in C++.
#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/ext/conversations.h>

#include <string>

namespace jackgw::plugin {

/// What the host answered to a report. `status` other than JACKGW_OK: nothing was stored, `error` says why.
struct Reported {
    jackgw_status status = JACKGW_E_FAILED;
    int32_t result = 0;  ///< JACKGW_STORED, JACKGW_DUPLICATE, JACKGW_STATUS_…
    std::string error;

    bool ok() const noexcept { return status == JACKGW_OK; }
};

/// Reports to the host, each one durable transaction. Safe from any thread, except set_mapper.
class Conversations {
  public:
    explicit Conversations(const Host& host)
        : host_(host.handle()), table_(host.require<jackgw_conversations>(JACKGW_EXT_CONVERSATIONS)) {
        require_member(table_, &jackgw_conversations::receive, "jackgw.conversations/1 receive");
        require_member(table_, &jackgw_conversations::apply_status, "jackgw.conversations/1 apply_status");
        require_member(table_, &jackgw_conversations::record_consent,
                       "jackgw.conversations/1 record_consent");
    }

    /// While the instance is created; the table must live as long as the instance. Throws Failure.
    void set_mapper(const jackgw_mapper& mapper) const {
        require_member(table_, &jackgw_conversations::set_mapper, "jackgw.conversations/1 set_mapper");
        TextSink error;
        check(table_->set_mapper(host_, &mapper, error.sink()), error);
    }

    Reported receive(const jackgw_inbound& message) const {
        jackgw_received out{sizeof out, 0};
        return report(out, [&](jackgw_sink error) { return table_->receive(host_, &message, &out, error); });
    }

    Reported apply_status(const jackgw_status_update& update) const {
        jackgw_status_result out{sizeof out, 0};
        return report(out,
                      [&](jackgw_sink error) { return table_->apply_status(host_, &update, &out, error); });
    }

    Reported record_consent(const jackgw_consent_report& consent) const {
        jackgw_received out{sizeof out, 0};
        return report(
            out, [&](jackgw_sink error) { return table_->record_consent(host_, &consent, &out, error); });
    }

  private:
    template <class Out, class Call>
    static Reported report(const Out& out, Call&& call) {
        TextSink error;
        Reported reported;
        reported.status = call(error.sink());
        reported.result = out.result;
        reported.error = error.take();
        return reported;
    }

    jackgw_host* host_;
    const jackgw_conversations* table_;
};

}  // namespace jackgw::plugin
