#pragma once
#include <sys/types.h>

/// Starts the program `arguments[0]` with pipes for its three streams, and no other open file. SIGINT, SIGTERM and SIGHUP,
/// which a terminal or systemd sends to all processes of a run, do not reach it. Both lists end with NULL. Returns 0, or
/// the reason as an errno; `streams` are our ends: its input, output and errors, which block nobody.
///
/// posix_spawn as Swift sees it lacks `pipe2` and `posix_spawn_file_actions_addclosefrom_np`.
int spawn_with_pipes(char *const *arguments, char *const *environment, pid_t *process, int streams[3]);
