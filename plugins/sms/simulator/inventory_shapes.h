#pragma once

#include <Poco/JSON/Object.h>

#include <string>
#include <vector>

#include "inventory.h"

/// The JSON of the account's own resources. Pure.
namespace jackgw::sms::simulator {

Poco::JSON::Object account_shape(const std::string& account_sid, const Setup& setup);
Poco::JSON::Object number_shape(const std::string& account_sid, const std::string& number,
                                const NumberSetup& setup);
Poco::JSON::Object short_code_shape(const std::string& account_sid, const std::string& code,
                                    const NumberSetup& setup);
Poco::JSON::Object service_shape(const std::string& account_sid, const std::string& sid,
                                 const ServiceSetup& setup, const std::string& host);
/// A sender of a service: a number, or a name.
Poco::JSON::Object service_sender_shape(const std::string& account_sid, const std::string& service_sid,
                                        const std::string& member, const std::string& sender,
                                        const std::string& url);

/// Which part of a list is wanted, by PageSize and Page.
struct PageWish {
    std::size_t size = 50;
    std::size_t number = 0;
};

/// A page in the form of /2010-04-01: paging beside the list, URIs without host. `uri` with the list's own
/// query.
Poco::JSON::Object page_2010(const std::string& list, const std::vector<Poco::JSON::Object>& items,
                             const PageWish& wish, const std::string& uri);
/// A page in the form of /v1: paging in "meta", absolute URLs.
Poco::JSON::Object page_v1(const std::string& list, const std::vector<Poco::JSON::Object>& items,
                           const PageWish& wish, const std::string& url);

}  // namespace jackgw::sms::simulator
