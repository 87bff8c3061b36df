package import TOML

// Expected values read like the documents they come from.

extension TOMLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self.init(.string(value)) }
  package init(integerLiteral value: Int64) { self.init(.integer(value)) }
  package init(floatLiteral value: Double) { self.init(.float(value)) }
  package init(booleanLiteral value: Bool) { self.init(.boolean(value)) }
  package init(arrayLiteral elements: TOMLValue...) { self.init(.array(elements)) }
  package init(dictionaryLiteral elements: (String, TOMLValue)...) {
    self.init(.table(TOMLTable(elements)))
  }

  static func dateTime(_ text: String) -> TOMLValue { TOMLValue(.dateTime(text)) }
}

extension TOMLTable: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, TOMLValue)...) { self.init(elements) }

  init(_ elements: [(String, TOMLValue)]) {
    self.init()
    for (key, value) in elements { set(key, value) }
  }
}
