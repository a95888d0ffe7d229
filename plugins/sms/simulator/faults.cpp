#include "faults.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace jackgw::sms::simulator {

namespace {

constexpr std::array<std::pair<FaultKind, std::string_view>, 13> words{{
    {FaultKind::too_many_requests, "429"},
    {FaultKind::error_before, "500-before"},
    {FaultKind::error_after, "500-after"},
    {FaultKind::hang, "hang"},
    {FaultKind::hang_after, "hang-after"},
    {FaultKind::cut_before, "cut-before"},
    {FaultKind::cut_after, "cut-after"},
    {FaultKind::slow, "slow"},
    {FaultKind::error, "error"},
    {FaultKind::media_missing, "media-missing"},
    {FaultKind::media_elsewhere, "media-elsewhere"},
    {FaultKind::media_slow, "media-slow"},
    {FaultKind::media_chunked, "media-chunked"},
}};

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
    if (!kind || (needs_value && fault.value == 0)) return std::nullopt;
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
    ++clearings_;
    released_.notify_all();
}

std::optional<Fault> FaultBox::take(std::string_view to) {
    return take_if([&](const Fault& fault) {
        return !to_word(fault.kind).starts_with("media-") && (fault.to.empty() || fault.to == to);
    });
}

std::optional<Fault> FaultBox::take_of(std::initializer_list<FaultKind> kinds) {
    return take_if([&](const Fault& fault) { return std::ranges::find(kinds, fault.kind) != kinds.end(); });
}

std::optional<Fault> FaultBox::take_if(const std::function<bool(const Fault&)>& concerned) {
    const std::lock_guard lock(mutex_);
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
    released_.wait_for(lock, duration,
                       [this, before = clearings_] { return closed_ || clearings_ != before; });
}

void FaultBox::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    released_.notify_all();
}

}  // namespace jackgw::sms::simulator
