package import JSON

/// What a program can read of an error; PROTOCOL.md 3. Members that say nothing are left out.
package struct ErrorData: WireObject, Equatable {
  package var reason = ErrorReason.invalidParams
  package var threadID: String?
  /// The file or folder that it is about.
  package var path: String?
  /// The member of the params that it is about.
  package var field: String?
  /// Who writes the thread.
  package var holder: LockHolder?
  /// The threads that stand in the way.
  package var threads: [String]?

  package init() {}

  package init(_ reason: ErrorReason) { self.reason = reason }

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("reason", &reason)
    try field("threadId", &threadID, .omittedWhenAbsent)
    try field("path", &path, .omittedWhenAbsent)
    try field("field", &self.field, .omittedWhenAbsent)
    try field("holder", &holder, .omittedWhenAbsent)
    try field("threads", &threads, .omittedWhenAbsent)
  }
}

/// The process that holds a thread's lock, as far as the system tells.
package struct LockHolder: WireObject, Equatable {
  package var pid: Int64 = 0
  package var name: String?

  package init() {}

  package init(pid: Int64, name: String?) {
    self.pid = pid
    self.name = name
  }

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("pid", &pid)
    try field("name", &name, .omittedWhenAbsent)
  }
}

/// The kinds of errors, for programs; a promise to clients, so names are never changed.
package enum ErrorReason: String, WireEnum {
  case alreadyInitialized
  case archived
  case cancelled
  case inUse
  case invalidConfig
  case invalidCursor
  case invalidParams
  case locked
  case notInitialized
  case notLoaded
  case notMaterialized
  case rolloutNotFound
  case stalePath
  case tooLarge
  case turnNotFound
  case unknownMethod
  case unreadable
  case unsupported
  case unwritable
}
