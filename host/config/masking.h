#pragma once

#include <string>
#include <string_view>

namespace jackgw::config {

/// True if a key of this name usually holds a secret: …token, …secret, …password, …_key, credential.
bool looks_secret(std::string_view key);

/// Stands for a secret in messages: its length is told, since a cut copy is the usual mistake.
std::string hidden(std::string_view secret);

/// The text with the password of every "scheme://user:password@host" replaced by ***.
std::string without_url_password(std::string_view text);

/// A text for a message: in quotes, control characters escaped, cut when it is long, URL passwords hidden.
std::string in_quotes(std::string_view text);

}  // namespace jackgw::config
