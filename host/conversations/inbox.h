#pragma once

#include <functional>
#include <string_view>

#include "base/time.h"
#include "conversations/reports.h"

namespace jackgw::conversations {

/// Stores what plugins report. Texts are repaired (malformed UTF-8 and NUL become U+FFFD) and cut to sane
/// sizes, raw values stay as they came; then the store takes them.
class Inbox final : public Reports {
  public:
    /// Told after the commit, on the reporting thread, each new thing once. Must be quick and not throw;
    /// either may be empty.
    struct Observer {
        std::function<void(std::string_view channel, std::int32_t segments)> received;
        std::function<void(std::string_view channel, const DeliveryReport& report)> status_applied;
    };

    static constexpr std::size_t max_id = 255;           ///< bytes; longer ids are refused
    static constexpr std::size_t max_address = 512;      ///< bytes; longer addresses are refused
    static constexpr std::size_t max_content = 1 << 18;  ///< bytes; the rest is only in the raw values
    static constexpr std::size_t max_word = 255;         ///< bytes of a status, an encoding, a keyword, …
    static constexpr std::size_t max_error_text = 1000;  ///< bytes
    static constexpr std::size_t max_media = 100;        ///< items; the rest is only in the raw values
    static constexpr std::size_t max_url = 8192;         ///< bytes; an item with a longer one is left out

    Inbox(store::GuestWrites& guests, store::Reports& reports, const Clock& clock, Observer observer = {});

    std::variant<store::ReceiveResult, BadReport> receive(InboundMessage message) override;
    std::variant<store::StatusResult, BadReport> apply_status(store::StatusUpdate update) override;
    std::variant<bool, BadReport> record_consent(store::ConsentReport report) override;

  private:
    Timestamp time_or_now(Timestamp reported) const;

    store::GuestWrites& guests_;
    store::Reports& reports_;
    const Clock& clock_;
    Observer observer_;
};

}  // namespace jackgw::conversations
