// Lets scripts ask the SMS plugin's pure code: a line of JSON in, a line of JSON out.
//
//   sms_lines texts       {"content", "smartEncoding", "longText"} -> as POST /messages/preview tells it, and
//   "graphemes" sms_lines signatures  {"tokens", "method", "url", "signature", "contentType",
//   "authorization", "body"} -> {"valid"}
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sms/signature/signature.h"
#include "sms/text/composition.h"
#include "sms/text/graphemes.h"
#include "sms/text/utf8.h"

using namespace jackgw::sms;
using nlohmann::json;

namespace {

TextRules rules_of(const json& question) {
    const std::string long_text = question.value("longText", "truncate");
    return {long_text == "split"    ? LongText::split
            : long_text == "reject" ? LongText::reject
                                    : LongText::truncate,
            question.value("smartEncoding", false)};
}

json describe(const Segmented& text) {
    return {{"encoding", encoding_name(text.encoding)},
            {"units", text.units},
            {"segments", text.segments()},
            {"parts", text.parts}};
}

json answer_text(const json& question) {
    const Composed composed = compose(question.at("content").get<std::string>(), false, rules_of(question));
    json answer = describe(composed.text);
    answer["content"] = composed.content;
    answer["truncated"] = composed.truncated;
    answer["codePoints"] = code_points(composed.content);
    answer["messages"] = json::array();
    for (const Piece& piece : composed.pieces) {
        answer["messages"].push_back(describe(piece.text));
        answer["messages"].back()["content"] = piece.content;
    }
    answer["replacements"] = json::array();
    for (const auto& [written, sent] : composed.replacements) {
        answer["replacements"].push_back({{"written", written}, {"sent", sent}});
    }
    std::string sent;
    for (const std::string& part : composed.text.parts) sent += part;
    answer["graphemes"] = json::array();
    for (const Grapheme& grapheme : graphemes(sent, std::numeric_limits<std::size_t>::max())) {
        answer["graphemes"].push_back(grapheme.text);
    }
    return answer;
}

json answer_signature(const json& question) {
    const auto text = [&](const char* name) { return question.value(name, ""); };
    const std::string url = text("url");
    const std::string signature = text("signature");
    const std::string content_type = text("contentType");
    const std::string authorization = text("authorization");
    const std::string body = text("body");
    const SignatureVerifier verifier(question.at("tokens").get<std::vector<std::string>>());
    const SignedRequest request{text("method") == "GET", url, signature, content_type, authorization, body};
    return {{"valid", verifier.verify(request, is_form(content_type) ? parse_form(body) : Parameters{})}};
}

}  // namespace

int main(int argc, char** argv) {
    const std::string mode = argc == 2 ? argv[1] : "";
    if (mode != "texts" && mode != "signatures") {
        std::cerr << "usage: sms_lines texts|signatures\n";
        return 2;
    }
    for (std::string line; std::getline(std::cin, line);) {
        const json question = json::parse(line);
        std::cout << (mode == "texts" ? answer_text(question) : answer_signature(question)).dump() << '\n';
    }
}
