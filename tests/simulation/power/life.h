#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "base/ids.h"
#include "examiner.h"
#include "faults.h"
#include "ledger.h"
#include "power_disk.h"
#include "simulation.h"
#include "store/sqlite/steps.h"
#include "store/store.h"

namespace jackgw::test {

/// One life of a store; see simulate(). One thread calls the store, and the writer checkpoints before it
/// answers: so all calls of the disk come in one order.
class Life {
  public:
    Life(std::uint64_t seed, Plant plant, std::ostream* trace);
    SimulationResult run();

  private:
    enum class Answer { done, refused, unknown, unheard };

    std::uint64_t pick(std::uint64_t below) { return random_() % below; }
    void tell(const std::string& text);
    void complain(const std::string& text);

    /// Opens the store, through faults of its own.
    void open();
    /// The process dies here, if it hasn't yet, and perhaps the power fails.
    void crash();
    void restart();
    /// Looks at everything that must hold. `settled`: after a start, when all that is found is durable.
    Examiner::Finding look(bool settled);

    /// Lets the store do something; what a dead process would have answered nobody hears.
    Answer ask(const std::string& what, const std::function<void()>& work);
    /// Writes an answer down: refused means that nothing has changed.
    void note(Answer answer, const std::string& fact, const std::string& value);
    static bool is_doubtful(Answer answer) { return answer == Answer::unknown || answer == Answer::unheard; }

    void operate();
    void receive(const std::string& id);
    void enqueue(const std::string& text);
    /// What got no clear answer comes again, as a provider or a client sends it again.
    void repeat();
    void claim();
    void finish();
    void report();
    void pause();
    std::string attempts() const;
    std::string guest() { return "+1555987000" + std::to_string(pick(5)); }

    std::mt19937_64 random_;
    const Plant plant_;
    std::ostream* const trace_;
    const TempFolder folder_;
    PowerDisk disk_;
    FakeClock clock_;
    IdGenerator ids_{clock_};
    store::sqlite::Steps steps_;
    Faults faults_{random_};
    std::unique_ptr<store::Store> store_;
    Ledger ledger_;
    Examiner examiner_{folder_ / "jack.db"};
    SimulationResult result_;
    std::uint64_t made_ = 0;  // names
    std::vector<std::string> again_;
    std::vector<std::string> attempts_;  // that were told of
    std::vector<store::Claim> claims_;
    std::vector<std::string> sent_;
};

}  // namespace jackgw::test
