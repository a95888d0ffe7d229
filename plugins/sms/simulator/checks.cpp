#include "checks.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "dates.h"
#include "sids.h"
#include "text.h"

namespace jackgw::sms::simulator {

namespace {

using Objection = std::optional<ApiError>;
using Rule = Objection (*)(const CreateRequest&, const Senders&, Time);

struct Magic {
    std::string_view number;
    int code;
};
constexpr std::array magic_from{Magic{"+15005550001", 21212}, Magic{"+15005550007", 21606},
                                Magic{"+15005550008", 21611}};
constexpr std::string_view magic_good_from = "+15005550006";
constexpr std::array magic_to{Magic{"+15005550001", 21211}, Magic{"+15005550002", 21612},
                              Magic{"+15005550003", 21408}, Magic{"+15005550004", 21610},
                              Magic{"+15005550009", 21614}};

Objection magic(const auto& table, std::string_view number) {
    const auto row = std::ranges::find(table, number, &Magic::number);
    if (row == table.end()) return std::nullopt;
    return api_error(row->code, number);
}

Objection presence(const CreateRequest& request, const Senders&, Time) {
    if (request.to.empty()) return api_error(21604);
    if (request.from.empty() && request.messaging_service_sid.empty()) return api_error(21603);
    if (request.body.empty() && request.media_urls.empty() && request.content_sid.empty())
        return api_error(21602);
    return std::nullopt;
}

Objection to(const CreateRequest& request, const Senders&, Time) {
    if (auto objection = magic(magic_to, request.to)) return objection;
    if (!is_e164(request.to)) return api_error(21211, request.to);
    if (request.to == request.from) return api_error(21266, request.to);
    return std::nullopt;
}

Objection service(const CreateRequest& request, const Senders& senders, Time) {
    if (request.messaging_service_sid.empty() || senders.services.contains(request.messaging_service_sid)) {
        return std::nullopt;
    }
    return api_error(21701, request.messaging_service_sid);
}

Objection from(const CreateRequest& request, const Senders& senders, Time) {
    if (request.from.empty() || request.from == magic_good_from) return std::nullopt;
    if (auto objection = magic(magic_from, request.from)) return objection;
    if (!is_e164(request.from)) return api_error(21212, request.from);
    if (is_magic(request.from)) return api_error(21606, request.from);
    if (!senders.numbers.contains(request.from)) return api_error(21659, request.from);
    return std::nullopt;
}

Objection body(const CreateRequest& request, const Senders&, Time) {
    if (utf16_units(request.body) > 1600) return api_error(21617);
    return std::nullopt;
}

Objection media(const CreateRequest& request, const Senders&, Time) {
    if (request.media_urls.size() > 10) return api_error(21623);
    if (!std::ranges::all_of(request.media_urls, is_callback_url)) return api_error(21620);
    return std::nullopt;
}

Objection status_callback(const CreateRequest& request, const Senders&, Time) {
    const auto& url = request.status_callback;
    if (url.empty() || (url.size() <= 4000 && is_callback_url(url))) return std::nullopt;
    return api_error(21609, url.substr(0, 200));
}

Objection validity_period(const CreateRequest& request, const Senders&, Time) {
    const auto& text = request.validity_period;
    if (text.empty()) return std::nullopt;
    int seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc{} && end == text.data() + text.size() && seconds >= 1 && seconds <= 36000) {
        return std::nullopt;
    }
    return api_error(20001, "ValidityPeriod: " + text);
}

Objection schedule(const CreateRequest& request, const Senders&, Time now) {
    if (request.schedule_type.empty()) return std::nullopt;
    if (request.schedule_type != "fixed") return api_error(20001, "ScheduleType: " + request.schedule_type);
    if (request.messaging_service_sid.empty()) return api_error(35118);
    const auto time = parse_date(request.send_at);
    if (!time || is_whole_day(request.send_at) || *time < now + std::chrono::minutes{15} ||
        *time > now + std::chrono::days{35}) {
        return api_error(35114, request.send_at);
    }
    return std::nullopt;
}

// In the order in which the provider complains: what is missing comes before what is wrong.
constexpr std::array<Rule, 9> rules{presence,        to,      service, from, body, media, status_callback,
                                    validity_period, schedule};

}  // namespace

CreateRequest read_create_request(const Parameters& form) {
    CreateRequest request;
    struct Field {
        std::string_view name;
        std::string CreateRequest::*member;
    };
    static constexpr std::array fields{
        Field{"To", &CreateRequest::to},
        Field{"From", &CreateRequest::from},
        Field{"MessagingServiceSid", &CreateRequest::messaging_service_sid},
        Field{"Body", &CreateRequest::body},
        Field{"ContentSid", &CreateRequest::content_sid},
        Field{"StatusCallback", &CreateRequest::status_callback},
        Field{"ValidityPeriod", &CreateRequest::validity_period},
        Field{"ScheduleType", &CreateRequest::schedule_type},
        Field{"SendAt", &CreateRequest::send_at},
        Field{"SmartEncoded", &CreateRequest::smart_encoded},
    };
    for (const auto& [name, value] : form) {
        if (name == "MediaUrl") request.media_urls.push_back(value);
        const auto field = std::ranges::find(fields, name, &Field::name);
        if (field != fields.end()) request.*field->member = value;
    }
    return request;
}

std::optional<ApiError> check(const CreateRequest& request, const Senders& senders, Time now) {
    for (const Rule rule : rules) {
        if (auto objection = rule(request, senders, now)) return objection;
    }
    return std::nullopt;
}

bool is_magic(std::string_view number) {
    return number.starts_with("+1500555");
}

}  // namespace jackgw::sms::simulator
