import History
package import JSON
package import Library
package import Platform
package import Rollouts

extension ThreadChanges {
  /// Adds items of the model's input to a thread, as they came.
  package func inject(_ items: [RawJSON], into thread: ThreadHandle) throws(ChangeError) {
    try changing { () throws(ChangeError) in
      try thread.append(in: library) { records in
        for item in items { records.append("response_item", item) }
      }
    }
  }

  /// Records another place of a thread in Git: as one more header, and in threads whose header must
  /// stay the only one as an event.
  package func setGit(
    _ git: GitState, of snapshot: ThreadSnapshot, _ thread: ThreadHandle
  ) throws(ChangeError) {
    let repeatsHeader = snapshot.history.generation.repeatsHeaders
    let type: StaticString = repeatsHeader ? "session_meta" : "event_msg"
    let payload =
      repeatsHeader ? try header(of: snapshot, git).members : git.event(of: snapshot.id)
    try changing { () throws(ChangeError) in
      try thread.append(in: library) { $0.append(type, payload) }
    }
  }

  private func header(
    of snapshot: ThreadSnapshot, _ git: GitState
  ) throws(ChangeError) -> SessionHeader {
    var header = try snapshot.header()
    header["id"] = header["id"] ?? RawJSON(snapshot.id.description)
    header["git"] = git.recorded
    return header
  }

  /// Gives a thread a name, in the index of names: its files stay as they are. A thread that was only
  /// started gets its file.
  ///
  /// - Returns: The thread's id: the one that was asked for may be another name for it.
  package func rename(_ thread: ThreadHandle, to name: String) throws(ChangeError) -> UUID {
    try changing { () throws(ChangeError) in
      try thread.storeDraft()
      let id = try ChangeError.reading { () throws(LibraryError) in
        try thread.find(in: library).location.id
      }
      try ChangeError.writing { () throws(SystemError) in
        try library.store.names.append(name, of: id, at: WallClock.now())
      }
      return id
    }
  }
}
