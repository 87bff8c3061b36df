import JSON

/// `plugin/list`: the installed plugins. There are none.
enum PluginList: FixedAnswer {
  static let name = "plugin/list"

  typealias Params = ListParams

  struct Response: WireObject {
    var marketplaces: [RawJSON] = []
    var marketplaceLoadErrors: [RawJSON] = []
    var featuredPluginIDs: [String] = []

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("marketplaces", &marketplaces)
      try field("marketplaceLoadErrors", &marketplaceLoadErrors)
      try field("featuredPluginIds", &featuredPluginIDs)
    }
  }
}
