import JSON
import Rollouts

/// The parts of a message that the user wrote, without context: the joined texts, images and audio.
struct UserContent {
  /// The joined texts.
  private(set) var text = JSONText()
  /// The URLs of the images.
  private(set) var images: [JSONText] = []
  /// The URLs of the audio.
  private(set) var audio: [JSONText] = []

  /// - Parameter message: A response item of the type `message`.
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
