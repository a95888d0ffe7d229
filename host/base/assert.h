#pragma once

namespace jackgw {

/// Writes one line to standard error that says what doesn't hold and where, and aborts. It allocates nothing
/// and takes no lock: it may be called by any thread in any state. Of the file only the name is shown.
[[noreturn, gnu::cold, gnu::noinline]] void assertion_failed(const char* expression, const char* file,
                                                             int line, const char* what) noexcept;

}  // namespace jackgw

#ifdef __FILE_NAME__
#define JACKGW_FILE_NAME __FILE_NAME__
#else
#define JACKGW_FILE_NAME __FILE__
#endif

/// Ends the program unless the condition holds, in every build. For our own mistakes only, those after which
/// going on could do harm: never for what users, providers, plugins, disks or networks can cause. `what` is a
/// string literal that says what must hold, fit to be read after "assertion failed".
#define JACKGW_ASSERT(condition, what)                                                      \
    do {                                                                                    \
        if (!(condition)) [[unlikely]]                                                      \
            ::jackgw::assertion_failed(#condition, JACKGW_FILE_NAME, __LINE__, "" what ""); \
    } while (false)
