#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int confine_to_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

static int lower(__rlimit_resource_t resource, rlim_t value) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return -1;
  if (value < limit.rlim_max) limit.rlim_max = value;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(resource, &limit);
}

/// The address space that this process takes already, in bytes: under AddressSanitizer terabytes. proc(5), statm.
static size_t mapped_memory(void) {
  size_t pages = 0;
  FILE *file = fopen("/proc/self/statm", "re");
  if (!file) return 0;
  if (fscanf(file, "%zu", &pages) != 1) pages = 0;
  fclose(file);
  return pages * (size_t)sysconf(_SC_PAGESIZE);
}

int confine_resources(size_t memory, size_t files) {
  int failed = lower(RLIMIT_CORE, 0) | lower(RLIMIT_AS, mapped_memory() + memory) | lower(RLIMIT_NOFILE, files);
  return failed ? -1 : 0;
}

int confine_processor_time(unsigned seconds) {
  struct timespec used;
  struct rlimit limit;
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0) return -1;
  // The kernel counts whole seconds.
  rlim_t until = (rlim_t)used.tv_sec + 1 + seconds;
  limit.rlim_cur = until < limit.rlim_max ? until : limit.rlim_max;
  return setrlimit(RLIMIT_CPU, &limit);
}

// Landlock as of ABI 6 (Linux 6.12, landlock(7)); the headers of Debian 12 know ABI 2 only.
struct ruleset {
  uint64_t files, network, scopes;
};
struct __attribute__((packed)) path_rule {
  uint64_t allowed;
  int32_t descriptor;
};
enum { READ_FILE = 1 << 2, BENEATH_PATH = 1, ASK_VERSION = 1 };

/// Everything that the kernel's version can forbid, and the size of the structure that it knows.
static size_t forbid_all(int version, struct ruleset *rules) {
  int kinds_of_files = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  *rules = (struct ruleset){.files = (UINT64_C(1) << kinds_of_files) - 1};
  if (version < 4) return sizeof rules->files;
  rules->network = 3;  // binding and connecting TCP sockets
  if (version < 6) return 2 * sizeof rules->files;
  rules->scopes = 3;  // abstract sockets, signals
  return sizeof *rules;
}

static int allow_reading(int ruleset, const char *path) {
  struct path_rule rule = {READ_FILE, open(path, O_PATH | O_CLOEXEC)};
  if (rule.descriptor < 0) return 0;  // Not there: opening a recording says so.
  long result = syscall(SYS_landlock_add_rule, ruleset, BENEATH_PATH, &rule, 0);
  close(rule.descriptor);
  return (int)result;
}

int landlock_version(void) { return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION); }

int confine_files(const char *const *readable, size_t count) {
  int version = landlock_version();
  if (version < 1) return -1;
  struct ruleset rules;
  size_t size = forbid_all(version, &rules);
  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return -1;
  long result = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  for (size_t index = 0; index < count && result == 0; index++) result = allow_reading(ruleset, readable[index]);
  if (result == 0) result = syscall(SYS_landlock_restrict_self, ruleset, 0);
  int reason = errno;
  close(ruleset);
  errno = reason;
  return (int)result;
}

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

int confine_calls(void) {
#ifdef ARCHITECTURE
#define REFUSE(call)                                 \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), \
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      // Calls of x32 have other numbers, from here on.
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      REFUSE(SYS_socket),
      REFUSE(SYS_socketpair),
      REFUSE(SYS_execve),
      REFUSE(SYS_execveat),
      REFUSE(SYS_ptrace),
      REFUSE(SYS_process_vm_readv),
      REFUSE(SYS_process_vm_writev),
      REFUSE(SYS_io_uring_setup),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
#else
  errno = ENOSYS;
  return -1;
#endif
}
