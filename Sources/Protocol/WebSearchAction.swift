package import JSON

/// The action of a web search, with the names of items of a turn.
package enum WebSearchAction: WireUnion, Equatable {
  case search(Search)
  case openPage(OpenPage)
  case findInPage(FindInPage)
  case other

  /// A search by one query or several.
  package struct Search: WireObject, Equatable {
    /// The query; nil where there are several, or none is recorded.
    package var query: String?
    /// The queries; nil where there is one.
    package var queries: [String]?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("query", &query)
      try field("queries", &queries)
    }
  }

  /// The view of one page.
  package struct OpenPage: WireObject, Equatable {
    /// The URL of the page; nil where none is recorded.
    package var url: String?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("url", &url)
    }
  }

  /// The search for a pattern in one page.
  package struct FindInPage: WireObject, Equatable {
    /// The URL of the page; nil where none is recorded.
    package var url: String?
    /// The pattern; nil where none is recorded.
    package var pattern: String?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("url", &url)
      try field("pattern", &pattern)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("search", Self.search)
    try variant("openPage", Self.openPage)
    try variant("findInPage", Self.findInPage)
    try variant("other", .other)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .search(let action): variant("search", action)
    case .openPage(let action): variant("openPage", action)
    case .findInPage(let action): variant("findInPage", action)
    case .other: variant("other")
    }
  }
}
