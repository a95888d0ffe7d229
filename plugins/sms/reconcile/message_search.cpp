#include "sms/reconcile/message_search.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sms/answers/json_body.h"
#include "sms/answers/provider_answer.h"
#include "sms/answers/provider_errors.h"

namespace jackgw::sms {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view list_resource = "/Messages.json";
constexpr std::string_view page_size = "200";
constexpr int most_pages = 20;
// A message takes some 1.2 kB, and up to 10 more where its whole text is escaped.
constexpr std::uint64_t longest_page = 4U << 20;
// The contract gives 60 seconds; what begins in the last moment ends within them.
constexpr seconds all_time{45};
constexpr seconds connect_timeout{5};
constexpr seconds longest_wait{10};

}  // namespace

MessageSearch::MessageSearch(const plugin::HttpClient& client, const Account& account, Elapsed elapsed)
    : client_(client), account_(account), elapsed_(std::move(elapsed)), end_(elapsed_() + all_time) {}

void MessageSearch::run(const Parameters& filter, const Visit& visit) {
    Parameters query = filter;
    query.push_back({"PageSize", std::string(page_size)});
    std::string url = account_.url(list_resource) + "?" + encode_form(query);
    while (true) {
        const ListPage page = fetch(url);
        if (!visit(page.messages) || page.next.empty()) return;
        url = next_url(account_, page.next);
    }
}

ListPage MessageSearch::fetch(const std::string& url) {
    const auto left = std::chrono::floor<milliseconds>(end_ - elapsed_());
    if (left.count() < 1 || pages_++ == most_pages)
        throw plugin::Failure(
            "Twilio's list of messages is too long to be searched as far back as the attempt");
    const std::string authorization = account_.authorization();
    const std::array headers{plugin::pair("Authorization", authorization),
                             plugin::pair("Accept", "application/json"),
                             plugin::pair("User-Agent", "jackgw-sms")};
    return page_of(client_.request({.method = "GET",
                                    .url = url,
                                    .headers = headers,
                                    .connect_timeout = std::min<milliseconds>(connect_timeout, left),
                                    .total_timeout = std::min<milliseconds>(longest_wait, left),
                                    .max_response_body = longest_page}),
                   account_.sid);
}

ListPage page_of(const plugin::HttpAnswer& answer, std::string_view account_sid) {
    if (answer.result != JACKGW_OK) {
        const bool passes = answer.result != JACKGW_E_INVALID_ARGUMENT && answer.result != JACKGW_E_TOO_LARGE;
        throw plugin::Failure("No list of messages from Twilio: " + answer.error,
                              passes ? JACKGW_E_UNAVAILABLE : JACKGW_E_FAILED);
    }
    if (answer.status == 200 && JsonBody(answer.body).is_object()) {
        auto page = read_list_page(answer.body);
        if (!page) throw plugin::Failure("Twilio's list of messages lacks what tells messages apart");
        for (const ListedMessage& message : page->messages) {
            if (message.account_sid != account_sid)
                throw plugin::Failure("Twilio's list shows messages of another account than " +
                                      std::string(account_sid));
        }
        return *std::move(page);
    }
    const auto said = said_error(answer);
    if (!said)
        throw plugin::Failure("No list of messages from Twilio: " + describe_foreign(answer),
                              JACKGW_E_UNAVAILABLE);
    // Rate limits and Twilio's own faults pass; wrong credentials are mended by an operator.
    const bool passes = answer.status == 401 || answer.status == 403 || answer.status == 408 ||
                        answer.status == 429 || answer.status >= 500;
    throw plugin::Failure("No list of messages from Twilio: " + describe_error(said->code, said->message),
                          passes ? JACKGW_E_UNAVAILABLE : JACKGW_E_FAILED);
}

std::string next_url(const Account& account, std::string_view next) {
    // What Twilio writes there is a path, of the version that was asked for.
    const std::string own = account.url(list_resource).substr(account.base_url.size()) + "?";
    if (!next.starts_with(own))
        throw plugin::Failure("The next page of Twilio's list of messages is said to be elsewhere");
    return account.base_url + std::string(next);
}

}  // namespace jackgw::sms
