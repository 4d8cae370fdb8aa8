// Which files does a form carry? multipart/form-data (RFC 7578) in the part of it that uploads use.

/** A part of a form that is a file. */
export interface FormFile {
  /** The name of the field. */
  field: string
  fileName: string
  /** The media type that the sender claims, in lower case; empty without one. */
  type: string
  bytes: Uint8Array
}

// No form of Okta's has more than one file; a few more are read so that the right one is found.
const MOST_PARTS = 20
const MOST_HEADERS = 4_096

/** The files of a form; undefined when the body is no form with this boundary. */
export function parseFormFiles(contentType: string | undefined, body: Uint8Array): FormFile[] | undefined {
  const boundary = boundaryOf(contentType ?? '')
  if (boundary === undefined) return undefined
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const mark = Buffer.from(`--${boundary}`)
  let at = text.indexOf(mark)
  // Lines before the first mark are allowed, and nobody sends any.
  if (at === -1 || (at > 0 && text[at - 1] !== LINE_FEED)) return undefined
  const files: FormFile[] = []
  for (let part = 0; part < MOST_PARTS; part++) {
    const begin = at + mark.length
    if (text.subarray(begin, begin + 2).equals(END)) return files
    const headersAt = lineEnd(text, begin)
    const separator = Buffer.from(`\r\n--${boundary}`)
    const next = headersAt === undefined ? -1 : text.indexOf(separator, headersAt - 2)
    if (headersAt === undefined || next === -1) return undefined
    const file = readPart(text.subarray(headersAt, Math.max(next, headersAt)))
    if (file) files.push(file)
    at = next + 2
  }
  return undefined
}

const LINE_FEED = 0x0a
const END = Buffer.from('--')

function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? []
  return quoted ?? plain
}

// Blanks may follow a mark, then its line ends.
function lineEnd(text: Buffer, from: number): number | undefined {
  let at = from
  while (text[at] === 0x20 || text[at] === 0x09) at++
  return text[at] === 0x0d && text[at + 1] === LINE_FEED ? at + 2 : undefined
}

function readPart(part: Buffer): FormFile | undefined {
  const end = part.indexOf('\r\n\r\n')
  if (end === -1 || end > MOST_HEADERS) return undefined
  const headers = part.subarray(0, end).toString('utf8')
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1]
  if (disposition === undefined) return undefined
  const field = parameterOf(disposition, 'name')
  const fileName = parameterOf(disposition, 'filename')
  if (field === undefined || fileName === undefined) return undefined
  const type = /^content-type:\s*([^\s;]+)/im.exec(headers)?.[1]?.toLowerCase() ?? ''
  return { field, fileName, type, bytes: part.subarray(end + 4) }
}

function parameterOf(disposition: string, name: string): string | undefined {
  const [, quoted, plain] = new RegExp(`(?:^|;)\\s*${name}=(?:"([^"]*)"|([^\\s;"]+))`, 'i').exec(disposition) ?? []
  return quoted ?? plain
}
