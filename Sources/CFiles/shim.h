#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

/// O_PATH, which Swift's Glibc does not show: a folder that is only gone through needs not be readable.
static const int open_as_place = __O_PATH;

/// Opens the file at `path` below the open folder `folder`, through no symbolic link and not out of the folder, as
/// openat2(2) does; -1 with ENOSYS where Linux is older than 5.6.
static inline int open_beneath(int folder, const char *path, int flags) {
  struct open_how how = {.flags = (unsigned)flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
  return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}
