import Platform
import Testing

@Suite struct RecordedPathTests {
  @Test(
    arguments: [
      ("/w", RecordedPath.Style.posix), ("/mnt/c/x", .posix), ("file:///w", .posix),
      ("C:", .windows),
      (#"c:\x"#, .windows), ("C:/x", .windows), (#"\\srv\share"#, .windows),
      (#"\\?\C:\x"#, .windows), ("file:///C:/x", .windows), ("FILE://srv/share", .windows),
      ("", nil), ("x", nil), (#"x\y"#, nil), (#"\x"#, nil), ("C:x", nil), ("1:/x", nil),
      ("CC:/x", nil), ("~/x", nil),
    ] as [(String, RecordedPath.Style?)])
  func `a path shows what style it has`(_ path: String, _ style: RecordedPath.Style?) {
    #expect(RecordedPath(path).style == style)
  }

  @Test(arguments: [
    ("a", "/w", "/w/a"), ("../a", "/w/x", "/w/a"), ("", "/w", "/w"), ("/a", "/w", "/a"),
    ("a", "", "a"), (#"a\b"#, "/w", #"/w/a\b"#), (#"C:\a"#, "/w", #"C:\a"#),
    ("/a", #"C:\w"#, "/a"), ("a", #"C:\w"#, #"C:\w\a"#), (#"..\..\..\a"#, #"C:\w"#, #"C:\a"#),
    ("a/b", #"C:\w\"#, #"C:\w\a\b"#), ("a", "C:/w", "C:/w/a"), ("a", "C:", #"C:\a"#),
    (#"\a"#, #"C:\w"#, #"C:\a"#), (#"\a"#, #"\\srv\share\w"#, #"\\srv\share\a"#),
    ("a", #"\\?\UNC\srv\share"#, #"\\?\UNC\srv\share\a"#),
  ])
  func `a path is joined in its directory's way`(
    _ path: String, _ directory: String, _ joined: String
  ) {
    #expect(RecordedPath(path).against(RecordedPath(directory)).text == joined)
  }

  @Test(arguments: [
    [#"C:\Users\me"#, "c:/Users/me/", #"\\?\C:\Users\.\me"#, "file:///c:/Users/me"],
    [#"\\srv\share\x"#, #"\\?\UNC\srv\share\x\"#, "file://srv/share/y/../x"],
    ["/w/x", "/w//x/", "file:///w/%78", "file://localhost/w/x"],
  ])
  func `paths of one place are equal when normalized`(_ paths: [String]) {
    #expect(Set(paths.map { RecordedPath($0).normalized }).count == 1)
  }

  @Test(arguments: [
    ("file:///w/a%20b", "/w/a b"), ("file:///w/%zz%", "/w/%zz%"), ("file:///w/%ff", "/w/\u{FFFD}"),
    ("file:///C:/a%20b", #"C:\a b"#), ("file:///c%3A", #"C:\"#), ("file://", ""),
    ("file:/w", "file:/w"),
  ])
  func `a URL names a path`(_ url: String, _ path: String) {
    #expect(RecordedPath(url).text == path)
  }
}
