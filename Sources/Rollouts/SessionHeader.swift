package import JSON
package import Platform

/// A header with all members of its record, to be written again with changes or inherited from.
package struct SessionHeader: Sendable {
  /// The members in their order.
  package private(set) var members: RecordWriter.Members = []

  /// Reads the header of a file; without members if the file has none.
  ///
  /// - Throws: The error of the file if it cannot be read.
  package init(of file: File) throws(SystemError) {
    guard let payload = try HeadReader.sessionMetaPayload(of: file) else { return }
    let map = try? withJSON(payload.bytes) { (json) throws(JSONError) in
      try WireMap<RawJSON>(json: json)
    }
    members = map?.members ?? []
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
