#include "examiner.h"

#include <array>

#include "store/sqlite/connection.h"

namespace jackgw::test {

namespace {

using store::Statement;
using store::sqlite::Connection;

struct Rule {
    const char* text;
    const char* counts;  // how often it is broken
};

constexpr std::array rules{
    Rule{"half: a message without its event",
         "SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.message_id = m.id "
         "AND e.type = 'conversation.message')"},
    Rule{"half: an event without its message",
         "SELECT count(*) FROM events e WHERE e.message_id <> '' AND NOT EXISTS "
         "(SELECT 1 FROM messages m WHERE m.id = e.message_id)"},
    Rule{"half: a conversation that counts its messages wrongly",
         "SELECT count(*) FROM conversations c WHERE message_count <> "
         "(SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)"},
    Rule{"half: an inbound message that isn't known as taken",
         "SELECT (SELECT count(*) FROM messages WHERE direction = 'inbound') > (SELECT count(*) FROM dedup)"},
    Rule{"half: a reference to nothing", "SELECT count(*) FROM pragma_foreign_key_check"},
    Rule{"attempts: a message has two without an outcome",
         "SELECT count(*) FROM (SELECT message_seq FROM attempts WHERE outcome IS NULL GROUP BY message_seq "
         "HAVING count(*) > 1)"},
    Rule{"numbers: the counter is behind what was given",
         "SELECT (SELECT last_seq FROM counter) < (SELECT coalesce(max(seq), 0) FROM "
         "(SELECT seq FROM messages UNION ALL SELECT seq FROM events UNION ALL SELECT seq FROM attempts))"},
};

constexpr std::array facts{
    "SELECT 'in ' || provider_message_id, count(*) FROM messages WHERE direction = 'inbound' GROUP BY 1",
    "SELECT 'out ' || content, count(*) FROM messages WHERE direction = 'outbound' GROUP BY 1",
    "SELECT 'accepted ' || provider_message_id, count(*) FROM attempts WHERE outcome = 'accepted' GROUP BY 1",
    "SELECT 'report ' || m.provider_message_id, count(*) FROM events e JOIN messages m ON m.id = "
    "e.message_id WHERE e.type = 'message.report' GROUP BY 1",
    "SELECT 'attempts', count(*) FROM attempts HAVING count(*) > 0",
};

}  // namespace

Examiner::Finding Examiner::look(bool settled) {
    Finding finding;
    try {
        Connection database(file_, Connection::Mode::read);
        Statement whole = database.query("PRAGMA integrity_check");
        while (whole.step())
            if (whole.text(0) != "ok") finding.complaints.push_back("integrity: " + whole.text(0));
        for (const Rule& rule : rules) {
            Statement broken = database.query(rule.counts);
            if (broken.step() && broken.integer(0) != 0) finding.complaints.emplace_back(rule.text);
        }
        for (const char* sql : facts) {
            Statement fact = database.query(sql);
            while (fact.step()) finding.facts[fact.text(0)] = std::to_string(fact.integer(1));
        }
        Statement given = database.query(
            "SELECT seq, 'message ' || id FROM messages UNION ALL "
            "SELECT seq, 'event ' || type || ' of ' || message_id || conversation_id || guest_id FROM events "
            "UNION ALL SELECT seq, 'attempt ' || id FROM attempts");
        Statement attempt = database.query("SELECT id FROM attempts");
        while (attempt.step()) finding.attempts.insert(attempt.text(0));
        std::map<std::int64_t, std::string> numbers;
        while (given.step()) {
            const auto [at, fresh] = numbers.emplace(given.integer(0), given.text(1));
            if (!fresh)
                finding.complaints.push_back("numbers: one was given to " + at->second + " and to " +
                                             given.text(1));
        }
        for (const auto& [number, owner] : numbers_) {
            const auto now = numbers.find(number);
            if (now != numbers.end() && now->second != owner)
                finding.complaints.push_back("numbers: one was given to " + owner + ", then to " +
                                             now->second);
        }
        if (settled) numbers_.insert(numbers.begin(), numbers.end());
    } catch (const std::exception& error) {
        finding.complaints.push_back(std::string("integrity: can't be read: ") + error.what());
    }
    return finding;
}

}  // namespace jackgw::test
