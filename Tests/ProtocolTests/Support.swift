import JSON

/// What a text decodes to.
func decoded<T: WireValue>(_: T.Type, _ json: String) throws(JSONError) -> T {
  try withJSON(Array(json.utf8)) { (value) throws(JSONError) in try T(json: value) }
}

func text(_ value: some WireValue) -> String {
  String(decoding: RawJSON(value).bytes, as: UTF8.self)
}
