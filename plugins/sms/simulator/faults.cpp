#include "faults.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace jackgw::sms::simulator {

namespace {

constexpr std::array<std::pair<FaultKind, std::string_view>, 15> words{{
    {FaultKind::too_many_requests, "429"},
    {FaultKind::error_before, "500-before"},
    {FaultKind::error_after, "500-after"},
    {FaultKind::hang, "hang"},
    {FaultKind::hang_after, "hang-after"},
    {FaultKind::cut_before, "cut-before"},
    {FaultKind::cut_after, "cut-after"},
    {FaultKind::slow, "slow"},
    {FaultKind::error, "error"},
    {FaultKind::foreign, "foreign"},
    {FaultKind::list_error, "list-error"},
    {FaultKind::media_missing, "media-missing"},
    {FaultKind::media_elsewhere, "media-elsewhere"},
    {FaultKind::media_slow, "media-slow"},
    {FaultKind::media_chunked, "media-chunked"},
}};

bool is_status(int value) {
    return value >= 200 && value <= 599;
}

/// True if a fault for `wanted` (a number, or its beginning and a star) is one for `to`.
bool is_for(std::string_view wanted, std::string_view to) {
    if (wanted.ends_with('*')) return to.starts_with(wanted.substr(0, wanted.size() - 1));
    return wanted.empty() || wanted == to;
}

/// True for what goes wrong with a request to create a message.
bool is_of_sending(FaultKind kind) {
    return !to_word(kind).starts_with("media-") && kind != FaultKind::list_error;
}

template <typename Number>
bool read_number(std::string_view digits, Number& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() && number >= 0;
}

}  // namespace

std::string_view to_word(FaultKind kind) {
    for (const auto& [known, word] : words) {
        if (known == kind) return word;
    }
    return {};
}

std::optional<FaultKind> parse_fault_kind(std::string_view word) {
    for (const auto& [kind, known] : words) {
        if (known == word) return kind;
    }
    return std::nullopt;
}

std::string fault_words() {
    std::string text;
    for (const auto& [kind, word] : words) text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

std::optional<Fault> parse_fault(std::string_view text) {
    Fault fault;
    if (const auto star = text.find('*'); star != std::string_view::npos) {
        if (!read_number(text.substr(star + 1), fault.count)) return std::nullopt;
        text = text.substr(0, star);
    }
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        if (!read_number(text.substr(slash + 1), fault.status)) return std::nullopt;
        text = text.substr(0, slash);
    }
    if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        if (!read_number(text.substr(colon + 1), fault.value)) return std::nullopt;
        text = text.substr(0, colon);
    }
    const auto kind = parse_fault_kind(text);
    const bool needs_value =
        kind == FaultKind::slow || kind == FaultKind::error || kind == FaultKind::media_slow;
    const bool needs_status = kind == FaultKind::foreign || kind == FaultKind::list_error;
    if (!kind || (needs_value && fault.value == 0) || (needs_status && !is_status(fault.value)))
        return std::nullopt;
    if (fault.status != 0 && (kind != FaultKind::error || fault.status < 400 || fault.status > 599))
        return std::nullopt;
    fault.kind = *kind;
    return fault;
}

void FaultBox::add(Fault fault) {
    const std::lock_guard lock(mutex_);
    faults_.push_back(std::move(fault));
}

void FaultBox::clear() {
    const std::lock_guard lock(mutex_);
    faults_.clear();
    ++releases_;
    released_.notify_all();
}

void FaultBox::release() {
    const std::lock_guard lock(mutex_);
    ++releases_;
    released_.notify_all();
}

std::optional<Fault> FaultBox::take(std::string_view to) {
    return take_if([&](const Fault& fault) { return is_of_sending(fault.kind) && is_for(fault.to, to); });
}

std::optional<Fault> FaultBox::take_of(std::initializer_list<FaultKind> kinds) {
    return take_if([&](const Fault& fault) { return std::ranges::find(kinds, fault.kind) != kinds.end(); });
}

std::optional<Fault> FaultBox::take_if(const std::function<bool(const Fault&)>& concerned) {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.now();
    std::erase_if(faults_, [&](const Fault& fault) { return fault.until && now >= *fault.until; });
    const auto found = std::ranges::find_if(faults_, concerned);
    if (found == faults_.end()) return std::nullopt;
    Fault fault = *found;
    if (found->count != 0 && --found->count == 0) faults_.erase(found);
    return fault;
}

std::vector<Fault> FaultBox::all() const {
    const std::lock_guard lock(mutex_);
    return faults_;
}

void FaultBox::hold(std::chrono::milliseconds duration) {
    std::unique_lock lock(mutex_);
    released_.wait_for(lock, duration, [this, before = releases_] { return closed_ || releases_ != before; });
}

void FaultBox::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    released_.notify_all();
}

}  // namespace jackgw::sms::simulator
