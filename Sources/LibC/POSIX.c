// What every system has, but as macros or with `...`: neither can be imported into Swift.

#include "LibC.h"

#include <pthread.h>
#include <sys/resource.h>

int errorNumber(void) { return errno; }

void setErrorNumber(int number) { errno = number; }

int openFile(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }

int controlDescriptor(int descriptor, int command, int argument) {
  return fcntl(descriptor, command, argument);
}

void handleSignal(int signal, void (*handler)(int)) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

void ignoreSignal(int signal) { handleSignal(signal, SIG_IGN); }

void unblockSignal(int signal) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, signal);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

// A thread is a number to one system and a pointer to another.
uintptr_t currentThread(void) { return (uintptr_t)pthread_self(); }

void signalThread(uintptr_t thread, int signal) { pthread_kill((pthread_t)thread, signal); }

int64_t nanoseconds(struct timespec time) {
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int64_t currentTime(clockid_t clock) {
  struct timespec time = {0};
  clock_gettime(clock, &time);
  return nanoseconds(time);
}

int64_t wallClockNanoseconds(void) { return currentTime(CLOCK_REALTIME); }

int64_t monotonicNanoseconds(void) { return currentTime(CLOCK_MONOTONIC); }

void raiseOpenFileLimit(unsigned count) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  rlim_t wanted = count < limit.rlim_max ? count : limit.rlim_max;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = wanted;
  setrlimit(RLIMIT_NOFILE, &limit);
}
