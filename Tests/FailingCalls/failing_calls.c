// A library to preload: it counts the calls of each kind, over all processes that a program starts, and lets one fail.
//
//   FAILING_CALLS_COUNTS  a file of `struct counts`, which they share; without it nothing is counted
//   FAILING_CALLS_KIND    read, open, stat, write, sync, rename, lock, start, mmap or malloc; without it none fails
//   FAILING_CALLS_AT      the number of the call that fails, from 1 on
//   FAILING_CALLS_ERROR   its errno, as a number
//   FAILING_CALLS_ON      set: those that follow fail too
//
// Reading from a pipe and writing to one does not fail: it is no disk. A call that one function of the C library makes
// inside another one is not seen, such as the read(2) of fread(3).
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { READ, OPEN, STAT, WRITE, SYNC, RENAME, LOCK, START, MMAP, MALLOC, KINDS };
static const char *const names[KINDS] = {"read",   "open", "stat",  "write", "sync",
                                         "rename", "lock", "start", "mmap",  "malloc"};

struct counts {
  _Atomic uint64_t calls[KINDS];
  _Atomic uint64_t failed;
};
static struct counts *counts;
static int failing = -1, error = EIO, goes_on;
static uint64_t failing_at;

static void *next(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (!function) abort();
  return function;
}

/// Counts a call, and returns whether it is to fail; errno is set then.
static int fails(enum kind kind) {
  if (!counts) return 0;
  uint64_t number = atomic_fetch_add(&counts->calls[kind], 1) + 1;
  if ((int)kind != failing || (goes_on ? number < failing_at : number != failing_at)) return 0;
  atomic_fetch_add(&counts->failed, 1);
  errno = error;
  return 1;
}

static int is_pipe(int file) {
  struct stat status;
  return syscall(SYS_fstat, file, &status) == 0 && S_ISFIFO(status.st_mode);
}

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAILING_CALLS_COUNTS"), *kind = getenv("FAILING_CALLS_KIND");
  if (!file) return;
  for (int each = 0; kind && each < KINDS; each++)
    if (strcmp(kind, names[each]) == 0) failing = each;
  const char *at = getenv("FAILING_CALLS_AT"), *number = getenv("FAILING_CALLS_ERROR");
  failing_at = at ? strtoull(at, NULL, 10) : 1;
  error = number ? atoi(number) : EIO;
  goes_on = getenv("FAILING_CALLS_ON") != NULL;
  int descriptor = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) abort();
  void *(*map)(void *, size_t, int, int, int, off_t) = next("mmap");
  void *shared = map(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (shared == MAP_FAILED) abort();
  close(descriptor);
  counts = shared;
}

/// A function of the C library that fails with `failure` as calls of `kind` do.
#define FAILING(kind, type, name, parameters, arguments, failure) \
  type name parameters {                                          \
    static type(*real) parameters;                                \
    if (!real) real = next(#name);                                \
    return fails(kind) ? failure : real arguments;                \
  }

/// The same for a function that reads or writes a file.
#define FAILING_FILE(kind, name, parameters, arguments)       \
  ssize_t name parameters {                                   \
    static ssize_t(*real) parameters;                         \
    if (!real) real = next(#name);                            \
    return !is_pipe(file) && fails(kind) ? -1 : real arguments; \
  }

/// One with a mode behind its flags.
#define FAILING_OPEN(name, parameters, arguments)                     \
  int name parameters {                                               \
    static int(*real)(PARAMETERS_OF_##name);                          \
    if (!real) real = next(#name);                                    \
    mode_t mode = 0;                                                  \
    if (flags & (O_CREAT | O_TMPFILE)) {                              \
      va_list rest;                                                   \
      va_start(rest, flags);                                          \
      mode = va_arg(rest, mode_t);                                    \
      va_end(rest);                                                   \
    }                                                                 \
    return fails(OPEN) ? -1 : real arguments;                         \
  }
#define PARAMETERS_OF_open const char *, int, ...
#define PARAMETERS_OF_open64 const char *, int, ...
#define PARAMETERS_OF_openat int, const char *, int, ...
#define PARAMETERS_OF_openat64 int, const char *, int, ...

FAILING_FILE(READ, read, (int file, void *bytes, size_t count), (file, bytes, count))
FAILING_FILE(READ, pread, (int file, void *bytes, size_t count, off_t at), (file, bytes, count, at))
FAILING_FILE(READ, pread64, (int file, void *bytes, size_t count, off64_t at), (file, bytes, count, at))
FAILING(READ, struct dirent *, readdir, (DIR * folder), (folder), NULL)
FAILING(READ, struct dirent64 *, readdir64, (DIR * folder), (folder), NULL)

FAILING_OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
FAILING_OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
FAILING_OPEN(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
FAILING_OPEN(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
FAILING(OPEN, FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL)
FAILING(OPEN, FILE *, fopen64, (const char *path, const char *mode), (path, mode), NULL)
FAILING(OPEN, DIR *, opendir, (const char *path), (path), NULL)
FAILING(OPEN, DIR *, fdopendir, (int folder), (folder), NULL)

FAILING(STAT, int, stat, (const char *path, struct stat *status), (path, status), -1)
FAILING(STAT, int, stat64, (const char *path, struct stat64 *status), (path, status), -1)
FAILING(STAT, int, lstat, (const char *path, struct stat *status), (path, status), -1)
FAILING(STAT, int, lstat64, (const char *path, struct stat64 *status), (path, status), -1)
FAILING(STAT, int, fstat, (int file, struct stat *status), (file, status), -1)
FAILING(STAT, int, fstat64, (int file, struct stat64 *status), (file, status), -1)
FAILING(STAT, int, fstatat, (int folder, const char *path, struct stat *status, int flags),
        (folder, path, status, flags), -1)

FAILING_FILE(WRITE, write, (int file, const void *bytes, size_t count), (file, bytes, count))
FAILING_FILE(WRITE, pwrite, (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at))
FAILING_FILE(WRITE, pwrite64, (int file, const void *bytes, size_t count, off64_t at), (file, bytes, count, at))
FAILING(WRITE, int, ftruncate, (int file, off_t size), (file, size), -1)
FAILING(WRITE, int, ftruncate64, (int file, off64_t size), (file, size), -1)

FAILING(SYNC, int, fsync, (int file), (file), -1)
FAILING(SYNC, int, fdatasync, (int file), (file), -1)

FAILING(RENAME, int, rename, (const char *from, const char *to), (from, to), -1)
FAILING(RENAME, int, unlink, (const char *path), (path), -1)

FAILING(LOCK, int, flock, (int file, int operation), (file, operation), -1)

/// Locks alone: other commands are none of the disk.
#define FAILING_FCNTL(name)                                                   \
  int name(int file, int command, ...) {                                      \
    static int (*real)(int, int, ...);                                        \
    if (!real) real = next(#name);                                            \
    va_list rest;                                                             \
    va_start(rest, command);                                                  \
    void *argument = va_arg(rest, void *);                                    \
    va_end(rest);                                                             \
    int locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK; \
    return locks && fails(LOCK) ? -1 : real(file, command, argument);         \
  }
FAILING_FCNTL(fcntl)
FAILING_FCNTL(fcntl64)

FAILING(START, int, pipe2, (int ends[2], int flags), (ends, flags), -1)
FAILING(START, int, posix_spawn,
        (pid_t * process, const char *path, const posix_spawn_file_actions_t *actions,
         const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]),
        (process, path, actions, attributes, arguments, environment), error)

FAILING(MMAP, void *, mmap, (void *at, size_t size, int access, int flags, int file, off_t offset),
        (at, size, access, flags, file, offset), MAP_FAILED)
FAILING(MMAP, void *, mmap64, (void *at, size_t size, int access, int flags, int file, off64_t offset),
        (at, size, access, flags, file, offset), MAP_FAILED)

/// openat2(2), which has no function of its own.
long syscall(long number, ...) {
  static long (*real)(long, ...);
  if (!real) real = next("syscall");
  long given[6];
  va_list rest;
  va_start(rest, number);
  for (int each = 0; each < 6; each++) given[each] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_openat2 && fails(OPEN)) return -1;
  return real(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}

// The C library's own names: dlsym(3) takes memory itself.
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) { return fails(MALLOC) ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return fails(MALLOC) ? NULL : __libc_calloc(count, size); }
void *realloc(void *memory, size_t size) { return fails(MALLOC) ? NULL : __libc_realloc(memory, size); }
void *memalign(size_t alignment, size_t size) { return fails(MALLOC) ? NULL : __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }
int posix_memalign(void **memory, size_t alignment, size_t size) {
  void *got = memalign(alignment, size);
  if (!got) return ENOMEM;
  *memory = got;
  return 0;
}
