#pragma once

#include <sys/types.h>

namespace jackgw::bench {

/// CPU time that a process has used so far, user and system, all threads. Counted by the kernel in ticks of
/// 10 ms. Throws std::runtime_error if there is no such process.
double cpu_seconds(pid_t process);

}  // namespace jackgw::bench
