import History
import JSON
import Library
import Platform
import Protocol

/// A stored thread without its turns.
public struct ThreadInfo: Equatable, Sendable {
  /// The thread's UUID, in lower case with dashes.
  public let id: String
  /// The name that a user gave the thread; nil where nobody did.
  public let name: String?
  /// The beginning of the user's first message.
  public let preview: String
  /// The directory that the thread works in, absolute.
  public let directory: String
  /// The thread's newest file, absolute.
  public let path: String
  /// When the thread was created, in ms since 1970.
  public let createdAt: Int64
  /// When the conversation last went on, in ms since 1970.
  public let updatedAt: Int64

  /// - Parameter name: The thread's name in the index of names; nil where there is none.
  init(_ overview: ThreadOverview, name: String?) {
    id = overview.id.description
    self.name = name ?? overview.summary.name
    preview = overview.summary.preview
    directory = overview.cwd
    path = overview.location.path
    createdAt = overview.createdAt
    updatedAt = overview.updatedAt
  }
}

/// A message of a thread.
public struct ThreadMessage: Equatable, Sendable {
  /// Who says it.
  public enum Author: Sendable {
    case user, agent
  }

  public let author: Author
  /// The text, without images and other attachments.
  public let text: String
  /// The id of the turn that the message belongs to.
  public let turnID: String

  /// Nil for an item that is no message.
  init?(_ item: ThreadItem, turnID: String) {
    switch item {
    case .userMessage(let message):
      author = .user
      text = message.content.request
    case .agentMessage(let message):
      author = .agent
      text = message.text.string
    default: return nil
    }
    self.turnID = turnID
  }
}
