import JSON

/// `configRequirements/read`: the requirements of an administrator for the config. There are none.
enum ConfigRequirementsRead: FixedAnswer {
  static let name = "configRequirements/read"

  typealias Params = NoParams

  struct Response: WireObject {
    var requirements: RawJSON?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("requirements", &requirements)
    }
  }
}
