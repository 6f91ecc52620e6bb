#define _GNU_SOURCE
#include "spawning.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

static void close_all(const int descriptors[3]) {
  for (int stream = 0; stream < 3; stream++)
    if (descriptors[stream] >= 0) close(descriptors[stream]);
}

/// A pipe for a stream, of which `theirs` lies above the numbers that streams have.
static int open_pipe(int stream, int *ours, int *theirs) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  int near = ends[stream == 0], far = ends[stream != 0];
  *ours = near;
  *theirs = fcntl(far, F_DUPFD_CLOEXEC, 3);
  close(far);
  return *theirs < 0 ? -1 : fcntl(near, F_SETFL, O_NONBLOCK);
}

static int spawn(char *const *arguments, char *const *environment, pid_t *process, const int theirs[3]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t blocked;
  int failed = posix_spawn_file_actions_init(&actions);
  if (failed) return failed;
  failed = posix_spawnattr_init(&attributes);
  if (!failed) {
    for (int stream = 0; stream < 3; stream++) failed |= posix_spawn_file_actions_adddup2(&actions, theirs[stream], stream);
    failed |= posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGHUP);
    posix_spawnattr_setsigmask(&attributes, &blocked);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    failed = failed ? ENOMEM : posix_spawn(process, arguments[0], &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

int spawn_with_pipes(char *const *arguments, char *const *environment, pid_t *process, int streams[3]) {
  int theirs[3] = {-1, -1, -1}, failed = 0;
  for (int stream = 0; stream < 3; stream++) streams[stream] = -1;
  for (int stream = 0; stream < 3 && !failed; stream++)
    if (open_pipe(stream, &streams[stream], &theirs[stream]) != 0) failed = errno;
  if (!failed) failed = spawn(arguments, environment, process, theirs);
  close_all(theirs);
  if (failed) close_all(streams);
  return failed;
}
