#include "plugins/loading/elf_check.h"

#include <elf.h>
#include <unistd.h>

#include <cstring>
#include <vector>

namespace jackgw::plugins {

namespace {

constexpr std::size_t max_headers = 4096;  // far more than any linker writes

bool read_at(int descriptor, void* target, std::size_t size, std::uint64_t offset) {
    auto* bytes = static_cast<char*>(target);
    while (size > 0) {
        const ssize_t got = ::pread(descriptor, bytes, size, static_cast<off_t>(offset));
        if (got <= 0) return false;
        bytes += got;
        size -= static_cast<std::size_t>(got);
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

bool fits(std::uint64_t offset, std::uint64_t size, std::uint64_t file_size) {
    return offset <= file_size && size <= file_size - offset;
}

}  // namespace

std::optional<std::string> find_elf_fault(int descriptor, std::uint64_t file_size) {
    Elf64_Ehdr header{};
    if (file_size < sizeof(header) || !read_at(descriptor, &header, sizeof(header), 0))
        return "it has only " + std::to_string(file_size) + " bytes: not an ELF shared library, or truncated";
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return "it is not an ELF file";
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB)
        return "it is not a 64-bit little-endian ELF file";
#if defined(__x86_64__)
    constexpr Elf64_Half machine = EM_X86_64;
#elif defined(__aarch64__)
    constexpr Elf64_Half machine = EM_AARCH64;
#endif
    if (header.e_machine != machine) return "it was built for another processor";
    if (header.e_type != ET_DYN) return "it is an ELF file but not a shared library";
    if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0 || header.e_phnum > max_headers)
        return "its ELF program headers are malformed";
    std::vector<Elf64_Phdr> segments(header.e_phnum);
    const std::uint64_t table_size = segments.size() * sizeof(Elf64_Phdr);
    if (!fits(header.e_phoff, table_size, file_size) ||
        !read_at(descriptor, segments.data(), table_size, header.e_phoff))
        return "it is truncated: its program headers lie beyond the end of the file";
    for (const Elf64_Phdr& segment : segments)
        if (segment.p_type == PT_LOAD && !fits(segment.p_offset, segment.p_filesz, file_size))
            return "it is truncated: a segment ends at byte " +
                   std::to_string(segment.p_offset + segment.p_filesz) + " but the file has only " +
                   std::to_string(file_size);
    // The section table is written last, so that it is what a copy that isn't finished lacks.
    if (header.e_shoff != 0 &&
        !fits(header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize, file_size))
        return "it is truncated: its section headers lie beyond the end of the file";
    return std::nullopt;
}

}  // namespace jackgw::plugins
