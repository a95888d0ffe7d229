// The narrowest place of all: a start that finds a commit in the log which never reached the disk.
#include <catch2/catch.hpp>
#include <iostream>
#include <optional>

#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "examiner.h"
#include "planted.h"
#include "power_disk.h"
#include "storage/operations_store.h"
#include "store/sqlite/sqlite_backend.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// A store that takes a text, then another one whose sync fails, and dies before it has said so. The kernel
/// takes the log's pages for clean from then on. Its successor finds the second text in the page cache.
class Start {
  public:
    explicit Start(Plant plant) : plant_(plant) {
        open();
        receive("before");
        disk_.decide([this](const DiskEvent& event) {
            if (sync_failed_) return DiskVerdict::die_before;
            sync_failed_ = event.call == DiskCall::sync;
            return sync_failed_ ? DiskVerdict::fail : DiskVerdict::go;
        });
        receive("during");
        disk_.decide({});
        store_.reset();
        disk_.kill();
    }

    /// Starts the successor, which the power leaves at that call, and then another. Gives what is wrong;
    /// nothing if the start was through before.
    std::optional<std::vector<std::string>> cut_at(std::uint64_t call, std::uint64_t seed) {
        const std::uint64_t last = disk_.calls() + call;
        disk_.decide([last](const DiskEvent& event) {
            return event.number >= last ? DiskVerdict::die_after : DiskVerdict::go;
        });
        open();
        const bool through = !disk_.dead();
        disk_.decide({});
        disk_.die();
        store_.reset();
        disk_.cut(seed);
        if (through) return std::nullopt;
        if (!open()) return std::vector<std::string>{"it can't be opened"};
        Examiner::Finding finding = Examiner(file_).look(true);
        if (!finding.facts.contains("in before")) finding.complaints.emplace_back("lost: before");
        return finding.complaints;
    }

  private:
    bool open() {
        store::sqlite::Steps steps;
        plant_steps(plant_, steps);
        try {
            store_ = storage::make_store(store::open_sqlite(file_, clock_, ids_, {}, steps));
            return true;
        } catch (const Error&) {
            return false;
        }
    }
    void receive(const std::string& id) {
        InboundMessage message;
        message.channel = "sms";
        message.provider_message_id = id;
        message.from = "+1555987000" + std::to_string(id.size() % 10);
        message.to = "+15551234567";
        message.content = std::string(9000, 'x');
        message.received_at = clock_.now();
        try {
            store_->receive(message);
        } catch (const Error&) {
            return;  // it doesn't live to say so
        }
    }

    const Plant plant_;
    const TempFolder folder_;
    const std::filesystem::path file_ = folder_ / "jack.db";
    PowerDisk disk_;
    FakeClock clock_;
    IdGenerator ids_{clock_};
    bool sync_failed_ = false;
    std::unique_ptr<store::Store> store_;
};

/// Cuts the power at each call of the start, with some seeds; gives the first complaint.
std::optional<std::string> first_complaint(Plant plant, std::uint64_t seeds) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed)
        for (std::uint64_t call = 1;; ++call) {
            const auto complaints = Start(plant).cut_at(call, seed);
            if (!complaints) break;
            if (!complaints->empty())
                return complaints->front() + " (call " + std::to_string(call) + ", seed " +
                       std::to_string(seed) + ")";
        }
    return std::nullopt;
}

}  // namespace

TEST_CASE("A start whose power fails at any call leaves what it found wholly or not at all") {
    CHECK(first_complaint(Plant::none, 3).value_or("none") == "none");
}

TEST_CASE("A start that trusts the log it finds is found") {
    const std::optional<std::string> complaint = first_complaint(Plant::log_is_trusted, 30);
    std::cout << "a start that trusts the log: " << complaint.value_or("not found") << std::endl;
    CHECK(complaint);
}
