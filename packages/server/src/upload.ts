// Is what came with an upload a picture that Okta takes?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { PictureType } from './entities/picture.ts'
import { fail } from './fail.ts'
import { refuseBlank, refuseValue } from './fields.ts'
import type { Exchange } from './http/exchange.ts'
import { parseFormFiles } from './http/multipart.ts'

/** What a picture may be, as the sentences of a refusal call it. */
export type PictureForm = keyof typeof types

const types = {
  PNG: 'image/png',
  JPG: 'image/jpeg',
  GIF: 'image/gif',
  SVG: 'image/svg+xml',
  ICO: 'image/x-icon',
} as const satisfies Record<string, PictureType>

/** A picture that was sent. */
export interface SentPicture {
  type: PictureType
  bytes: Uint8Array
}

/** The picture in the field `file` of a form, of at most `most` bytes. Other fields are not looked at. */
export function readPicture(x: Exchange, forms: readonly PictureForm[], most = Infinity): SentPicture {
  const header = x.incoming.headers['content-type']
  const files = parseFormFiles(Array.isArray(header) ? header[0] : header, x.body as Uint8Array)
  if (!files) return fail(E0000003, 'body-unreadable-shape')
  const file = files.find(({ field }) => field === 'file')
  if (!file || file.bytes.length === 0) return refuseBlank('file')
  // The reference names the formats and the size; the sentences are inferred.
  if (file.bytes.length > most) return refuseValue('file', 'The file must be smaller than 1 MB')
  const form = formOf(file.bytes)
  if (form === undefined || !forms.includes(form)) {
    fail(E0000001, 'value-invalid', { field: 'file', causes: [`file: The file must be a ${forms.join(', ')} image`] })
  }
  return { type: types[form], bytes: file.bytes }
}

// What the sender claims may be anything; the first bytes are not.
function formOf(bytes: Uint8Array): PictureForm | undefined {
  const begin = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1')
  if (begin.startsWith('\x89PNG')) return 'PNG'
  if (begin.startsWith('\xff\xd8\xff')) return 'JPG'
  if (begin.startsWith('GIF8')) return 'GIF'
  if (begin.startsWith('\0\0\x01\0')) return 'ICO'
  // A declaration, comments and a document type may stand before the picture.
  if (/^(?:\xef\xbb\xbf)?\s*(?:<\?|<!|<svg\b)/.test(begin) && /<svg\b/.test(begin)) return 'SVG'
  return undefined
}
