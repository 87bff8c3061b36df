import JSON

/// A method that lists in pages and always returns an empty page.
protocol EmptyPages: FixedAnswer where Params == ListParams, Response == EmptyPage {}

/// A method that lists without pages and always returns an empty list.
protocol EmptyList: FixedAnswer where Params == ListParams, Response == WholeEmptyList {}

enum SkillsList: EmptyList { static let name = "skills/list" }
enum HooksList: EmptyList { static let name = "hooks/list" }
enum AppList: EmptyPages { static let name = "app/list" }
enum MCPServerStatusList: EmptyPages { static let name = "mcpServerStatus/list" }
enum CollaborationModeList: EmptyList { static let name = "collaborationMode/list" }
enum PermissionProfileList: EmptyPages { static let name = "permissionProfile/list" }
enum ExperimentalFeatureList: EmptyPages { static let name = "experimentalFeature/list" }
enum ThreadSectionList: EmptyPages { static let name = "threadSection/list" }

/// Params of a list. Filters of the individual lists are ignored, because the lists are empty.
struct ListParams: WireObject {
  var cursor: String?
  var limit: UInt32?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("cursor", &cursor)
    try field("limit", &limit)
  }
}

/// A list without pages, which is always empty.
struct WholeEmptyList: WireObject {
  var data: [RawJSON] = []

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
  }
}

/// A page of a list, which is always empty.
struct EmptyPage: WireObject {
  var data: [RawJSON] = []
  var nextCursor: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
    try field("nextCursor", &nextCursor)
  }
}
