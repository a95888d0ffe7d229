#include "conversations/inbox.h"

#include <algorithm>
#include <optional>

#include "base/ids.h"
#include "base/utf8.h"

namespace jackgw::conversations {

namespace {

/// Repairs a text and cuts it to `limit` bytes, never inside a character.
std::string tidy(const std::string& text, std::size_t limit) {
    std::string repaired = repair_utf8(text);
    if (repaired.size() <= limit) return repaired;
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(repaired[end]) & 0xc0) == 0x80) --end;
    repaired.resize(end);
    return repaired;
}

/// What identifies something must come as it is: repairing or cutting could make two things one.
std::optional<BadReport> check_identifier(std::string_view name, std::string_view value, std::size_t limit) {
    if (value.empty()) return BadReport{std::string(name) + " is missing"};
    if (value.size() > limit)
        return BadReport{std::string(name) + " has " + std::to_string(value.size()) + " bytes, at most " +
                         std::to_string(limit) + " are allowed"};
    if (!is_valid_utf8(value) || value.find('\0') != std::string_view::npos)
        return BadReport{std::string(name) + " is not valid UTF-8 without NUL"};
    return std::nullopt;
}

std::vector<Media> tidy_media(std::vector<Media> media) {
    std::erase_if(media,
                  [](const Media& item) { return item.url.empty() || item.url.size() > Inbox::max_url; });
    if (media.size() > Inbox::max_media) media.resize(Inbox::max_media);
    for (Media& item : media) {
        item.url = repair_utf8(item.url);
        item.content_type = tidy(item.content_type, Inbox::max_word);
    }
    return media;
}

std::optional<BadReport> tidy_consent(Consent& consent) {
    if (auto bad = check_identifier("consent.address", consent.address, Inbox::max_address)) return bad;
    if (consent.scopes.empty())
        return BadReport{"consent.scopes is empty: name at least one of our addresses or services"};
    for (const std::string& scope : consent.scopes)
        if (auto bad = check_identifier("consent.scopes", scope, Inbox::max_address)) return bad;
    std::ranges::sort(consent.scopes);
    const auto repeated = std::ranges::unique(consent.scopes);
    consent.scopes.erase(repeated.begin(), repeated.end());
    consent.source = tidy(consent.source, Inbox::max_word);
    consent.keyword = tidy(consent.keyword, Inbox::max_word);
    return std::nullopt;
}

}  // namespace

Inbox::Inbox(store::GuestWrites& guests, store::Reports& reports, const Clock& clock, Observer observer)
    : guests_(guests), reports_(reports), clock_(clock), observer_(std::move(observer)) {}

std::variant<store::ReceiveResult, BadReport> Inbox::receive(InboundMessage message) {
    if (auto bad = check_identifier("provider_message_id", message.provider_message_id, max_id)) return *bad;
    if (auto bad = check_identifier("from", message.from, max_address)) return *bad;
    if (auto bad = check_identifier("to", message.to, max_address)) return *bad;
    // Answers go from `to` then; the message itself lacks nothing.
    if (check_identifier("reply_from", message.reply_from, max_address)) message.reply_from.clear();
    if (message.consent) {
        message.consent->channel = message.channel;
        if (auto bad = tidy_consent(*message.consent)) return *bad;
    }
    message.content = tidy(message.content, max_content);
    message.encoding = tidy(message.encoding, max_word);
    message.provider_status = tidy(message.provider_status, max_word);
    message.segments = std::max(message.segments, 0);
    message.media = tidy_media(std::move(message.media));
    message.received_at = time_or_now(message.received_at);

    store::ReceiveResult result = guests_.receive(message);
    if (!result.duplicate && observer_.received) observer_.received(message.channel, message.segments);
    return result;
}

std::variant<store::StatusResult, BadReport> Inbox::apply_status(store::StatusUpdate update) {
    if (auto bad = check_identifier("provider_message_id", update.provider_message_id, max_id)) return *bad;
    // It travels through a URL that others can see: what isn't an id of ours is as good as none.
    if (!is_uuid(update.attempt_id)) update.attempt_id.clear();
    update.report.provider_status = tidy(update.report.provider_status, max_word);
    update.report.error_code = tidy(update.report.error_code, max_word);
    update.report.error_message = tidy(update.report.error_message, max_error_text);
    // The report counts without them.
    std::erase_if(update.opt_out_scopes, [](const std::string& scope) {
        return check_identifier("opt_out_scopes", scope, max_address).has_value();
    });
    update.received_at = time_or_now(update.received_at);

    const store::StatusResult result = reports_.apply_status(update);
    if (result == store::StatusResult::applied && observer_.status_applied)
        observer_.status_applied(update.channel, update.report);
    return result;
}

std::variant<bool, BadReport> Inbox::record_consent(store::ConsentReport report) {
    if (!report.dedup_key.empty())
        if (auto bad = check_identifier("dedup_key", report.dedup_key, max_id)) return *bad;
    if (auto bad = tidy_consent(report.consent)) return *bad;
    report.received_at = time_or_now(report.received_at);
    return guests_.record_consent(report);
}

Timestamp Inbox::time_or_now(Timestamp reported) const {
    return reported > Timestamp{} ? reported : clock_.now();
}

}  // namespace jackgw::conversations
