#include "outbox/deliveries/early_reports.h"

#include "conversations/records/name_values.h"
#include "store/seam/words.h"

namespace jackgw::outbox {

void lock_provider_message(store::Transaction& transaction, std::string_view channel,
                           std::string_view provider_message_id) {
    transaction.lock({"provider message", channel, provider_message_id});
}

void keep_early_report(store::Transaction& transaction, const store::StatusUpdate& update) {
    const DeliveryReport& report = update.report;
    const std::optional<std::string_view> state =
        report.state ? std::optional{to_string(*report.state)} : std::nullopt;
    NameValues scopes;
    for (const std::string& scope : update.opt_out_scopes) scopes.emplace_back("scope", scope);
    transaction.db().run(
        "INSERT INTO early_reports (seq, channel, provider_message_id, state, provider_status, error_code,"
        " provider_error_code, error_message, retryable, opted_out, at, opt_out_scopes, resend_limit,"
        " resend_after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        transaction.next_seq(), update.channel, update.provider_message_id, state, report.provider_status,
        report.error_code, report.provider_error_code, report.error_message, report.retryable,
        update.opted_out, update.received_at, conversations::encode(scopes), update.resend.limit,
        update.resend.after.count());
}

std::vector<store::StatusUpdate> take_early_reports(store::Transaction& transaction, std::string_view channel,
                                                    std::string_view provider_message_id) {
    store::Session& db = transaction.db();
    std::vector<store::StatusUpdate> updates;
    {
        store::Statement row = db.query(
            "SELECT state, provider_status, error_code, provider_error_code, error_message, retryable,"
            " opted_out, opt_out_scopes, resend_limit, resend_after, at FROM early_reports"
            " WHERE provider_message_id = ?1 AND channel = ?2 ORDER BY seq",
            provider_message_id, channel);
        while (row.step()) {
            store::StatusUpdate& update = updates.emplace_back();
            update.channel = channel;
            update.provider_message_id = provider_message_id;
            if (!row.is_null(0)) update.report.state = store::known(parse_delivery_state, row.text(0));
            update.report.provider_status = row.text(1);
            update.report.error_code = row.text(2);
            update.report.provider_error_code = row.small(3);
            update.report.error_message = row.text(4);
            update.report.retryable = row.flag(5);
            update.opted_out = row.flag(6);
            for (auto& [name, scope] : conversations::decode_name_values(row.text(7)))
                update.opt_out_scopes.push_back(std::move(scope));
            update.resend = {row.small(8), std::chrono::microseconds{row.integer(9)}};
            update.received_at = row.time(10);
        }
    }
    if (!updates.empty())
        db.run("DELETE FROM early_reports WHERE provider_message_id = ?1 AND channel = ?2",
               provider_message_id, channel);
    return updates;
}

}  // namespace jackgw::outbox
