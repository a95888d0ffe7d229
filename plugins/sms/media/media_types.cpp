#include "sms/media/media_types.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace jackgw::sms {

namespace {

// Twilio's documentation of the Messages resource, in lower case.
constexpr std::array accepted{
    std::string_view{"image/jpeg"},
    std::string_view{"image/jpg"},
    std::string_view{"image/gif"},
    std::string_view{"image/png"},
    std::string_view{"image/heic"},
    std::string_view{"image/heif"},
    std::string_view{"image/tiff"},
    std::string_view{"image/bmp"},
    std::string_view{"video/mpeg"},
    std::string_view{"video/mp4"},
    std::string_view{"video/mpeg4"},
    std::string_view{"video/webm"},
    std::string_view{"video/quicktime"},
    std::string_view{"video/3gpp"},
    std::string_view{"video/3gpp2"},
    std::string_view{"video/3gpp-tt"},
    std::string_view{"video/h261"},
    std::string_view{"video/h263"},
    std::string_view{"video/h263-1998"},
    std::string_view{"video/h263-2000"},
    std::string_view{"video/h264"},
    std::string_view{"video/h265"},
    std::string_view{"audio/ogg"},
    std::string_view{"audio/mpeg"},
    std::string_view{"audio/mp4"},
    std::string_view{"audio/mp3"},
    std::string_view{"audio/3gpp"},
    std::string_view{"audio/3gpp2"},
    std::string_view{"audio/basic"},
    std::string_view{"audio/l24"},
    std::string_view{"audio/vnd.rn-realaudio"},
    std::string_view{"audio/vnd.wave"},
    std::string_view{"audio/ac3"},
    std::string_view{"audio/webm"},
    std::string_view{"audio/amr-nb"},
    std::string_view{"audio/amr"},
    std::string_view{"text/vcard"},
    std::string_view{"text/x-vcard"},
    std::string_view{"text/directory"},
    std::string_view{"text/csv"},
    std::string_view{"text/richtext"},
    std::string_view{"text/rtf"},
    std::string_view{"text/calendar"},
    std::string_view{"application/pdf"},
    std::string_view{"application/vcard"},
};

constexpr std::array resized{std::string_view{"image/jpeg"}, std::string_view{"image/jpg"},
                             std::string_view{"image/png"}, std::string_view{"image/gif"}};

using Extension = std::pair<std::string_view, std::string_view>;
constexpr std::array extensions{
    Extension{"jpg", "image/jpeg"},
    Extension{"jpeg", "image/jpeg"},
    Extension{"gif", "image/gif"},
    Extension{"png", "image/png"},
    Extension{"heic", "image/heic"},
    Extension{"heif", "image/heif"},
    Extension{"tif", "image/tiff"},
    Extension{"tiff", "image/tiff"},
    Extension{"bmp", "image/bmp"},
    Extension{"mpg", "video/mpeg"},
    Extension{"mpeg", "video/mpeg"},
    Extension{"mp4", "video/mp4"},
    Extension{"webm", "video/webm"},
    Extension{"mov", "video/quicktime"},
    Extension{"3gp", "video/3gpp"},
    Extension{"3g2", "video/3gpp2"},
    Extension{"ogg", "audio/ogg"},
    Extension{"oga", "audio/ogg"},
    Extension{"opus", "audio/ogg"},
    Extension{"mp3", "audio/mpeg"},
    Extension{"m4a", "audio/mp4"},
    Extension{"au", "audio/basic"},
    Extension{"ra", "audio/vnd.rn-realaudio"},
    Extension{"wav", "audio/vnd.wave"},
    Extension{"ac3", "audio/ac3"},
    Extension{"amr", "audio/amr"},
    Extension{"vcf", "text/vcard"},
    Extension{"csv", "text/csv"},
    Extension{"rtx", "text/richtext"},
    Extension{"rtf", "text/rtf"},
    Extension{"ics", "text/calendar"},
    Extension{"pdf", "application/pdf"},
    // Not accepted, as a front desk may try them all the same.
    Extension{"svg", "image/svg+xml"},
    Extension{"webp", "image/webp"},
    Extension{"avif", "image/avif"},
    Extension{"ico", "image/x-icon"},
    Extension{"psd", "image/vnd.adobe.photoshop"},
    Extension{"avi", "video/x-msvideo"},
    Extension{"wmv", "video/x-ms-wmv"},
    Extension{"flv", "video/x-flv"},
    Extension{"mkv", "video/x-matroska"},
    Extension{"aac", "audio/aac"},
    Extension{"flac", "audio/flac"},
    Extension{"wma", "audio/x-ms-wma"},
    Extension{"mid", "audio/midi"},
    Extension{"txt", "text/plain"},
    Extension{"md", "text/markdown"},
    Extension{"htm", "text/html"},
    Extension{"html", "text/html"},
    Extension{"css", "text/css"},
    Extension{"js", "text/javascript"},
    Extension{"json", "application/json"},
    Extension{"xml", "application/xml"},
    Extension{"zip", "application/zip"},
    Extension{"gz", "application/gzip"},
    Extension{"tar", "application/x-tar"},
    Extension{"rar", "application/vnd.rar"},
    Extension{"7z", "application/x-7z-compressed"},
    Extension{"exe", "application/x-msdownload"},
    Extension{"apk", "application/vnd.android.package-archive"},
    Extension{"pkpass", "application/vnd.apple.pkpass"},
    Extension{"epub", "application/epub+zip"},
    Extension{"doc", "application/msword"},
    Extension{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Extension{"xls", "application/vnd.ms-excel"},
    Extension{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Extension{"ppt", "application/vnd.ms-powerpoint"},
    Extension{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    Extension{"odt", "application/vnd.oasis.opendocument.text"},
};

}  // namespace

std::string bare_type(std::string_view content_type) {
    content_type = content_type.substr(0, std::min(content_type.find(';'), content_type.size()));
    const std::size_t first = content_type.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    content_type = content_type.substr(first, content_type.find_last_not_of(" \t") - first + 1);
    std::string bare(content_type);
    std::ranges::transform(bare, bare.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return bare;
}

std::optional<std::uint64_t> read_length(std::string_view content_length) {
    std::uint64_t length = 0;
    const char* last = content_length.data() + content_length.size();
    const auto [end, error] = std::from_chars(content_length.data(), last, length);
    if (content_length.empty() || error != std::errc{} || end != last) return std::nullopt;
    return length;
}

bool is_accepted_type(std::string_view content_type) {
    return std::ranges::find(accepted, bare_type(content_type)) != accepted.end();
}

bool is_resized_type(std::string_view content_type) {
    return std::ranges::find(resized, bare_type(content_type)) != resized.end();
}

std::string_view type_of_extension(std::string_view extension) {
    const auto* found = std::ranges::find(extensions, extension, &Extension::first);
    return found == extensions.end() ? std::string_view{} : found->second;
}

}  // namespace jackgw::sms
