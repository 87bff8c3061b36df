package import JSON
package import Platform

/// A header with all members of its record, to be written again with changes or inherited from.
package struct SessionHeader: Sendable {
  /// The members in their order.
  package private(set) var members: RecordWriter.Members = []
  /// What is left out of very long texts in the members, such as the instructions of the model.
  package private(set) var gaps: [FileGap] = []

  /// Reads the header of a file; without members if the file has none.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package init(of file: File) throws(SystemError) {
    guard let (payload, gaps) = try HeadReader.sessionMetaPayload(of: file) else { return }
    self.gaps = gaps
    let map = try? withJSON(payload.bytes) { (json) throws(JSONError) in
      try WireMap<RawJSON>(json: json)
    }
    members = map?.members ?? []
  }

  /// Reads what was left out.
  ///
  /// - Throws: The error of the file that cannot be read, or was cut or overwritten.
  package mutating func fillGaps() throws(SystemError) {
    guard !gaps.isEmpty else { return }
    for index in members.indices {
      var out = JSONWriter()
      try FileGap.fill(gaps, in: members[index].value.bytes, to: &out) { _ in }
      members[index].value = RawJSON(validBytes: out.bytes)
    }
    gaps = []
  }

  /// Accesses a member; nil where there is none or it is null. Setting nil removes the member.
  package subscript(name: String) -> RawJSON? {
    get { members.last { $0.name == name && !$0.value.isNull }?.value }
    set {
      let place = members.firstIndex { $0.name == name } ?? members.endIndex
      members.removeAll { $0.name == name }
      if let newValue { members.insert((name, newValue), at: min(place, members.endIndex)) }
    }
  }
}
