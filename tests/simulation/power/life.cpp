#include "life.h"

#include <limits>
#include <ostream>

#include "planted.h"
#include "storage/operations_store.h"
#include "store/sqlite/sqlite_backend.h"

namespace jackgw::test {

using namespace std::chrono_literals;

Life::Life(std::uint64_t seed, Plant plant, std::ostream* trace)
    : random_(seed), plant_(plant), trace_(trace) {
    disk_.decide([this](const DiskEvent& event) { return faults_.judge(event); });
    disk_.lie_about_syncs(plant == Plant::disk_lies);
    steps_.checkpoints = {std::numeric_limits<int>::max(), 1 + static_cast<int>(pick(60)), true};
    plant_steps(plant, steps_);
}

void Life::tell(const std::string& text) {
    if (trace_ != nullptr) *trace_ << disk_.calls() << " " << text << std::endl;
}

void Life::complain(const std::string& text) {
    tell(std::string("COMPLAINT ").append(text));
    result_.complaints.push_back(text);
}

SimulationResult Life::run() {
    open();
    const std::uint64_t length = 20 + pick(60);
    for (std::uint64_t step = 0; step < length && result_.complaints.empty(); ++step) {
        if (pick(5) == 0) faults_.arm(60);
        operate();
        // The worst moment to die is when somebody has just been refused.
        const bool ill_timed = faults_.sync_failed() && pick(3) == 0;
        faults_.disarm();
        if (disk_.dead() || ill_timed)
            restart();
        else if (pick(10) == 0) {
            sabotage_running(plant_, folder_ / "jack.db");
            look(false);
        }
    }
    for (int i = 0; i < 2 && result_.complaints.empty(); ++i) restart();
    store_.reset();
    return result_;
}

void Life::open() {
    for (int tries = 0;; ++tries) {
        if (tries < 4 && pick(3) == 0) faults_.arm(25);
        const bool armed = faults_.armed();
        try {
            store_ = storage::make_store(
                plant_backend(plant_, store::open_sqlite(folder_ / "jack.db", clock_, ids_, {}, steps_)));
            store_->recover(0us);
            faults_.disarm();
            if (!disk_.dead()) break;
            tell("died while it started");
        } catch (const std::exception& error) {
            faults_.disarm();
            tell(std::string("can't start: ") + error.what());
            if (!armed) {
                return complain(std::string("integrity: can't be opened: ").append(error.what()));
            }
        }
        crash();
    }
    claims_.clear();
    const Examiner::Finding finding = look(true);
    ledger_.settle(finding.facts);
}

void Life::crash() {
    disk_.die();
    store_.reset();
    if (pick(2) == 0) {
        ++result_.kills;
        tell("killed");
        disk_.kill();
    } else {
        const std::uint64_t seed = random_();
        ++result_.cuts;
        tell("the power fails");
        disk_.cut(seed);
    }
}

void Life::restart() {
    if (!disk_.dead() && pick(4) == 0) {
        if (pick(3) == 0) faults_.arm(25);
        store_.reset();
        faults_.disarm();
        tell("closed");
        if (disk_.dead()) crash();
    } else {
        crash();
    }
    clock_.advance(std::chrono::milliseconds{pick(5000)});
    sabotage_closed(plant_, folder_ / "jack.db");
    open();
}

Examiner::Finding Life::look(bool settled) {
    Examiner::Finding finding = examiner_.look(settled);
    try {
        if (store_->outbox().paused) finding.facts.emplace("paused", "1");
    } catch (const Error& error) {
        finding.complaints.push_back(std::string("integrity: can't be read: ") + error.what());
    }
    for (const std::string& id : attempts_)
        if (!finding.attempts.contains(id))
            finding.complaints.push_back(std::string("lost: attempt ").append(id));
    for (const std::string& each : ledger_.complaints(finding.facts)) finding.complaints.push_back(each);
    for (const std::string& each : finding.complaints) complain(each);
    return finding;
}

SimulationResult simulate(std::uint64_t seed, Plant plant, std::ostream* trace) {
    return Life(seed, plant, trace).run();
}

}  // namespace jackgw::test
