#include "sms/sender_choice.h"

#include "sms/phone.h"
#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

Problem invalid_sender(std::string message) {
    return {"from", "INVALID_SENDER", std::move(message)};
}

std::string all_senders(const Senders& senders) {
    std::string all;
    const auto add = [&](const std::string& sender) {
        if (!sender.empty()) all += (all.empty() ? "" : ", ") + sender;
    };
    add(senders.service());
    add(senders.number());
    for (const Senders::Listed& one : senders.listed()) add(one.sender);
    return all;
}

std::variant<std::string, Problem> named_sender(const Senders& senders, std::string_view typed) {
    const auto number = normalize_number(typed);
    std::string from = number ? *number : std::string(typed);
    if (senders.is_known(from)) return from;
    return invalid_sender("\"" + std::string(cut(typed, 64)) +
                          "\" is none of this channel's senders, which are " + all_senders(senders) +
                          ": name one of them, or add it to the channel's options");
}

}  // namespace

std::variant<SenderChoice, Problem> choose_sender(const Senders& senders, const Draft& draft,
                                                  std::string_view to) {
    SenderChoice choice;
    if (draft.from.empty()) {
        choice.from =
            senders.answers_from(draft.reply_from) ? std::string(draft.reply_from) : senders.default_sender();
    } else {
        auto named = named_sender(senders, draft.from);
        if (auto* problem = std::get_if<Problem>(&named)) return std::move(*problem);
        choice.from = std::get<std::string>(std::move(named));
    }
    if (sender_kind(choice.from) != SenderKind::name) return choice;

    // Twilio would answer 21612: carriers of North America take no names, and names send no media anywhere
    // (https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id).
    const std::string quoted = "the sender \"" + choice.from + "\" is a name: ";
    if (to.starts_with("+1"))
        return invalid_sender(quoted + "names can't send to numbers that begin with +1; send from a number");
    if (!draft.media_urls.empty())
        return invalid_sender(quoted + "names can't send media; send them from a number, or the text alone");
    choice.warnings.push_back(quoted + "guests can't answer it");
    return choice;
}

}  // namespace jackgw::sms
