import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite struct FolderWatchTests {
  @Test(.enabled(if: FolderWatch() != nil))
  func `what comes, goes or is renamed is told once`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "watched/a")
    let watch = try #require(FolderWatch())
    #expect(watch.add(folder("watched")))
    #expect(watch.isQuiet())
    let changes: [(String, () throws -> Void)] = [
      ("a file comes", { try folder.write("", to: "watched/b") }),
      (
        "a file is renamed",
        {
          try FileManager.default.moveItem(atPath: folder("watched/b"), toPath: folder("watched/c"))
        }
      ),
      ("a file goes", { try FileManager.default.removeItem(atPath: folder("watched/c")) }),
      ("a folder comes", { try folder.write("", to: "watched/d/e") }),
      ("the folder goes", { try FileManager.default.removeItem(atPath: folder("watched")) }),
    ]
    for (what, change) in changes {
      try change()
      #expect(!watch.isQuiet(), "\(what)")
      #expect(watch.isQuiet(), "\(what), and nothing since")
    }
  }

  @Test(.enabled(if: FolderWatch() != nil))
  func `what is written to a file is not told, nor what happens elsewhere`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "watched/a")
    let watch = try #require(FolderWatch())
    #expect(watch.add(folder("watched")))
    #expect(watch.add(folder("missing")), "the folder above it would tell")
    try File(folder("watched/a"), for: .appending).append([1, 2].span.bytes)
    try folder.write("", to: "elsewhere/b")
    #expect(watch.isQuiet())
    #expect(watch.add(folder("watched/a")), "a file is no folder")
  }
}

@Suite struct MountTableTests {
  private static let table = """
    21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
    22 21 0:20 / /proc rw - proc proc rw
    23 21 0:30 / /home rw shared:2 master:3 - nfs4 server:/home rw
    24 23 0:31 /x /home/a\\040b rw - btrfs /dev/vdb rw
    25 21 0:32 / /homes rw - tmpfs tmpfs rw
    26 25 0:33 / /homes rw - xfs /dev/vdc rw
    torn
    """

  @Test(arguments: [
    ("/", "ext4"), ("/proc", "proc"), ("/processes", "ext4"), ("/home/x/y", "nfs4"),
    ("/home/a b", "btrfs"), ("/home/a b/c", "btrfs"), ("/home/a bc", "nfs4"), ("/homes/x", "xfs"),
  ])
  func `the deepest mount point counts, of equal ones the last`(_ path: String, _ type: String) {
    #expect(MountTable.fileSystem(at: path, in: Self.table) == type)
  }

  @Test func `a table that says nothing tells nothing`() {
    #expect(MountTable.fileSystem(at: "/", in: "") == nil)
  }
}
