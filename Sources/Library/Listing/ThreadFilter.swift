import History
package import Platform
import Protocol
import Rollouts

/// The threads that a list shows. A property that is nil excludes no thread.
package struct ThreadFilter: Sendable {
  /// Whether the list shows archived threads instead of active ones.
  package var isArchived = false
  /// The kinds of sources.
  package var sources = SourceFilter.all
  /// The model providers. A thread that records none has the configured provider.
  package var modelProviders: [String]?
  /// The normalized working directories.
  package var cwds: [String]?
  /// The names of the programs that created the threads.
  package var originators: [String]?
  /// The text that the name or the preview of the thread contains.
  package var term: SearchTerm?
  /// The id of the thread that started the listed thread as a sub-agent.
  package var parent: UUID?
  /// The id of the parent, or of the parent's parent, and so on.
  package var ancestor: UUID?
  /// The ids of threads that are left out.
  package var excluded: Set<UUID> = []
  /// Whether no thread is shown, because the request asks for a property that no stored thread has.
  package var matchesNothing = false

  /// Creates a filter for all active threads.
  package init() {}

  /// Whether the list shows a thread.
  ///
  /// - Parameters:
  ///   - modelProvider: The provider of threads that record none.
  ///   - names: The names of threads in the session index.
  ///   - descendants: The descendants of `ancestor`.
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
  /// Whether the condition holds for an element of the list. True if the list is nil.
  fileprivate func allows<Element>(
    _ isMeant: (Element) -> Bool
  ) -> Bool where Wrapped == [Element] {
    map { $0.contains(where: isMeant) } ?? true
  }
}

extension ThreadOverview {
  /// The model provider in the header; nil if the header has none or an empty one.
  fileprivate var modelProvider: String? {
    summary.meta.modelProvider.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension SearchTerm {
  fileprivate func occurs(in name: String?, or preview: String) -> Bool {
    name.map(occurs) ?? false || occurs(in: preview)
  }
}
