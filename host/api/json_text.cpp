#include "api/json_text.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include "api/error.h"
#include "base/utf8.h"
#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

using Poco::Dynamic::Var;

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

/// The value of "\uXXXX" at `at`, or -1.
int escaped_unit(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
    int unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const int digit = http::hex_value(text[i]);
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

bool is_high_surrogate(int unit) {
    return unit >= 0xd800 && unit <= 0xdbff;
}

bool is_low_surrogate(int unit) {
    return unit >= 0xdc00 && unit <= 0xdfff;
}

/// The text with everything replaced by U+FFFD that makes a string unusable though the JSON around it may be
/// fine: bytes that aren't UTF-8, NUL, escapes for NUL and for half a surrogate pair. Poco's parser would
/// cut keys at an escaped NUL and reject the rest without saying in which field it is.
std::string repair(std::string_view text) {
    const std::string whole = repair_utf8(text);
    std::string repaired;
    repaired.reserve(whole.size());
    for (std::size_t i = 0; i < whole.size();) {
        if (whole[i] != '\\') {
            repaired.push_back(whole[i++]);
            continue;
        }
        const int unit = escaped_unit(whole, i);
        if (is_high_surrogate(unit) && is_low_surrogate(escaped_unit(whole, i + 6))) {
            repaired.append(whole, i, 12);
            i += 12;
        } else if (unit == 0 || is_high_surrogate(unit) || is_low_surrogate(unit)) {
            repaired.append(replacement);
            i += 6;
        } else {
            repaired.append(whole, i, 2);
            i += 2;
        }
    }
    return repaired;
}

/// Throws for the first text or key that holds U+FFFD, which in a repaired document stands for what was bad.
void refuse_repaired(const Var& value, const std::string& field) {
    const auto refuse = [](const std::string& where) {
        throw invalid(where, (where.empty() ? "The body" : where) + " holds NUL or is not valid UTF-8");
    };
    if (value.type() == typeid(std::string)) {
        if (value.extract<std::string>().find(replacement) != std::string::npos) refuse(field);
    } else if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
        for (const auto& [key, member] : *value.extract<Poco::JSON::Object::Ptr>()) {
            const std::string inner = field.empty() ? key : std::string(field).append(".").append(key);
            if (key.find(replacement) != std::string::npos) refuse(inner);
            refuse_repaired(member, inner);
        }
    } else if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
        std::size_t index = 0;
        for (const Var& item : *value.extract<Poco::JSON::Array::Ptr>())
            refuse_repaired(item, field + "[" + std::to_string(index++) + "]");
    }
}

/// Throws Poco::Exception. The value is read as an array's only item, since Poco's parser fails on a document
/// that is a bare string or number.
Var parse(const std::string& text) {
    Poco::JSON::Parser parser;
    parser.setDepth(max_json_depth + 1);
    const Var document = parser.parse("[" + text + "]");
    const auto& items = document.extract<Poco::JSON::Array::Ptr>();
    if (items->size() != 1) throw Poco::SyntaxException("not exactly one value");
    return items->get(0);
}

}  // namespace

Var parse_untrusted(std::string_view text) {
    const std::string repaired = repair(text);
    Var value;
    try {
        value = parse(repaired);
    } catch (const Poco::Exception&) {
        // The parser's own words quote single bytes of the body, which need not be text.
        throw ApiError(400, "INVALID_JSON",
                       "The body is not valid JSON, is nested deeper than " + std::to_string(max_json_depth) +
                           " levels, or holds a number out of range");
    }
    if (repaired != text) refuse_repaired(value, "");
    return value;
}

Var parse_own(const std::string& text) {
    if (text.empty()) return {};
    try {
        return parse(text);
    } catch (const Poco::Exception&) {
        return {};
    }
}

}  // namespace jackgw::api
