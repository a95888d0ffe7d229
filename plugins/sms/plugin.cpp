#include <jackgw/cpp/conversations.h>
#include <jackgw/cpp/http_client.h>
#include <jackgw/cpp/log.h>
#include <jackgw/cpp/media.h>
#include <jackgw/cpp/plugin.h>
#include <jackgw/cpp/reconcile.h>
#include <jackgw/cpp/router.h>
#include <jackgw/cpp/self_test.h>
#include <jackgw/ext/health.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "sms/mapped_sink.h"
#include "sms/mapper.h"
#include "sms/media/media_check.h"
#include "sms/media/media_fetch.h"
#include "sms/options.h"
#include "sms/reconcile/look_up.h"
#include "sms/reconcile/reconciler.h"
#include "sms/self_test/self_test.h"
#include "sms/sender.h"
#include "sms/webhooks/webhooks.h"

using namespace jackgw;

namespace {

extern const jackgw_mapper mapper_table;
extern const jackgw_sender sender_table;
extern const jackgw_reconciler reconciler_table;
extern const jackgw_health health_table;
extern const jackgw_media_access media_table;
extern const jackgw_self_test self_test_table;

std::int64_t system_now() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// Media belong to the account that the message came to.
sms::Authorize authorize(const sms::Accounts& accounts) {
    return [accounts](jackgw_pairs raw) -> std::optional<std::string> {
        const auto sid = plugin::find(raw, "AccountSid");
        const sms::Account* account = sid ? accounts.find(*sid) : &accounts.own();
        return account == nullptr ? std::nullopt : std::optional(account->authorization());
    };
}

std::chrono::milliseconds elapsed() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

/// The instance: what the plugin is made of, and its registration with the host. It has no threads of its
/// own.
struct jackgw_plugin {
    explicit jackgw_plugin(const plugin::CreateArgs& args)
        : jackgw_plugin(args, sms::read_options(args.options)) {}

    plugin::Response inbound(const jackgw_request& request) { return webhooks.inbound(request); }
    plugin::Response status(const jackgw_request& request) { return webhooks.status(request); }
    plugin::Response opt_out(const jackgw_request& request) { return webhooks.opt_out(request); }
    void note_failure(std::string_view text) const {
        log.error("a request of Twilio's could not be handled: " + std::string(text));
    }

    const void* get_extension(std::string_view id) const {
        if (id == JACKGW_EXT_HEALTH) return &health_table;
        if (id == JACKGW_EXT_MEDIA) return &media_table;
        if (id == JACKGW_EXT_SELF_TEST) return &self_test_table;
        return nullptr;
    }

    std::optional<plugin::MediaProblem> check_media(jackgw_strs urls) {
        return check_media_servers ? media_checker.check(urls) : std::nullopt;
    }
    void fetch_media(const jackgw_media_request& request, const plugin::MediaSink& sink) {
        try {
            media_fetcher.fetch(request, sink);
        } catch (const plugin::Failure& failure) {
            log.warning("medium " + std::to_string(request.index) + " of message " +
                        std::string(plugin::view(request.provider_message_id)) +
                        " could not be fetched: " + failure.what());
            throw;
        }
    }

    plugin::Log log;
    sms::Faults reported_faults;  // what status reports told of; the sender keeps those that it met itself
    sms::Mapper mapper;
    sms::Sender sender;
    sms::LookUp look_up;
    std::optional<sms::Reconciler> reconciler;  // nothing on a host that doesn't ask
    sms::SelfTest self_test;
    sms::Webhooks webhooks;
    sms::MediaChecker media_checker;
    sms::MediaFetcher media_fetcher;
    bool check_media_servers;

  private:
    jackgw_plugin(const plugin::CreateArgs& args, const sms::Options& options)
        : log(args.host),
          mapper(options.senders, sms::is_loopback(options.accounts.own().base_url), options.default_region,
                 options.text),
          sender(options, args.public_url, plugin::HttpClient(args.host), &system_now),
          look_up(options, plugin::HttpClient(args.host),
                  sms::StatusReports(options, plugin::Conversations(args.host), log, reported_faults),
                  &system_now),
          self_test(options, args.public_url, plugin::HttpClient(args.host), &elapsed),
          webhooks(options, plugin::Conversations(args.host), log, reported_faults),
          media_checker(sms::is_loopback(options.accounts.own().base_url), plugin::HttpClient(args.host),
                        &elapsed),
          media_fetcher(sms::MediaHosts(options.accounts.own().base_url), authorize(options.accounts),
                        plugin::HttpClient(args.host), &elapsed),
          check_media_servers(options.check_media) {
        const plugin::Router router(args.host);
        router.add_route(JACKGW_METHOD_GET | JACKGW_METHOD_POST, "/webhooks/twilio/sms",
                         &plugin::handle_route<&jackgw_plugin::inbound>);
        router.add_route(JACKGW_METHOD_POST, "/webhooks/twilio/status",
                         &plugin::handle_route<&jackgw_plugin::status>);
        router.add_route(JACKGW_METHOD_POST, "/webhooks/twilio/optout",
                         &plugin::handle_route<&jackgw_plugin::opt_out>);
        router.set_sender(sender_table);
        plugin::Conversations(args.host).set_mapper(mapper_table);
        if (const auto reconcile = plugin::Reconcile::find(args.host)) {
            reconciler.emplace(options, plugin::HttpClient(args.host), *reconcile, &elapsed);
            reconcile->set_reconciler(reconciler_table);
        }
    }
};

namespace {

jackgw_status normalize_address(jackgw_plugin* plugin, jackgw_str address, jackgw_sink normalized,
                                jackgw_sink error) noexcept {
    return plugin::guard(
        error, [&] { plugin::put(normalized, plugin->mapper.normalize_address(plugin::view(address))); });
}

/// Empty from a host whose drafts don't have it yet.
std::string_view reply_from_of(const jackgw_draft& draft) {
    constexpr std::size_t end = offsetof(jackgw_draft, reply_from) + sizeof(draft.reply_from);
    return draft.struct_size >= end ? plugin::view(draft.reply_from) : std::string_view{};
}

jackgw_status map(jackgw_plugin* plugin, const jackgw_draft* draft, jackgw_mapped_sink result) noexcept {
    return plugin::guard({}, [&] {
        sms::Draft copy{.preview = (draft->flags & JACKGW_DRAFT_PREVIEW) != 0,
                        .to = plugin::view(draft->to),
                        .from = plugin::view(draft->from),
                        .content = plugin::view(draft->content),
                        .reply_from = reply_from_of(*draft)};
        for (const jackgw_str url : plugin::view(draft->media_urls)) {
            copy.media_urls.push_back(plugin::view(url));
        }
        std::visit([&](const auto& answer) { sms::put(answer, result); }, plugin->mapper.map(copy));
    });
}

jackgw_status send(jackgw_plugin* plugin, const jackgw_outgoing* message, jackgw_outcome_sink outcome,
                   jackgw_sink error) noexcept {
    return plugin::guard(error, [&] { plugin->sender.send(*message).put(outcome); });
}

jackgw_status look_up(jackgw_plugin* plugin, const jackgw_sent_message* message, jackgw_sink error) noexcept {
    return plugin::guard(error, [&] { plugin->look_up.run(*message); });
}

jackgw_status reconcile(jackgw_plugin* plugin, const jackgw_doubtful_attempt* attempt,
                        jackgw_reconciled_sink reconciled, jackgw_sink error) noexcept {
    return plugin::guard(error, [&] { plugin->reconciler->run(*attempt).put(reconciled); });
}

void account_of(jackgw_plugin* plugin, jackgw_str from, jackgw_sink account) noexcept {
    plugin::guard({}, [&] { plugin::put(account, plugin->sender.account_of(plugin::view(from))); });
}

jackgw_status run_self_test(jackgw_plugin* plugin, const jackgw_self_test_args* args,
                            jackgw_check_sink checks, jackgw_sink error) noexcept {
    return plugin::guard(error, [&] {
        plugin->self_test.run(std::chrono::microseconds{args->deadline_us},
                              [&](const plugin::Check& check) { plugin::put(checks, check); });
    });
}

jackgw_status check_health(jackgw_plugin* plugin, jackgw_sink reason) noexcept {
    return plugin::guard(reason, [&] {
        if (const std::string fault = plugin->sender.fault(); !fault.empty()) {
            throw plugin::Failure("Messages can't be sent: " + fault);
        }
        if (const std::string fault = plugin->reported_faults.text(); !fault.empty()) {
            throw plugin::Failure("Messages are taken and then fail: " + fault);
        }
    });
}

constexpr std::uint32_t capabilities =
    JACKGW_CAPABILITY_TEXT | JACKGW_CAPABILITY_MEDIA | JACKGW_CAPABILITY_DELIVERY_STATUS;

constinit const jackgw_mapper mapper_table{sizeof(jackgw_mapper),
                                           capabilities,
                                           sms::longest_content,
                                           sms::most_media,
                                           JACKGW_STR("UTF-16 code units"),
                                           &normalize_address,
                                           &map};
constinit const jackgw_sender sender_table{sizeof(jackgw_sender), 0, &send, &look_up, &account_of};
constinit const jackgw_reconciler reconciler_table{sizeof(jackgw_reconciler), 0, &reconcile};
constinit const jackgw_health health_table{sizeof(jackgw_health), 0, &check_health};
constinit const jackgw_media_access media_table =
    plugin::make_media_access<&jackgw_plugin::check_media, &jackgw_plugin::fetch_media>();
constinit const jackgw_self_test self_test_table{sizeof(jackgw_self_test), 0, &run_self_test};

}  // namespace

constinit const jackgw_plugin_entry_v1 jackgw_plugin_entry = plugin::make_entry<jackgw_plugin>(
    {.id = "jackgw-sms", .version = "0.1.0", .description = "SMS and MMS through Twilio"}, sms::option_table);
