// The other files of this folder are those of the program: an executable cannot be imported.

/// Called by libFuzzer with each input: a configuration.
@_cdecl("LLVMFuzzerTestOneInput") public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int)
  -> CInt
{
  let text = String(decoding: UnsafeRawBufferPointer(start: data, count: count), as: UTF8.self)
  var configuration = Configuration()
  do throws(ConfigurationError) {
    try configuration.apply(toml: text, from: "fuzz")
    _ = configuration.hash
    _ = Configuration.names(in: text)
  } catch {
    precondition(!error.description.isEmpty, "a refusal needs its reason")
  }
  return 0
}
