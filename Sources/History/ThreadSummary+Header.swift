package import Rollouts
package import System

extension ThreadSummary {
  /// What the header of a thread says by itself, where nothing else of the thread can be read.
  ///
  /// - Parameters:
  ///   - header: Nil where that cannot be read either.
  ///   - id: The thread's, as its files were found by it.
  package init(header: SessionMeta?, id: UUID?) {
    self = SummaryReader(meta: header, id: id).summary
    createdAt = header?.createdAt ?? header?.writtenAt
  }
}
