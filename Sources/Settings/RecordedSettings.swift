internal import JSON
package import Protocol

extension RecordedSettings {
  /// Where the thread works, absolute: the first of its directories that is recorded, or the
  /// server's.
  package func directory(serverDirectory: String) -> String {
    absolute(cwd ?? metaCwd ?? firstContextCwd ?? "", from: serverDirectory)
  }

  /// Nil where none is recorded, or one that nobody knows.
  var knownApprovalPolicy: AskForApproval? {
    approvalPolicy.flatMap { try? withJSON($0.bytes) { try? AskForApproval(json: $0) } }
  }

  /// Nil where none is recorded, or one that nobody knows.
  var knownReviewer: ApprovalsReviewer? {
    approvalsReviewer.flatMap(ApprovalsReviewer.init(rawValue:))
  }
}
