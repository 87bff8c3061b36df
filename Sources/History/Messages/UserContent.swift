import JSON
import Rollouts

/// What of a user's message the user said: its texts joined, without what the program put there, and
/// its images and sound.
struct UserContent {
  private(set) var text = JSONText()
  /// Their addresses.
  private(set) var images: [JSONText] = []
  /// Their addresses.
  private(set) var audio: [JSONText] = []

  /// - Parameter message: A response item.
  init(_ message: JSONValue) {
    for part in ResponseMessage(message).userParts {
      if let url = JSONText(part["image_url"]) {
        images.append(url)
      } else if let url = JSONText(part["audio_url"]) {
        audio.append(url)
      } else if let more = JSONText(part["text"]) {
        text += more
      }
    }
  }
}
