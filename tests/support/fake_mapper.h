#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/channel.h"

namespace jackgw::test {

/// A mapper whose rules a test can read at a glance: addresses are '+' and digits once spaces are gone, at
/// most 20 bytes of text go into a message.
class FakeMapper final : public Mapper {
  public:
    std::variant<Mapped, Problem> map(const Draft& draft) const override {
        if (on_map) on_map(draft);
        if (refusal) return *refusal;
        Mapped mapped;
        if (!draft.preview) {
            auto to = normalize_address(draft.to);
            if (auto* problem = std::get_if<Problem>(&to)) return *problem;
            mapped.to = std::get<std::string>(to);
            mapped.from = !draft.from.empty()         ? draft.from
                          : !draft.reply_from.empty() ? draft.reply_from
                                                      : "+15550000001";
        }
        if (draft.content.size() > 20)
            return Problem{"content", "CONTENT_TOO_LONG", "content has more than 20 bytes"};
        mapped.content = draft.content;
        mapped.encoding = "GSM-7";
        mapped.units = static_cast<std::uint32_t>(draft.content.size());
        mapped.segments = 2;
        mapped.parts = {draft.content};
        mapped.warnings = {"made for tests"};
        if (adjust) adjust(mapped);
        return mapped;
    }

    std::variant<std::string, Problem> normalize_address(std::string_view address) const override {
        std::string normalised;
        for (const char letter : address)
            if (letter != ' ') normalised.push_back(letter);
        if (!normalised.starts_with('+') || normalised.size() < 2)
            return Problem{"to", "INVALID_NUMBER", "not a number: begin with + and the country code"};
        return normalised;
    }

    std::function<void(const Draft&)> on_map;
    std::function<void(Mapped&)> adjust;  ///< changes what is answered
    std::optional<Problem> refusal;       ///< of whatever is asked
};

/// Media as a test wants them; remembers what it was asked.
class FakeMedia final : public MediaAccess {
  public:
    std::optional<Problem> check(const std::vector<std::string>& urls) override {
        checked.push_back(urls);
        return problem;
    }
    MediaResult fetch(const MediaRequest& request, MediaSink& sink) override {
        fetched.push_back(request);
        return on_fetch(sink);
    }

    std::optional<Problem> problem;
    std::function<MediaResult(MediaSink&)> on_fetch;
    std::vector<std::vector<std::string>> checked;
    std::vector<MediaRequest> fetched;
};

/// "sms" is ready, "whatsapp" is known but not ready, others aren't there. All that are belong to "main",
/// unless a test gives them to another property.
class FakeChannels final : public ChannelDirectory {
  public:
    std::shared_ptr<FakeMapper> fake_mapper = std::make_shared<FakeMapper>();
    std::shared_ptr<FakeMedia> fake_media = std::make_shared<FakeMedia>();
    std::set<std::string, std::less<>> ready{"sms"};
    std::set<std::string, std::less<>> configured{"sms", "whatsapp"};
    std::map<std::string, std::string, std::less<>> properties;

    bool known(std::string_view channel) const override { return configured.contains(channel); }
    std::string property(std::string_view channel) const override {
        const auto given = properties.find(channel);
        if (given != properties.end()) return given->second;
        return configured.contains(channel) ? "main" : "";
    }
    std::shared_ptr<Sender> sender(std::string_view) const override { return nullptr; }
    std::shared_ptr<const Mapper> mapper(std::string_view channel) const override {
        if (!ready.contains(channel)) return nullptr;
        return fake_mapper;
    }
    std::shared_ptr<MediaAccess> media(std::string_view channel) const override {
        if (!ready.contains(channel)) return nullptr;
        return fake_media;
    }
};

}  // namespace jackgw::test
