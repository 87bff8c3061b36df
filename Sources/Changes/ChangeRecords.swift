import History
package import JSON
package import Library
package import Platform
package import Rollouts

extension ThreadChanges {
  /// Appends items of the model's input to a thread, unchanged.
  package func inject(_ items: [RawJSON], into thread: ThreadHandle) throws(ChangeError) {
    try changing { () throws(ChangeError) in
      try thread.append(in: library) { records in
        for item in items { records.append("response_item", item) }
      }
    }
  }

  /// Records new Git information of a thread: as another header, or as an event in threads with a
  /// single header.
  ///
  /// - Parameter git: The commit, branch and repository.
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

  /// The header of the thread with new Git information.
  private func header(
    of snapshot: ThreadSnapshot, _ git: GitState
  ) throws(ChangeError) -> SessionHeader {
    var header = try snapshot.header()
    try ChangeError.readingFiles { () throws(SystemError) in try header.fillGaps() }
    header["id"] = header["id"] ?? RawJSON(snapshot.id.description)
    header["git"] = git.recorded
    return header
  }

  /// Gives a thread a name in the session index. The thread's files stay unchanged; a draft is
  /// stored first.
  ///
  /// - Returns: The id of the thread, which may differ from the handle's id if that is an alias.
  package func rename(_ thread: ThreadHandle, to name: String) throws(ChangeError) -> UUID {
    try changing { () throws(ChangeError) in
      try thread.storeDraft(in: library)
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
