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
