import JSON

/// A list that comes in pages, and has nothing on the first.
protocol EmptyPages: FixedAnswer where Params == ListParams, Response == EmptyPage {}

/// A list that comes whole.
protocol EmptyList: FixedAnswer where Params == ListParams, Response == WholeEmptyList {}

enum SkillsList: EmptyList { static let name = "skills/list" }
enum HooksList: EmptyList { static let name = "hooks/list" }
enum AppList: EmptyPages { static let name = "app/list" }
enum MCPServerStatusList: EmptyPages { static let name = "mcpServerStatus/list" }
enum CollaborationModeList: EmptyList { static let name = "collaborationMode/list" }
enum PermissionProfileList: EmptyPages { static let name = "permissionProfile/list" }
enum ExperimentalFeatureList: EmptyPages { static let name = "experimentalFeature/list" }
enum ThreadSectionList: EmptyPages { static let name = "threadSection/list" }

/// What the params of the lists have in common: how each list may be narrowed besides does not matter
/// to an empty one.
struct ListParams: WireObject {
  var cursor: String?
  var limit: UInt32?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("cursor", &cursor)
    try field("limit", &limit)
  }
}

struct WholeEmptyList: WireObject {
  var data: [RawJSON] = []

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
  }
}

struct EmptyPage: WireObject {
  var data: [RawJSON] = []
  var nextCursor: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
    try field("nextCursor", &nextCursor)
  }
}
