import History
import Protocol
import Rollouts
import System

/// Which threads a list is to show; what is nil does not matter.
struct ThreadFilter: Sendable {
  var isArchived = false
  var sources = SourceFilter.all
  /// Any of these; a thread that names none has the configured one.
  var modelProviders: [String]?
  /// Any of these, normalized.
  var cwds: [String]?
  var originators: [String]?
  var term: SearchTerm?
  /// The thread that started it as its sub-agent.
  var parent: UUID?
  /// Any thread above.
  var ancestor: UUID?
  var excluded: Set<UUID> = []
  /// Set by what can be asked for and no stored thread has.
  var matchesNothing = false

  /// - Parameters:
  ///   - names: What the index calls the threads.
  ///   - descendants: The threads below `ancestor`.
  func matches(
    _ row: ThreadRow, modelProvider: String, names: [UUID: String], descendants: Set<UUID>
  ) -> Bool {
    row.place.isArchived == isArchived && !matchesNothing
      && sources.includes(row.source)
      && modelProviders.allows { $0 == row.modelProvider ?? modelProvider }
      && cwds.allows { $0 == row.normalizedCwd }
      && originators.allows { $0 == row.summary.meta.originator }
      && !excluded.contains(row.id)
      && (parent == nil || row.summary.meta.spawnedBy == parent)
      && (ancestor == nil || descendants.contains(row.id))
      && (term.map { $0.occurs(in: names[row.id] ?? row.summary.name, or: row.summary.preview) }
        ?? true)
  }
}

extension Optional {
  /// Whether any of a list's elements is meant; without a list, everything is.
  fileprivate func allows<Element>(
    _ isMeant: (Element) -> Bool
  ) -> Bool where Wrapped == [Element] {
    map { $0.contains(where: isMeant) } ?? true
  }
}

extension ThreadRow {
  /// What its header names; an empty text names none.
  fileprivate var modelProvider: String? {
    summary.meta.modelProvider.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension SearchTerm {
  fileprivate func occurs(in name: String?, or preview: String) -> Bool {
    name.map(occurs) ?? false || occurs(in: preview)
  }
}
