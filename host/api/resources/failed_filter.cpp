#include "api/resources/failed_filter.h"

#include <algorithm>
#include <limits>

#include "api/error.h"
#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

std::optional<bool> read_flag(const Query& query, std::string_view name) {
    const auto written = query.get(name);
    if (!written) return std::nullopt;
    if (*written != "true" && *written != "false")
        throw invalid(std::string(name), std::string(name) + " must be true or false");
    return *written == "true";
}

std::optional<std::int64_t> read_number(const Query& query, std::string_view name) {
    const auto written = query.get(name);
    if (!written) return std::nullopt;
    const auto number = http::parse_decimal(*written);
    if (!number) throw invalid(std::string(name), std::string(name) + " must be a number");
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(*number, std::numeric_limits<std::int64_t>::max()));
}

std::optional<Timestamp> read_time(const Query& query, std::string_view name) {
    auto written = query.get(name);
    if (!written) return std::nullopt;
    std::ranges::replace(*written, ' ', '+');  // a '+' of the zone that the caller didn't encode
    const auto time = parse_iso8601(*written);
    if (!time)
        throw invalid(std::string(name), std::string(name) +
                                             " must be a time in ISO 8601 with a zone, such as "
                                             "2026-11-22T18:00:00Z");
    return time;
}

/// The code of the provider; one that none can be names nothing.
std::optional<std::int32_t> as_code(std::optional<std::int64_t> number) {
    if (!number) return std::nullopt;
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(*number, -1, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

store::FailedFilter read_failed_filter(const Query& query) {
    return {.channel = query.get("channel").value_or(""),
            .error_code = query.get("errorCode").value_or(""),
            .provider_error_code = as_code(read_number(query, "providerErrorCode")),
            .since = read_time(query, "since"),
            .until = read_time(query, "until"),
            .retryable = read_flag(query, "retryable"),
            .retried = read_flag(query, "retried")};
}

store::FailedFilter read_failed_filter(const Body& body) {
    const Body filter = body.required_body(
        "filter", {"channel", "errorCode", "providerErrorCode", "since", "until", "retryable", "retried"});
    return {.channel = filter.text("channel").value_or(""),
            .error_code = filter.text("errorCode").value_or(""),
            .provider_error_code = as_code(filter.number("providerErrorCode")),
            .since = filter.time("since"),
            .until = filter.time("until"),
            .retryable = filter.flag("retryable"),
            .retried = filter.flag("retried")};
}

}  // namespace jackgw::api
