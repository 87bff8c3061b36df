import JSON

/// `configRequirements/read`: what an administrator demands of the config, which is nothing.
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
