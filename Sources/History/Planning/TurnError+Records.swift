import JSON
import Protocol

extension TurnError {
  /// Creates an error from the `error` of a turn's end: an object, or in some files a text.
  init(recorded error: JSONValue) {
    self.init()
    message = error.asString ?? error.string("message") ?? ""
    codexErrorInfo = error.present("codex_error_info").map { CodexErrorInfo(recorded: $0) }
  }
}

extension CodexErrorInfo {
  /// Creates the code of a recorded error, whose name is in snake_case; a name that clients do not
  /// know is `other` (HISTORY.md 1).
  fileprivate init(recorded info: JSONValue) {
    var found: CodexErrorInfo?
    if let name = info.asString {
      found = Plain(rawValue: name.camelCased).map { .plain($0) }
    }
    info.forEachMember { name, details in
      let name = name.asString?.camelCased ?? ""
      if let connection = Connection(rawValue: name) {
        var status = HTTPStatus()
        status.httpStatusCode = details["http_status_code"]?.integer(as: UInt16.self)
        found = .connection(connection, status)
      } else if name == Self.notSteerable,
        let kind = details.string("turn_kind").flatMap(NonSteerableTurnKind.init(rawValue:))
      {
        var turn = RunningTurn()
        turn.turnKind = kind
        found = .activeTurnNotSteerable(turn)
      }
    }
    self = found ?? .plain(.other)
  }
}
