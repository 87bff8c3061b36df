// The C library, as the Swift code of this package imports it: `import LibC`.
//
// The headers below are those of POSIX, so every system has them, and Swift calls what they declare
// by its own name. The functions that follow are for the rest. What POSIX says with macros and with
// `...` cannot be imported into Swift: POSIX.c makes functions of it. What each system does in its
// own way has one name here, and one file for each system does it: Linux.c, with glibc or musl, and
// Darwin.c. Nothing else in the package asks which system it is built for. To port the package to
// another system, write such a file for it.

#ifndef LIBC_H
#define LIBC_H

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#pragma clang assume_nonnull begin

// POSIX.c

/// `errno` of the calling thread.
int errorNumber(void);
void setErrorNumber(int number);

/// `open`; the mode counts where the flags make a file.
int openFile(const char *path, int flags, mode_t mode);

/// `fcntl`, for commands that take an integer or nothing.
int controlDescriptor(int descriptor, int command, int argument);

/// Sets what a signal does. It interrupts system calls that wait (no `SA_RESTART`).
void handleSignal(int signal, void (*handler)(int));
void ignoreSignal(int signal);

/// Lets a signal through to the calling thread.
void unblockSignal(int signal);

/// The calling thread, as a number that an atomic can hold; never 0.
uintptr_t currentThread(void);

/// Sends a signal to a thread that must be alive, where it interrupts the call that waits.
void signalThread(uintptr_t thread, int signal);

/// A time as a number of nanoseconds.
int64_t nanoseconds(struct timespec time);

/// Nanoseconds since 1970 in UTC.
int64_t wallClockNanoseconds(void);

/// Nanoseconds of a clock that is never set, for measuring how long something takes.
int64_t monotonicNanoseconds(void);

/// Lets the process have so many files open, as far as the system allows; never lowers the limit.
void raiseOpenFileLimit(unsigned count);

// Linux.c, Darwin.c

/// What the system is called in code: `linux` or `macos`.
const char *platformName(void);

/// What the system is called in texts for people, unless a file of it says otherwise.
const char *systemName(void);

/// Writes the version of the system and a NUL; false where only a file of the system tells it.
bool systemVersion(char *text, size_t size);

/// When the content of the file last changed, in nanoseconds since 1970.
int64_t modifiedNanoseconds(struct stat status);

/// When anything about the file last changed, likewise.
int64_t changedNanoseconds(struct stat status);

/// The words that the process was started with, up to a null pointer; null where the C library does
/// not tell them.
char *_Nullable *_Nullable programArguments(void);

/// How many bytes of memory the process occupies; -1 where that is not known.
int64_t residentBytes(void);

/// A descriptor that has something to read as soon as entries of watched folders came, went or were
/// renamed, and whose reads do not wait; -1 where the system cannot watch folders so.
int openFolderWatch(void);

/// Lets such a descriptor watch one more folder; -1 where that fails.
int addToFolderWatch(int watch, const char *folder);

/// Asks for large pages of memory in whole pages that are about to be filled. Where the system has
/// none, nothing happens.
void adviseHugePages(void *start, size_t count);

#pragma clang assume_nonnull end

#endif
