#include "sms/mapper.h"

#include <jackgw/cpp/guard.h>

#include <optional>
#include <utility>

#include "sms/media/media_rules.h"
#include "sms/phone.h"
#include "sms/recipient.h"
#include "sms/sender_choice.h"
#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

std::optional<Problem> check_content(const Draft& draft, LongText long_text) {
    if (draft.content.empty() && draft.media_urls.empty()) {
        return Problem{"content", "EMPTY_MESSAGE",
                       "the message has neither text nor media: give one of them"};
    }
    const std::size_t length = utf16_length(draft.content);
    if (length > longest_content && long_text == LongText::reject) {
        return Problem{"content", "CONTENT_TOO_LONG",
                       "the text has " + std::to_string(length) + " UTF-16 code units, at most " +
                           std::to_string(longest_content) + " can be sent: shorten or split it"};
    }
    return std::nullopt;
}

/// A guest who is known may be answered even where the numbering plans that we know of have no such number:
/// they have written from it.
bool is_known_guest(const Draft& draft) {
    return !draft.reply_from.empty() && is_e164(draft.to);
}

}  // namespace

Mapper::Mapper(Senders senders, bool insecure_media, std::string default_region, TextRules rules)
    : senders_(std::move(senders)),
      insecure_media_(insecure_media),
      default_region_(std::move(default_region)),
      rules_(rules) {}

std::variant<Mapped, Problem> Mapper::map(const Draft& draft) const {
    if (auto problem = check_content(draft, rules_.long_text)) return *std::move(problem);
    if (auto problem = check_media_urls(draft.media_urls, insecure_media_)) return *std::move(problem);

    Mapped mapped{compose(draft.content, !draft.media_urls.empty(), rules_), {}, {}};
    if (mapped.text.parts.empty() && draft.media_urls.empty()) {
        return Problem{"content", "EMPTY_MESSAGE",
                       "smart encoding leaves nothing of the text: it consists of invisible characters"};
    }
    if (!draft.preview) {
        auto to = read_recipient(draft.to, default_region_);
        if (auto* reason = std::get_if<NotARecipient>(&to)) {
            if (!is_known_guest(draft)) return Problem{"to", "INVALID_NUMBER", std::move(reason->reason)};
            to = Recipient{std::string(draft.to)};
        }
        auto& recipient = std::get<Recipient>(to);
        auto chosen = choose_sender(senders_, draft, recipient.number);
        if (auto* problem = std::get_if<Problem>(&chosen)) return std::move(*problem);
        auto& [from, warnings] = std::get<SenderChoice>(chosen);
        if (recipient.number == from) {
            return Problem{
                "to", "INVALID_NUMBER",
                recipient.number + " is the sender itself: a message can't be sent to its own number"};
        }
        mapped.warnings.insert(mapped.warnings.end(), warnings.begin(), warnings.end());
        if (recipient.landline) {
            mapped.warnings.push_back(recipient.number + " is a landline: most of them can't receive texts");
        }
        mapped.to = std::move(recipient.number);
        mapped.from = std::move(from);
    }
    return mapped;
}

std::string Mapper::normalize_address(std::string_view typed) const {
    auto read = read_recipient(typed, default_region_);
    if (auto* recipient = std::get_if<Recipient>(&read)) return std::move(recipient->number);
    if (is_e164(typed)) return std::string(typed);
    throw plugin::Failure(std::get<NotARecipient>(read).reason, JACKGW_E_INVALID_ARGUMENT);
}

}  // namespace jackgw::sms
