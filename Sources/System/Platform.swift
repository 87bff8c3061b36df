#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// What Linux and macOS name differently; nothing outside of this file asks which one it is.

extension stat {
  /// When the content last changed, in nanoseconds since 1970.
  var modifiedNanoseconds: Int64 {
    #if canImport(Darwin)
      st_mtimespec.nanoseconds
    #else
      st_mtim.nanoseconds
    #endif
  }

  /// When the content, the name or anything else about the file last changed, likewise.
  var changedNanoseconds: Int64 {
    #if canImport(Darwin)
      st_ctimespec.nanoseconds
    #else
      st_ctim.nanoseconds
    #endif
  }
}

extension timespec {
  fileprivate var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}

/// Sets what a signal does. System calls that wait are interrupted by it (no `SA_RESTART`).
func setSignalHandler(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
  var action = sigaction()
  #if canImport(Darwin)
    action.__sigaction_u.__sa_handler = handler
  #else
    action.__sigaction_handler.sa_handler = handler
  #endif
  sigaction(signal, &action, nil)
  // A parent may have started us with it held back: threads of some runtimes hold back all signals.
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, signal)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

/// The calling thread, as a number that an atomic can hold; never 0.
func currentThread() -> UInt {
  #if canImport(Darwin)
    UInt(bitPattern: pthread_self())
  #else
    UInt(pthread_self())
  #endif
}

/// Starts a thread that nobody waits for; false where the system has none to give.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let box = Unmanaged.passRetained(ThreadBody(body))
  #if canImport(Darwin)
    var thread: pthread_t?
    let result = pthread_create(&thread, nil, { ThreadBody.run($0) }, box.toOpaque())
    if result == 0, let thread { pthread_detach(thread) }
  #else
    var thread = pthread_t()
    let result = pthread_create(&thread, nil, { ThreadBody.run($0) }, box.toOpaque())
    if result == 0 { pthread_detach(thread) }
  #endif
  if result != 0 { box.release() }
  return result == 0
}

/// What a new thread is to do, as an object that the system's thread function can be handed.
private final class ThreadBody {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  static func run(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().body() }
    return nil
  }
}

/// Sends a signal to a thread that must be alive, where it interrupts the call that waits.
func signalThread(_ thread: UInt, _ signal: Int32) {
  #if canImport(Darwin)
    if let thread = pthread_t(bitPattern: thread) { pthread_kill(thread, signal) }
  #else
    pthread_kill(pthread_t(thread), signal)
  #endif
}

/// The name of the system and the text of its version, nil where it does not tell.
func systemNameAndVersion() -> (name: String, version: String?) {
  #if canImport(Darwin)
    var text = [UInt8](repeating: 0, count: 64)
    var size = text.count
    let failed = sysctlbyname("kern.osproductversion", &text, &size, nil, 0) != 0
    return ("Mac OS", failed ? nil : String(decoding: text.prefix { $0 != 0 }, as: UTF8.self))
  #else
    let release = OSRelease(path: "/etc/os-release") ?? OSRelease(path: "/usr/lib/os-release")
    return (release?.name ?? "Linux", release?.version)
  #endif
}

/// How many bytes of memory this process occupies.
func residentBytes() -> Int? {
  #if canImport(Darwin)
    var info = proc_taskinfo()
    let size = Int32(MemoryLayout<proc_taskinfo>.size)
    let told = proc_pidinfo(getpid(), PROC_PIDTASKINFO, 0, &info, size)
    return told == size ? Int(info.pti_resident_size) : nil
  #else
    guard let file = try? File("/proc/self/statm", for: .reading),
      let bytes = try? file.readAll(limit: 1024)
    else { return nil }
    let pages = String(decoding: bytes, as: UTF8.self).split(separator: " ").dropFirst().first
    return pages.flatMap { Int($0) }.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
  #endif
}
