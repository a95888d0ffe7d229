#include "sms/webhooks/status_reports.h"

#include <string>
#include <vector>

#include "sms/answers/provider_errors.h"
#include "sms/webhooks/statuses.h"

namespace jackgw::sms {

namespace {

using plugin::str;

std::string why_failed(std::int32_t code, std::string_view message) {
    std::string words = describe_error(code, message);
    return words.empty() ? "Twilio did not say why it failed." : words;
}

}  // namespace

StatusReports::StatusReports(const Options& options, const plugin::Conversations& conversations,
                             const plugin::Log& log, Faults& faults)
    : senders_(options.senders),
      resending_(options.resending),
      conversations_(conversations),
      log_(log),
      faults_(faults) {}

plugin::Reported StatusReports::report(const SaidStatus& said, std::string_view attempt_id, jackgw_pairs raw,
                                       jackgw_time_us received_at) const {
    const std::int32_t delivery = delivery_of(said.word);
    const bool failed = said.code != 0 || delivery == JACKGW_DELIVERY_FAILED;
    const std::string words = failed ? why_failed(said.code, said.message) : "";

    // Where Twilio names a number of the service's pool, the guest has opted out of both.
    std::vector<jackgw_str> scopes;
    if ((failure_flags(said.code) & JACKGW_FAILURE_OPTED_OUT) != 0 &&
        !(said.from.empty() && said.service.empty())) {
        for (const std::string_view scope : senders_.scopes(said.from, said.service, {}))
            scopes.push_back(str(scope));
    }

    jackgw_status_update update{};
    update.struct_size = sizeof update;
    update.delivery = delivery;
    update.attempt_id = str(attempt_id);
    update.provider_message_id = str(said.sid);
    update.provider_status = str(said.word);
    if (failed) update.error_code = str(provider_error(said.code).name);
    update.provider_error_code = said.code;
    update.flags = failure_flags(said.code);
    update.error_message = str(words);
    update.raw = raw;
    update.received_at = received_at;
    update.opt_out_scopes = plugin::strs(scopes);
    if (delivery == JACKGW_DELIVERY_FAILED && is_surely_undelivered(said.code)) {
        update.resend_limit = resending_.limit;
        update.resend_after_ms = resending_.after_ms;
    }
    plugin::Reported reported = conversations_.apply_status(update);
    if (reported.ok() && reported.result == JACKGW_STATUS_APPLIED) tell(said, delivery, words);
    return reported;
}

void StatusReports::tell(const SaidStatus& said, std::int32_t delivery, const std::string& words) const {
    const std::string_view sender = said.service.empty() ? said.from : said.service;
    const std::string& account = senders_.account_of(sender);
    if (delivery == JACKGW_DELIVERY_DELIVERED) {
        faults_.clear(FaultScope::account, account);
        faults_.clear(FaultScope::sender, sender);
    }
    if (words.empty()) return;
    const std::string line = "message " + std::string(said.sid) + " failed: " + words;
    const ProviderError error = provider_error(said.code);
    // What an operator has to see to; the next ones will fail, too, unless only this one is concerned.
    const bool for_operators =
        error.kind == ErrorClass::configuration || error.kind == ErrorClass::restricted;
    if (!for_operators) return log_.warning(line);
    log_.error(line);
    if (error.kind != ErrorClass::configuration) return;
    if (error.concerns == Concerns::account) {
        faults_.note(FaultScope::account, account, "account " + account + ": " + words);
    } else {
        faults_.note(FaultScope::sender, sender, std::string(sender) + ": " + words);
    }
}

}  // namespace jackgw::sms
