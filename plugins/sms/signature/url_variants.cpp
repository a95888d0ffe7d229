#include "sms/signature/url_variants.h"

#include <algorithm>

#include "sms/webhooks/form.h"

namespace jackgw::sms {

namespace {

struct Parts {
    std::string_view scheme;       // with "://"
    std::string_view credentials;  // without '@'
    std::string_view host;
    std::string_view port;  // with ':'
    std::string_view path;
    std::string_view query;  // with '?'
};

/// Cuts at `end`, and moves `rest` behind what was cut.
std::string_view take(std::string_view& rest, std::size_t end) {
    const std::string_view piece = rest.substr(0, std::min(end, rest.size()));
    rest.remove_prefix(piece.size());
    return piece;
}

Parts split(std::string_view url) {
    Parts parts;
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) parts.scheme = take(url, scheme + 3);
    std::string_view authority = take(url, url.find_first_of("/?"));
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
        parts.credentials = take(authority, at);
        authority.remove_prefix(1);
    }
    const std::size_t bracket = authority.find(']');  // of an IPv6 address, which has colons of its own
    parts.host = take(authority, authority.find(':', bracket == std::string_view::npos ? 0 : bracket));
    parts.port = authority;
    parts.path = take(url, url.find('?'));
    parts.query = url;
    return parts;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
    std::string out(text);
    for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) {
        out.replace(at, from.size(), to);
    }
    return out;
}

/// The query as the escape rules of older SDKs write it: decoded, equal names gathered where the first one
/// stands, and escaped again with "!'()*" left as they are.
std::string legacy_query(std::string_view query) {
    const Parameters parameters = parse_form(query.substr(1));
    std::vector<std::string_view> names;
    for (const Parameter& parameter : parameters) {
        if (std::find(names.begin(), names.end(), parameter.name) == names.end()) {
            names.push_back(parameter.name);
        }
    }
    std::string out = "?";
    for (const std::string_view name : names) {
        for (const Parameter& parameter : parameters) {
            if (parameter.name != name) continue;
            if (out.size() > 1) out.push_back('&');
            out += percent_encode(name, "!'()*") + '=' + percent_encode(parameter.value, "!'()*");
        }
    }
    return out;
}

template <class Text>
void add(std::vector<std::string>& list, Text&& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.emplace_back(std::forward<Text>(text));
}

}  // namespace

std::vector<std::string> url_variants(std::string_view url, std::string_view credentials) {
    const Parts parts = split(url.substr(0, url.find('#')));

    std::vector<std::string> queries{std::string(parts.query)};
    if (parts.query.size() > 1) {
        add(queries, replace_all(parts.query, "'", "%27"));
        add(queries, replace_all(parts.query, "%27", "'"));
        add(queries, legacy_query(parts.query));
    }

    std::vector<std::string> ports{std::string(parts.port)};
    add(ports, !parts.port.empty() ? "" : parts.scheme == "http://" ? ":80" : ":443");

    std::vector<std::string> users;
    if (!parts.credentials.empty()) users.push_back(std::string(parts.credentials) + '@');
    users.emplace_back();
    if (parts.credentials.empty() && !credentials.empty()) users.push_back(std::string(credentials) + '@');

    std::vector<std::string> variants;
    for (const std::string& query : queries) {
        for (const std::string& user : users) {
            for (const std::string& port : ports) {
                std::string variant(parts.scheme);
                variant.append(user).append(parts.host).append(port).append(parts.path).append(query);
                variants.push_back(std::move(variant));
            }
        }
    }
    return variants;
}

}  // namespace jackgw::sms
