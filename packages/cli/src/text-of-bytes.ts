// Which text do these bytes hold? Windows PowerShell writes UTF-16 where other shells write UTF-8.

/** The text of a file or of stdin. A byte order mark says which encoding it is; without one it is UTF-8. */
export function textOfBytes(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
