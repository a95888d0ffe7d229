#pragma once

#include "api/body.h"
#include "api/query.h"
#include "store/failed_filter.h"

namespace jackgw::api {

/// The filter of failed messages, as query parameters. Throws ApiError 422.
store::FailedFilter read_failed_filter(const Query& query);

/// The same as the object `filter` of a body, which must be there, be it empty: to act on all that failed has
/// to be said. Throws ApiError 422.
store::FailedFilter read_failed_filter(const Body& body);

}  // namespace jackgw::api
