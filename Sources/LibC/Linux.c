// What Linux does in its own way, with glibc or with musl.

#ifdef __linux__

#include "LibC.h"

#include <sys/inotify.h>
#include <sys/mman.h>

const char *platformName(void) { return "linux"; }

// Distributions say their name and version in `/etc/os-release`, which Swift reads.
const char *systemName(void) { return "Linux"; }

bool systemVersion(char *text, size_t size) { return false; }

int64_t modifiedNanoseconds(struct stat status) { return nanoseconds(status.st_mtim); }

int64_t changedNanoseconds(struct stat status) { return nanoseconds(status.st_ctim); }

static char **arguments;

char **programArguments(void) { return arguments; }

// Swift reads the words from `/proc/self/cmdline`, and finds none where `/proc` is not there, as in
// some containers. So they are taken from glibc, which hands them to the functions that it calls
// before `main`. musl calls those without arguments.
#ifdef __GLIBC__
__attribute__((constructor)) static void keepArguments(int count, char **texts) {
  arguments = texts;
}
#endif

int64_t residentBytes(void) {
  FILE *file = fopen("/proc/self/statm", "re");
  if (!file) return -1;
  long long all, resident;
  int found = fscanf(file, "%lld %lld", &all, &resident);
  fclose(file);
  return found == 2 ? resident * sysconf(_SC_PAGESIZE) : -1;
}

int openFolderWatch(void) { return inotify_init1(IN_NONBLOCK | IN_CLOEXEC); }

int addToFolderWatch(int watch, const char *folder) {
  uint32_t events = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR;
  return inotify_add_watch(watch, folder, events);
}

void adviseHugePages(void *start, size_t count) { madvise(start, count, MADV_HUGEPAGE); }

#endif
