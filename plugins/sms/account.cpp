#include "sms/account.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "sms/signature/hmac.h"

namespace jackgw::sms {

std::string Account::url(std::string_view resource) const {
    return base_url + "/2010-04-01/Accounts/" + sid + std::string(resource);
}

std::string Account::authorization() const {
    const bool by_key = !api_key_sid.empty();
    return "Basic " + base64((by_key ? api_key_sid : sid) + ":" + (by_key ? api_key_secret : auth_token));
}

std::vector<std::string> Account::tokens() const {
    std::vector<std::string> all{auth_token};
    if (!auth_token_secondary.empty()) all.push_back(auth_token_secondary);
    return all;
}

Accounts::Accounts(Account own, std::vector<Account> further) {
    all_.push_back(std::move(own));
    std::move(further.begin(), further.end(), std::back_inserter(all_));
}

const Account* Accounts::find(std::string_view sid) const {
    const auto found = std::ranges::find(all_, sid, &Account::sid);
    return found == all_.end() ? nullptr : &*found;
}

}  // namespace jackgw::sms
