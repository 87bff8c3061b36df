/// The payload of an event: what the user said.
func said(_ text: String) -> String { #"{"type":"user_message","message":"\#(text)"}"# }

/// What the agent said.
func answered(_ text: String) -> String { #"{"type":"agent_message","message":"\#(text)"}"# }

/// A turn begins.
func began(_ turn: String) -> String { #"{"type":"task_started","turn_id":"\#(turn)"}"# }

/// A turn ends well.
func ended(_ turn: String) -> String { #"{"type":"task_complete","turn_id":"\#(turn)"}"# }
