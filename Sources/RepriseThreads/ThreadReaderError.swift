import Library

/// Why threads cannot be read.
public struct ThreadReaderError: Error, Equatable, CustomStringConvertible {
  /// The reason, for people.
  public let message: String

  /// The reason, for people.
  public var description: String { message }

  static func reading<Value>(
    _ body: () throws(LibraryError) -> Value
  ) throws(ThreadReaderError) -> Value {
    do throws(LibraryError) { return try body() } catch {
      throw ThreadReaderError(message: error.description)
    }
  }
}
