#pragma once

#include <string_view>
#include <vector>

#include "store/reports.h"
#include "store/seam/transaction.h"

/// Reports that came before anybody knew whose they are: the provider's id is learnt with the answer to the
/// attempt, or from a report that names the attempt.
namespace jackgw::outbox {

/// From here to the transaction's end nobody else learns whose this id is, nor keeps a report about it.
void lock_provider_message(store::Transaction& transaction, std::string_view channel,
                           std::string_view provider_message_id);

void keep_early_report(store::Transaction& transaction, const store::StatusUpdate& update);

/// Those about an id, in their order; they are no longer kept.
std::vector<store::StatusUpdate> take_early_reports(store::Transaction& transaction, std::string_view channel,
                                                    std::string_view provider_message_id);

}  // namespace jackgw::outbox
