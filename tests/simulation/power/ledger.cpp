#include "ledger.h"

namespace jackgw::test {

const std::string Ledger::absent = "-";

namespace {

std::string found_of(const Ledger::Facts& found, const std::string& fact) {
    const auto at = found.find(fact);
    return at == found.end() ? Ledger::absent : at->second;
}

}  // namespace

void Ledger::doubtful(const std::string& fact, const std::string& value) {
    std::set<std::string>& values = possible_[fact];
    if (values.empty()) values.insert(absent);
    values.insert(value);
}

std::string Ledger::sure(const std::string& fact) const {
    const auto at = possible_.find(fact);
    if (at == possible_.end()) return absent;
    return at->second.size() == 1 ? *at->second.begin() : std::string{};
}

std::vector<std::string> Ledger::complaints(const Facts& found) const {
    std::vector<std::string> complaints;
    for (const auto& [fact, values] : possible_) {
        const std::string is = found_of(found, fact);
        if (values.contains(is)) continue;
        const bool lost = values.size() == 1 && is == absent;
        std::string text = (lost ? "lost: " : "wrong: ") + fact + " is " + is + ", may be";
        for (const std::string& value : values) text += " " + value;
        complaints.push_back(std::move(text));
    }
    for (const auto& [fact, is] : found)
        if (!possible_.contains(fact)) complaints.push_back("came back: " + fact + " is " + is);
    return complaints;
}

void Ledger::settle(const Facts& found) {
    for (auto& [fact, values] : possible_) values = {found_of(found, fact)};
}

}  // namespace jackgw::test
