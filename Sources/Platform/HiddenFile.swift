import LibC

/// A file with a hidden name that is not meant to stay: `.NAME.0123456789abcdef.tmp`.
///
/// The process that uses the file keeps a shared lock on it (`flock`). So if the process is killed,
/// others can tell: the next one that writes into the folder removes the file (`removeLeftovers`).
/// The number in the name is random, so that no leftover is ever in the way.
package final class HiddenFile: Sendable {
  private let move: FileMove
  /// The locked file; -1 if it may not be opened.
  private let descriptor: Int32

  /// Gives a hidden name to a file, which `restore` takes back and `remove` makes final.
  package init(hiding path: String) throws(SystemError) {
    DiskAccess.begin(path)
    descriptor = retryingInterrupts { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    move = FileMove(from: path, to: Self.hiddenPath(for: path))
    guard descriptor < 0 ? errno == EACCES : lock(descriptor, LOCK_SH) else {
      throw SystemError("remove", path)
    }
    try move.perform()
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Gives the file its former name. An error is logged; the file keeps its hidden name then.
  package func restore(_ log: Log) {
    do throws(SystemError) { try move.reversed.perform() } catch { log.warn("\(error)") }
  }

  /// Removes the file. An error is logged; the next write in the folder removes the file then.
  package func remove(_ log: Log) {
    do throws(SystemError) { try File.remove(move.target) } catch { log.warn("\(error)") }
  }

  /// Creates an empty file with mode 0600 and a hidden name in the folder of a path.
  ///
  /// - Returns: The descriptor, which holds the lock, and the path with the hidden name.
  static func create(for path: String) throws(SystemError) -> (
    descriptor: Int32, hiddenPath: String
  ) {
    DiskAccess.begin(path)
    while true {
      let hidden = hiddenPath(for: path)
      let descriptor = open(hidden, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        if errno == EEXIST { continue }
        throw SystemError("create", path)
      }
      // Until the file is locked, another process may take it for a leftover and remove it.
      if lock(descriptor, LOCK_SH), File.leads(hidden, to: descriptor) {
        return (descriptor, hidden)
      }
      close(descriptor)
    }
  }

  /// Locks a file without a name, and gives it a hidden name in the folder of a path.
  static func name(_ descriptor: Int32, for path: String) throws(SystemError) -> String {
    guard lock(descriptor, LOCK_SH) else { throw SystemError("lock", path) }
    while true {
      let hidden = hiddenPath(for: path)
      if retryingInterrupts({ nameFile(descriptor, hidden) }) == 0 { return hidden }
      guard errno == EEXIST else { throw SystemError("create", path) }
    }
  }

  /// A path with a new hidden name in the folder of a path.
  private static func hiddenPath(for path: String) -> String {
    let number = String(UInt64.random(in: 0...(.max)), radix: 16)
    let digits = String(repeating: "0", count: 16 - number.count) + number
    let name = ".\(Path.lastComponent(of: path)).\(digits).tmp"
    return Path.join(Path.directory(of: path), name)
  }
}

// What processes have left that were killed.
extension HiddenFile {
  /// Removes the hidden files in a folder that no process uses any more. What cannot be removed is
  /// left for the next time.
  package static func removeLeftovers(in folder: String) {
    var names: [String] = []
    try? Directory.forEachEntry(at: folder) { name, kind in
      if kind == .regular, name.count > 0, name[0] == UInt8(ascii: ".") {
        names.append(String(name))
      }
    }
    for name in names where isHidden(name) { File.removeUnlocked(Path.join(folder, name)) }
  }

  /// Whether a name is that of a hidden file. Earlier versions called them `.NAME.tmp`,
  /// `.NAME.1.tmp` and `.NAME.deleted.tmp`, and used them for `.jsonl` files only.
  private static func isHidden(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 3, parts[0].isEmpty, parts[parts.count - 1] == "tmp" else { return false }
    let mark = parts[parts.count - 2]
    let isNumbered = mark.utf8.count == 16 && mark.allSatisfy(\.isHexDigit)
    return isNumbered || parts.dropLast().contains("jsonl")
  }
}
