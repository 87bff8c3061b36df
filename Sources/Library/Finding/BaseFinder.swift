import Platform
import Rollouts

/// Finds the files that `history_base` refers to, for one chain of files.
///
/// The home is listed once for a chain, however long it is, and again for a file that is not there
/// or is asked for a second time, because it was moved while the chain was opened.
final class BaseFinder {
  private let listing: RolloutListing
  private var files: RolloutFiles?
  private var asked: Set<UUID> = []

  /// Creates a finder.
  ///
  /// - Parameter files: Files of the home that were listed shortly before; nil if there are none.
  init(_ listing: RolloutListing, _ files: RolloutFiles?) {
    self.listing = listing
    self.files = files
  }

  /// The path of the file whose name ends in an id; nil if there is none.
  ///
  /// - Throws: The error of a folder that cannot be read, if the file is not in any other one.
  func path(of id: UUID) throws(SystemError) -> String? {
    if asked.insert(id).inserted, let base = files?.base(id) { return base.path }
    let files = try listing.all()
    self.files = files
    if let base = files.base(id) { return base.path }
    if let unread = files.unread.first { throw unread.error }
    return nil
  }
}
