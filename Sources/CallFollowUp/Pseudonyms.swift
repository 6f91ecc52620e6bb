import Crypto

/// Pseudonyms for numbers and names: the first 10 bytes of HMAC-SHA-256 (RFC 2104). The same number has the
/// same pseudonym; without the key, the number cannot be found from it. With the key, all numbers can be
/// tried.
public struct Pseudonyms: Sendable {
  private let key: SymmetricKey

  /// Pseudonyms by this key; nil where it has less than 16 bytes.
  public init?(key: [UInt8]) {
    guard key.count >= 16 else { return nil }
    self.key = SymmetricKey(data: key)
  }

  /// The pseudonym of a number, as in `p-0f…`, 22 characters.
  public func pseudonym(of text: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    let digits = code.prefix(10).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "p-" + digits.joined()
  }

  /// The call without the customer's number, and without the path, since the file name may hold that number.
  /// The call's number in the store stays.
  public func apply(to call: FollowedCall) -> FollowedCall {
    var call = call
    call.customer = call.customer.map(pseudonym)
    call.path = "call \(call.id)"
    return call
  }
}
