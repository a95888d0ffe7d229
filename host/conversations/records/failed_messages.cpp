#include "conversations/records/failed_messages.h"

#include <limits>
#include <string>
#include <string_view>

#include "conversations/records/messages.h"
#include "conversations/records/properties.h"

namespace jackgw::conversations {

namespace {

/// What the index of failed messages holds; a statement has to say so to be answered by it.
constexpr std::string_view is_failed =
    "direction = 'outbound' AND delivery_state = 'failed' AND discarded_at IS NULL";

/// Calls each(condition, value) for what the filter names.
template <typename Each>
void for_each_named(const store::FailedFilter& filter, Each each) {
    if (!filter.channel.empty()) each("channel =", filter.channel);
    if (!filter.error_code.empty()) each("error_code =", filter.error_code);
    if (filter.provider_error_code) each("provider_error_code =", *filter.provider_error_code);
    if (filter.since) each("created_at >=", *filter.since);
    if (filter.until) each("created_at <", *filter.until);
    if (filter.retryable) each("retryable =", *filter.retryable);
}

/// The condition that a row is listed and passes filter and scope, with parameters from `first` on. Each
/// combination is a statement of its own, so that what isn't named costs nothing.
std::string passes(const store::FailedFilter& filter, const store::Scope& within, int first) {
    std::string sql(is_failed);
    for_each_named(filter, [&](std::string_view condition, const auto&) {
        sql.append(" AND ").append(condition).append(" ?").append(std::to_string(first++));
    });
    if (filter.retried) sql += *filter.retried ? " AND retried_by <> ''" : " AND retried_by = ''";
    return sql + and_channel_in(within, first);
}

void bind(store::Statement& statement, const store::FailedFilter& filter, const store::Scope& within,
          int first) {
    for_each_named(filter,
                   [&](std::string_view, const auto& value) { statement.bind_value(first++, value); });
    bind_scope(statement, within, first);
}

}  // namespace

store::Page<Message> list_failed_messages(store::Session& session, const store::FailedFilter& filter,
                                          std::optional<std::int64_t> after, std::size_t limit,
                                          const store::Scope& within) {
    store::Statement row =
        session.query("SELECT " + std::string(message_columns) + " FROM messages WHERE seq < ?1 AND " +
                          passes(filter, within, 3) + " ORDER BY seq DESC LIMIT ?2",
                      after.value_or(std::numeric_limits<std::int64_t>::max()), limit + 1);
    bind(row, filter, within, 3);
    store::Page<Message> page;
    while (row.step()) page.items.push_back(read_message(session, row));
    if (page.items.size() <= limit) return page;
    page.items.resize(limit);
    if (limit > 0) page.next = page.items.back().seq;
    return page;
}

std::int64_t count_failed_messages(store::Session& session, const store::FailedFilter& filter,
                                   const store::Scope& within) {
    store::Statement row = session.query("SELECT count(*) FROM messages WHERE " + passes(filter, within, 1));
    bind(row, filter, within, 1);
    return row.step() ? row.integer(0) : 0;
}

std::int64_t discard_failed_messages(store::Transaction& transaction, const store::FailedFilter& filter,
                                     std::size_t limit, const store::Scope& within) {
    // Said twice, since a report may move a message on between the search and the writing.
    store::Statement row = transaction.db().query(
        "UPDATE messages SET discarded_at = ?1, updated_at = ?1 WHERE delivery_state = 'failed'"
        " AND discarded_at IS NULL AND seq IN (SELECT seq FROM messages WHERE " +
            passes(filter, within, 3) + " ORDER BY seq DESC LIMIT ?2)",
        transaction.now().wall, limit);
    bind(row, filter, within, 3);
    while (row.step()) {
    }
    return row.changes();
}

}  // namespace jackgw::conversations
