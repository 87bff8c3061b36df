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
