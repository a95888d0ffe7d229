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
    std::string url, kind, to;
    int value = 0, retry_after = 0, status = 0;
    unsigned count = 1;
};

int fault(const FaultWords& words) {
    const ControlClient client(words.url);
    if (words.kind == "clear") {
        client.del("/sim/faults");
        return 0;
    }
    auto wish = json_object();
    wish.set("kind", words.kind);
    wish.set("value", words.retry_after > 0 ? words.retry_after : words.value);
    if (words.status > 0) wish.set("status", words.status);
    wish.set("count", words.count);
    wish.set("to", words.to);
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

}  // namespace

void add_control_commands(CLI::App& app, Action& action) {
    auto words = std::make_shared<FaultWords>();
    CLI::App* fault_app = app.add_subcommand(
        "fault",
        "Let requests to send go wrong\n"
        "  429               refused for now; --retry-after SECONDS adds that header\n"
        "  500-before        status 500, not accepted        500-after    status 500, though accepted\n"
        "  cut-before        connection cut, not accepted    cut-after    connection cut, though accepted\n"
        "  hang [SECONDS]    no answer (60 s), not accepted  hang-after   no answer, though accepted\n"
        "  slow MS           accepted at once, answered late\n"
        "  error CODE        refused with that error code, such as 21610\n"
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
        ->add_option("value", words->value, "Milliseconds of slow, code of error, seconds of hang and 429")
        ->check(CLI::NonNegativeNumber);
    fault_app->add_option("--retry-after", words->retry_after, "For 429: seconds in the Retry-After header")
        ->check(CLI::NonNegativeNumber);
    fault_app->add_option("--status", words->status, "For error: the HTTP status, if not the documented one")
        ->check(CLI::Range(400, 599));
    fault_app->add_option("--count", words->count, "For how many requests; 0: until cleared")
        ->capture_default_str();
    fault_app->add_option("--to", words->to, "Only for messages to this number");
    fault_app->callback([words, &action] {
        if ((words->kind == "slow" || words->kind == "error") && words->value == 0) {
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
