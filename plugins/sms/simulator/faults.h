#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock.h"

namespace jackgw::sms::simulator {

enum class FaultKind {
    too_many_requests,  // 429: surely not accepted; the value is Retry-After in seconds, 0: no such header
    error_before,       // 500, not accepted
    error_after,        // 500, though accepted
    hang,               // no answer, not accepted; the value is for how many seconds at most
    hang_after,         // no answer, though accepted
    cut_before,         // the connection ends without an answer, not accepted
    cut_after,          // the connection ends without an answer, though accepted
    slow,               // accepted and answered after the value's milliseconds
    error,              // refused with the value as error code, and the HTTP status if one is given
    foreign,            // answered with the value as status by somebody else, such as a proxy; not accepted
    list_error,         // the list of messages is answered with the value as status
    media_missing,      // a guest's medium: the API doesn't have it
    media_elsewhere,    // … the API redirects to a stranger
    media_slow,         // … the CDN answers after the value's milliseconds
    media_chunked,      // … the CDN doesn't tell its length
};

/// Words as on the command line: 429, 500-before, 500-after, hang, hang-after, cut-before, cut-after, slow,
/// error, foreign, list-error, media-missing, media-elsewhere, media-slow, media-chunked.
std::string_view to_word(FaultKind kind);
std::optional<FaultKind> parse_fault_kind(std::string_view word);
/// All words, for help texts.
std::string fault_words();

/// What is to go wrong with requests to create a message, to list messages or to fetch a guest's medium.
struct Fault {
    FaultKind kind{};
    int value = 0;
    unsigned count = 1;                      // for how many requests; 0: until cleared
    std::string to{};                        // only for this recipient, or "+49*" for those; empty: for all
    int status = 0;                          // of an error: 400…599; 0: the documented one
    std::string content_type = "text/html";  // of a foreign answer
    std::string body = "<html><body>This is not the provider.</body></html>";
    unsigned retry_after = 0;          // seconds in a Retry-After header; 0: none
    bool retry_after_is_date = false;  // as a date instead
    std::chrono::milliseconds late{};  // how long a refusal takes
    std::optional<Time> until{};       // over then, whatever the count
};

/// Reads `KIND[:VALUE[/STATUS]][*COUNT]`, such as "429:3*2", "slow:200" or "error:20403/403". Nothing if
/// malformed.
std::optional<Fault> parse_fault(std::string_view text);

/// The faults that are in force. Safe from any thread.
class FaultBox {
  public:
    explicit FaultBox(const Clock& clock) : clock_(clock) {}

    void add(Fault fault);
    /// Forgets all faults and ends those that hold a request.
    void clear();
    /// The first fault of sending that concerns this recipient, used up by one.
    std::optional<Fault> take(std::string_view to);
    /// The first fault of one of these kinds, used up by one.
    std::optional<Fault> take_of(std::initializer_list<FaultKind> kinds);
    std::vector<Fault> all() const;

    /// Waits, at most that long: ends early at clear(), release() and close().
    void hold(std::chrono::milliseconds duration);
    /// Ends those that hold a request.
    void release();
    /// Nothing waits from now on.
    void close();

  private:
    std::optional<Fault> take_if(const std::function<bool(const Fault&)>& concerned);

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::condition_variable released_;
    std::vector<Fault> faults_;
    unsigned releases_ = 0;
    bool closed_ = false;
};

}  // namespace jackgw::sms::simulator
