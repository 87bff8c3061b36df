import History
package import Platform
import Protocol
import Rollouts

/// Which threads a list is to show; what is nil does not matter.
package struct ThreadFilter: Sendable {
  package var isArchived = false
  package var sources = SourceFilter.all
  /// Any of these; a thread that names none has the configured one.
  package var modelProviders: [String]?
  /// Any of these, normalized.
  package var cwds: [String]?
  package var originators: [String]?
  package var term: SearchTerm?
  /// The thread that started it as its sub-agent.
  package var parent: UUID?
  /// Any thread above.
  package var ancestor: UUID?
  package var excluded: Set<UUID> = []
  /// Set by what can be asked for and no stored thread has.
  package var matchesNothing = false

  package init() {}

  /// - Parameters:
  ///   - names: What the index calls the threads.
  ///   - descendants: The threads below `ancestor`.
  func matches(
    _ thread: ThreadOverview, modelProvider: String, names: [UUID: String], descendants: Set<UUID>
  ) -> Bool {
    thread.location.isArchived == isArchived && !matchesNothing
      && sources.includes(thread.source)
      && modelProviders.allows { $0 == thread.modelProvider ?? modelProvider }
      && cwds.allows { $0 == thread.normalizedCwd }
      && originators.allows { $0 == thread.summary.meta.originator }
      && !excluded.contains(thread.id)
      && (parent == nil || thread.summary.meta.spawnedBy == parent)
      && (ancestor == nil || descendants.contains(thread.id))
      && (term.map {
        $0.occurs(in: names[thread.id] ?? thread.summary.name, or: thread.summary.preview)
      }
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

extension ThreadOverview {
  /// What the header names; an empty text names none.
  fileprivate var modelProvider: String? {
    summary.meta.modelProvider.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension SearchTerm {
  fileprivate func occurs(in name: String?, or preview: String) -> Bool {
    name.map(occurs) ?? false || occurs(in: preview)
  }
}
