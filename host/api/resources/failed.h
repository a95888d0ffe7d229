#pragma once

#include "api/route.h"
#include "conversations/submission.h"
#include "store/administration.h"
#include "store/readers.h"

namespace jackgw::api {

class Body;

/// /outbox/failed: what failed, and what is to become of many of them at once. An operator who acts on a
/// filter can't see all that it names. So each action is run twice: with `dryRun` it only counts, and the
/// real run has to `confirm` that count, or else nothing is done: a filter that was mistyped, or that names
/// more by now, does no harm.
class FailedResource {
  public:
    /// No request acts on more messages; how many are left is told.
    static constexpr std::int64_t max_at_once = 1000;
    /// Messages that one transaction changes: what guests write in the meantime waits no longer than that.
    static constexpr std::int64_t max_in_transaction = 100;

    FailedResource(store::Administration& administration, store::Readers& readers,
                   conversations::Submission& submission);

    Routes routes();

  private:
    http::Response list(const Call& call);
    http::Response retry(const Call& call);
    http::Response discard(const Call& call);

    /// The count that is asked for; nothing: the real run was asked for and is confirmed.
    std::optional<http::Response> count_first(const Call& call, const Body& body,
                                              const store::FailedFilter& filter);

    store::Administration& administration_;
    store::Readers& readers_;
    conversations::Submission& submission_;
};

}  // namespace jackgw::api
