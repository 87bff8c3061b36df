/// The methods that are answered. Clients are told the names in this order when they ask for another.
struct MethodTable: Sendable {
  static let standard = MethodTable([
    Initialize.self,
    ThreadStart.self,
    ThreadResume.self,
    ThreadFork.self,
    ThreadArchive.self,
    ThreadUnarchive.self,
    ThreadDelete.self,
    ThreadUnsubscribe.self,
    ThreadNameSet.self,
    ThreadMetadataUpdate.self,
    ThreadRollback.self,
    ThreadRevert.self,
    ThreadInjectItems.self,
    ThreadList.self,
    ThreadLoadedList.self,
    ThreadRead.self,
    ThreadTurnsList.self,
    ThreadItemsList.self,
    ThreadItemsRead.self,
    ThreadSearch.self,
    ThreadSearchOccurrences.self,
    GetConversationSummary.self,
    ThreadGoalGet.self,
    ThreadQueueList.self,
    ThreadSectionList.self,
    ThreadCompactStart.self,
    ThreadShellCommand.self,
    TurnStart.self,
    TurnSteer.self,
    TurnInterrupt.self,
    ReviewStart.self,
    ModelList.self,
    AccountRead.self,
    AccountRateLimitsRead.self,
    AccountLogout.self,
    ConfigRead.self,
    ConfigRequirementsRead.self,
    SkillsList.self,
    HooksList.self,
    AppList.self,
    PluginList.self,
    MCPServerStatusList.self,
    CollaborationModeList.self,
    PermissionProfileList.self,
    ExperimentalFeatureList.self,
    ServerDiagnostics.self,
  ])

  let names: [String]
  private let methods: [String: any Method.Type]

  init(_ methods: [any Method.Type]) {
    names = methods.map { $0.name }
    self.methods = Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0) })
  }

  /// Accesses the method of this name; nil where there is none.
  subscript(name: String) -> (any Method.Type)? { methods[name] }
}
