#include "api/route.h"

#include "api/error.h"
#include "base/ids.h"

namespace jackgw::api {

std::string id_of(const Call& call, const std::string& what) {
    const std::string& id = call.path.at("id");
    if (!is_uuid(id)) throw not_found("There is no " + what + " of this id");
    return id;
}

}  // namespace jackgw::api
