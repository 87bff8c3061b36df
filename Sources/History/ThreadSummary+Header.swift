package import Platform
package import Rollouts

extension ThreadSummary {
  /// Creates a summary from the header alone, for a thread of which nothing else can be read.
  ///
  /// - Parameters:
  ///   - header: The header; nil where it cannot be read either.
  ///   - id: The id by which the files were found.
  package init(header: SessionMeta?, id: UUID?) {
    self = SummaryReader(meta: header, id: id).summary
    createdAt = header?.createdAt ?? header?.writtenAt
  }
}
