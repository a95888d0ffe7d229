#include "api/media_type.h"

#include <algorithm>
#include <array>

#include "http/wire/syntax.h"

namespace jackgw::api {

namespace {

constexpr std::array known{
    MediaType{"image/jpeg", ".jpg"},
    MediaType{"image/jpg", ".jpg"},
    MediaType{"image/gif", ".gif"},
    MediaType{"image/png", ".png"},
    MediaType{"image/heic", ".heic"},
    MediaType{"image/heif", ".heif"},
    MediaType{"image/tiff", ".tiff"},
    MediaType{"image/bmp", ".bmp"},
    MediaType{"video/mpeg", ".mpeg"},
    MediaType{"video/mp4", ".mp4"},
    MediaType{"video/mpeg4", ".mp4"},
    MediaType{"video/webm", ".webm"},
    MediaType{"video/quicktime", ".mov"},
    MediaType{"video/3gpp", ".3gp"},
    MediaType{"video/3gpp2", ".3g2"},
    MediaType{"video/3gpp-tt", ""},
    MediaType{"video/h261", ""},
    MediaType{"video/h263", ""},
    MediaType{"video/h263-1998", ""},
    MediaType{"video/h263-2000", ""},
    MediaType{"video/h264", ""},
    MediaType{"video/h265", ""},
    MediaType{"audio/ogg", ".ogg"},
    MediaType{"audio/mpeg", ".mp3"},
    MediaType{"audio/mp3", ".mp3"},
    MediaType{"audio/mp4", ".m4a"},
    MediaType{"audio/3gpp", ".3gp"},
    MediaType{"audio/3gpp2", ".3g2"},
    MediaType{"audio/basic", ".au"},
    MediaType{"audio/l24", ""},
    MediaType{"audio/vnd.rn-realaudio", ".ra"},
    MediaType{"audio/vnd.wave", ".wav"},
    MediaType{"audio/ac3", ".ac3"},
    MediaType{"audio/webm", ".weba"},
    MediaType{"audio/amr", ".amr"},
    MediaType{"audio/amr-nb", ".amr"},
    MediaType{"text/vcard", ".vcf"},
    MediaType{"text/x-vcard", ".vcf"},
    MediaType{"application/vcard", ".vcf"},
    MediaType{"text/directory", ".vcf"},
    MediaType{"text/csv", ".csv"},
    MediaType{"text/richtext", ".rtx"},
    MediaType{"text/rtf", ".rtf"},
    MediaType{"text/calendar", ".ics"},
    MediaType{"application/pdf", ".pdf"},
};

}  // namespace

MediaType media_type(std::string_view content_type) {
    const auto name = http::trim(content_type.substr(0, content_type.find(';')));
    const auto* found = std::ranges::find_if(
        known, [&](const MediaType& type) { return http::equals_ignoring_case(type.name, name); });
    return found == known.end() ? MediaType{"application/octet-stream", ""} : *found;
}

}  // namespace jackgw::api
