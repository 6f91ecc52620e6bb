#pragma once
#include <stddef.h>

/// What a process may do to itself before it reads what strangers wrote. prctl(2) and the calls of Landlock and seccomp
/// have no form that Swift can call. Each returns 0, or -1 with the reason in `errno`.

/// The kernel ends this process with the thread that started it.
int confine_to_parent(void);

/// So many more bytes of address space than now, so many open files, and no core dump.
int confine_resources(size_t memory, size_t files);

/// So many more seconds of processor time, counted from now; after that the kernel sends SIGXCPU.
int confine_processor_time(unsigned seconds);

/// Files below the `count` paths of `readable` can be opened for reading, and nothing else can be opened, made, changed
/// or run; no TCP, and no signals to other processes where the kernel knows how. Landlock, from Linux 5.13 on.
int confine_files(const char *const *readable, size_t count);

/// The version of Landlock that the kernel has, from 1 on; -1 where it has none.
int landlock_version(void);

/// No sockets, no other programs, no look into other processes: EPERM, by seccomp.
int confine_calls(void);
