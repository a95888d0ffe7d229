#include <iostream>
#include <memory>
#include <optional>

#include "../faults.h"
#include "../json.h"
#include "commands.h"
#include "control_client.h"
#include "url_option.h"

namespace jackgw::sms::simulator {

namespace {

struct FaultWords {
    std::string url, kind, to, content_type, body;
    int value = 0, retry_after = 0, status = 0, seconds = 0;
    bool retry_after_is_date = false;
    std::optional<unsigned> count{};
};

int fault(const FaultWords& words) {
    const ControlClient client(words.url);
    if (words.kind == "clear") {
        client.del("/sim/faults");
        return 0;
    }
    auto wish = json_object();
    wish.set("kind", words.kind);
    wish.set("value", words.value);
    if (words.status > 0) wish.set("status", words.status);
    wish.set("count", words.count.value_or(words.seconds > 0 ? 0 : 1));
    wish.set("to", words.to);
    if (words.retry_after > 0) wish.set("retryAfter", words.retry_after);
    if (words.retry_after_is_date) wish.set("retryAfterIsDate", 1);
    if (words.seconds > 0) wish.set("seconds", words.seconds);
    if (!words.content_type.empty()) wish.set("contentType", words.content_type);
    if (!words.body.empty()) wish.set("body", words.body);
    client.post("/sim/faults", wish);
    return 0;
}

struct OutcomeWords {
    std::string url, to, outcome;
};

int outcome(const OutcomeWords& words) {
    auto wish = json_object();
    wish.set("to", words.to);
    wish.set("outcome", words.outcome);
    ControlClient(words.url).post("/sim/outcomes", wish);
    return 0;
}

/// A command that posts one number.
struct NumberCommand {
    std::string name, description, argument, meaning, target, member;
};

void add_number_command(CLI::App& app, Action& action, const NumberCommand& command) {
    struct Words {
        std::string url;
        int number = 0;
    };
    auto words = std::make_shared<Words>();
    CLI::App* number_app = app.add_subcommand(command.name, command.description);
    add_url_option(*number_app, words->url);
    number_app->add_option(command.argument, words->number, command.meaning)
        ->required()
        ->check(CLI::NonNegativeNumber);
    number_app->callback([words, command, &action] {
        action = [words, command] {
            auto wish = json_object();
            wish.set(command.member, words->number);
            ControlClient(words->url).post(command.target, wish);
            return 0;
        };
    });
}

}  // namespace

void add_control_commands(CLI::App& app, Action& action) {
    auto words = std::make_shared<FaultWords>();
    CLI::App* fault_app = app.add_subcommand(
        "fault",
        "Let requests to send go wrong\n"
        "  429               refused for now; --retry-after SECONDS adds that header, to others too\n"
        "  500-before        status 500, not accepted        500-after    status 500, though accepted\n"
        "  cut-before        connection cut, not accepted    cut-after    connection cut, though accepted\n"
        "  hang [SECONDS]    no answer (60 s), not accepted  hang-after   no answer, though accepted\n"
        "  slow MS           accepted at once, answered late\n"
        "  error CODE        refused with that error code, such as 21610\n"
        "  foreign STATUS    answered with that status by somebody else, such as a proxy (--type, --body)\n"
        "  list-error STATUS the list of messages is answered with that status\n"
        "  media-missing     a guest's medium is not there   media-elsewhere   … is redirected to a "
        "stranger\n"
        "  media-slow MS     … comes late                    media-chunked     … comes without its length\n"
        "  clear             no more faults; ends those that hold a request");
    add_url_option(*fault_app, words->url);
    fault_app->add_option("kind", words->kind, "What goes wrong")
        ->required()
        ->check(CLI::Validator(
            [](std::string& kind) {
                return kind == "clear" || parse_fault_kind(kind)
                           ? std::string()
                           : "expected " + fault_words() + " or clear, got " + kind;
            },
            ""));
    fault_app
        ->add_option("value", words->value,
                     "Milliseconds of slow, code of error, status of foreign, seconds of hang and 429")
        ->check(CLI::NonNegativeNumber);
    fault_app->add_option("--retry-after", words->retry_after, "Seconds in the Retry-After header")
        ->check(CLI::NonNegativeNumber);
    fault_app->add_flag("--retry-after-date", words->retry_after_is_date, "Write Retry-After as a date");
    fault_app->add_option("--type", words->content_type, "For foreign: the content type, not text/html");
    fault_app->add_option("--body", words->body, "For foreign: the body");
    fault_app->add_option("--for", words->seconds, "For so many seconds")->check(CLI::Range(1, 86400));
    fault_app->add_option("--status", words->status, "For error: the HTTP status, if not the documented one")
        ->check(CLI::Range(400, 599));
    fault_app->add_option("--count", words->count,
                          "For how many requests, 1 or with --for all of them; 0: until cleared");
    fault_app->add_option("--to", words->to, "Only for messages to this number, or to those like +49*");
    fault_app->callback([words, &action] {
        const bool needs_value = words->kind == "slow" || words->kind == "error" ||
                                 words->kind == "foreign" || words->kind == "list-error";
        if (needs_value && words->value == 0) {
            throw CLI::ValidationError("value", words->kind + " needs a value");
        }
        action = [words] { return fault(*words); };
    });

    auto outcome_words = std::make_shared<OutcomeWords>();
    CLI::App* outcome_app = app.add_subcommand("outcome", "Where messages to a number end from now on");
    add_url_option(*outcome_app, outcome_words->url);
    outcome_app->add_option("number", outcome_words->to, "The guest's number")->required();
    outcome_app
        ->add_option("outcome", outcome_words->outcome,
                     "delivered, sent, read, undelivered:CODE or failed:CODE")
        ->required();
    outcome_app->callback(
        [outcome_words, &action] { action = [outcome_words] { return outcome(*outcome_words); }; });

    add_number_command(app, action,
                       {"away", "Refuse connections for a while, as an outage does", "seconds", "How long",
                        "/sim/absence", "seconds"});
    add_number_command(app, action,
                       {"list-delay", "How late messages appear in lists from now on", "milliseconds",
                        "After a message's creation", "/sim/list", "delayMs"});

    auto url = std::make_shared<std::string>();
    CLI::App* state_app =
        app.add_subcommand("state", "Counts, latest callbacks, opt-outs and faults as JSON");
    add_url_option(*state_app, *url);
    state_app->callback([url, &action] {
        action = [url] {
            std::cout << to_text(ControlClient(*url).get("/sim/state")) << std::endl;
            return 0;
        };
    });
}

}  // namespace jackgw::sms::simulator
