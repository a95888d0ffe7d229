#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <thread>

#include "../json.h"
#include "commands.h"
#include "control_client.h"
#include "sms/media/media_types.h"
#include "sms/signature/hmac.h"
#include "sms/signature/url_parts.h"
#include "sms/webhooks/form.h"
#include "url_option.h"

namespace jackgw::sms::simulator {

namespace {

using namespace std::chrono_literals;

struct TextWords {
    std::string url, from, to, body;
    std::vector<std::string> media;
    unsigned times = 1;
};

std::string read_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file || bytes.empty()) throw std::runtime_error("can't read the file " + name + ", or it is empty");
    return bytes;
}

int text(const TextWords& words) {
    auto wish = json_object();
    wish.set("from", words.from);
    if (!words.to.empty()) wish.set("to", words.to);
    wish.set("body", words.body);
    Poco::JSON::Array media;
    for (const std::string& item : words.media) {
        // Whatever looks like a URL is passed on as it is: a provider's needn't keep to our rules.
        if (item.find("://") != std::string::npos) {
            media.add(item);
            continue;
        }
        auto file = json_object();
        const std::string_view type = type_of_extension(extension_of(item));
        file.set("contentType", std::string(type.empty() ? "application/octet-stream" : type));
        file.set("data", base64(read_file(item)));
        media.add(file);
    }
    wish.set("media", media);
    wish.set("times", words.times);
    const auto result = ControlClient(words.url).post("/sim/texts", wish);
    const auto status = number_at(result, "status");
    if (status == 0) {
        std::cerr << "twilio-sim: the gateway gave no answer: " << string_at(result, "error") << std::endl;
        return 1;
    }
    std::cout << status << ' ' << string_at(result, "messageSid") << std::endl;
    if (status >= 200 && status < 300) return 0;
    std::cerr << "twilio-sim: the gateway refused the text with " << status
              << (status == 403 ? " (do both have the same account and auth token, and the same URL?)" : "")
              << ' ' << string_at(result, "body") << std::endl;
    return 1;
}

struct InboxWords {
    std::string url, number;
    unsigned wait = 0;
    double timeout = 10;
    bool json = false;
};

/// What the number was sent, oldest first, and how much of it has arrived.
struct Inbox {
    Poco::JSON::Array messages;
    unsigned arrived = 0;
};

Inbox fetch_inbox(const InboxWords& words) {
    const auto answer =
        ControlClient(words.url).get("/sim/messages?" + encode_form({{"with", words.number}}));
    Inbox inbox;
    const auto list = answer.getArray("messages");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto message = list->getObject(static_cast<unsigned>(i));
        if (string_at(*message, "to") != words.number) continue;
        const std::string status = string_at(*message, "status");
        if (status == "delivered" || status == "read") ++inbox.arrived;
        inbox.messages.add(message);
    }
    return inbox;
}

void print(const Inbox& inbox) {
    for (std::size_t i = 0; i < inbox.messages.size(); ++i) {
        const auto message = inbox.messages.getObject(static_cast<unsigned>(i));
        std::cout << string_at(*message, "date_created") << "  " << string_at(*message, "status");
        if (const auto code = number_at(*message, "error_code"); code != 0) std::cout << " (" << code << ')';
        std::cout << "  from " << string_at(*message, "from", "-") << ": " << string_at(*message, "body")
                  << '\n';
        for (const auto& url : strings_at(*message, "media_urls")) std::cout << "    " << url << '\n';
    }
    std::cout << std::flush;
}

int inbox(const InboxWords& words) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(words.timeout);
    Inbox inbox = fetch_inbox(words);
    while (inbox.arrived < words.wait && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(50ms);
        inbox = fetch_inbox(words);
    }
    if (words.json) {
        inbox.messages.stringify(std::cout);
        std::cout << std::endl;
    } else {
        print(inbox);
    }
    if (inbox.arrived >= words.wait) return 0;
    std::cerr << "twilio-sim: only " << inbox.arrived << " of " << words.wait << " messages have arrived at "
              << words.number << " within " << words.timeout << " s" << std::endl;
    return 1;
}

}  // namespace

void add_phone_commands(CLI::App& app, Action& action) {
    auto words = std::make_shared<TextWords>();
    CLI::App* text_app = app.add_subcommand(
        "text",
        "A guest writes: posts the signed webhook to the gateway, prints the answer's status and the SID");
    add_url_option(*text_app, words->url);
    text_app->add_option("--from", words->from, "The guest's number")->required();
    text_app->add_option("--to", words->to, "The hotel's number; default: the simulator's first");
    text_app
        ->add_option("--media", words->media,
                     "A picture or other media: a file that the simulator serves as Twilio "
                     "does, or a URL (repeatable)")
        ->allow_extra_args(false);
    text_app->add_option("--repeat", words->times, "Post the same webhook so many times, as retries do")
        ->check(CLI::Range(1U, 100U));
    text_app->add_option("body", words->body, "What the guest writes");
    text_app->callback([words, &action] { action = [words] { return text(*words); }; });

    auto inbox_words = std::make_shared<InboxWords>();
    CLI::App* inbox_app =
        app.add_subcommand("inbox", "What a guest got, oldest first, with the state of its delivery");
    add_url_option(*inbox_app, inbox_words->url);
    inbox_app->add_option("number", inbox_words->number, "The guest's number")->required();
    inbox_app->add_option("--wait", inbox_words->wait, "Wait until so many messages have been delivered");
    inbox_app->add_option("--timeout", inbox_words->timeout, "For how many seconds to wait at most")
        ->capture_default_str();
    inbox_app->add_flag("--json", inbox_words->json,
                        "Print a JSON array of messages as the REST API shows them");
    inbox_app->callback([inbox_words, &action] { action = [inbox_words] { return inbox(*inbox_words); }; });
}

}  // namespace jackgw::sms::simulator
