// What macOS does in its own way.

#ifdef __APPLE__

#include "LibC.h"

#include <crt_externs.h>
#include <libproc.h>
#include <sys/sysctl.h>

const char *platformName(void) { return "macos"; }

const char *systemName(void) { return "Mac OS"; }

bool systemVersion(char *text, size_t size) {
  return sysctlbyname("kern.osproductversion", text, &size, NULL, 0) == 0;
}

int64_t modifiedNanoseconds(struct stat status) { return nanoseconds(status.st_mtimespec); }

int64_t changedNanoseconds(struct stat status) { return nanoseconds(status.st_ctimespec); }

char **programArguments(void) { return *_NSGetArgv(); }

int64_t residentBytes(void) {
  struct proc_taskinfo info;
  int size = proc_pidinfo(getpid(), PROC_PIDTASKINFO, 0, &info, sizeof info);
  return size == sizeof info ? (int64_t)info.pti_resident_size : -1;
}

// Events of folders are told by other means here, one open descriptor for each folder.
int openFolderWatch(void) { return -1; }

int addToFolderWatch(int watch, const char *folder) { return -1; }

// The system chooses the size of pages by itself.
void adviseHugePages(void *start, size_t count) {}

#endif
