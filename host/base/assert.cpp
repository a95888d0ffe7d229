#include "base/assert.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace jackgw {

namespace {

/// One line in a buffer of fixed size: what is too long for it is cut.
class Line {
  public:
    void add(std::string_view text) {
        for (const char c : text) {
            if (size_ + 1 == buffer_.size()) return;  // the last one is the newline's
            buffer_[size_++] = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }

    void add(int number) {
        std::array<char, 16> digits{};
        std::size_t first = digits.size();
        do {
            digits[--first] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number > 0);
        add(std::string_view(digits.data() + first, digits.size() - first));
    }

    void write_to(int file) {
        buffer_[size_++] = '\n';
        const char* from = buffer_.data();
        const char* const end = from + size_;
        while (from < end) {
            const ssize_t written = ::write(file, from, static_cast<std::size_t>(end - from));
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return;
            from += written;
        }
    }

  private:
    std::array<char, 1024> buffer_{};
    std::size_t size_ = 0;
};

std::string_view name_of(std::string_view file) {
    return file.substr(file.rfind('/') + 1);  // all of it where there is no slash
}

}  // namespace

void assertion_failed(const char* expression, const char* file, int line, const char* what) noexcept {
    Line text;
    text.add("assertion failed in ");
    text.add(name_of(file));
    text.add(":");
    text.add(line);
    text.add(": ");
    text.add(what);
    text.add(" (");
    text.add(expression);
    text.add(")");
    std::signal(SIGPIPE, SIG_IGN);  // with nobody there to read, the end is to be an abort all the same
    text.write_to(STDERR_FILENO);
    std::abort();
}

}  // namespace jackgw
