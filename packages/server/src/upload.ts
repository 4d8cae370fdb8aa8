// Is what came with an upload a picture that Okta takes?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { fail } from './fail.ts'
import { refuseBlank } from './fields.ts'
import type { Exchange } from './http/exchange.ts'
import { type FormFile, parseFormFiles } from './http/multipart.ts'

/** What a picture may be. */
export type PictureType = 'PNG' | 'JPG' | 'GIF' | 'ICO'

/** The picture in the field `file` of a form. Other fields are not looked at. */
export function readPicture(x: Exchange, types: readonly PictureType[]): FormFile {
  const header = x.incoming.headers['content-type']
  const files = parseFormFiles(Array.isArray(header) ? header[0] : header, x.body as Uint8Array)
  if (!files) return fail(E0000003, 'body-unreadable-shape')
  const file = files.find(({ field }) => field === 'file')
  if (!file || file.bytes.length === 0) {
    return refuseBlank('file')
  }
  const type = typeOf(file.bytes)
  // The reference names the formats; the sentence is inferred.
  if (type === undefined || !types.includes(type)) {
    fail(E0000001, 'value-invalid', { field: 'file', causes: [`file: The file must be a ${types.join(', ')} image`] })
  }
  return file
}

// What the sender claims may be anything; the first bytes are not.
function typeOf(bytes: Uint8Array): PictureType | undefined {
  const begins = (...first: number[]) => first.every((byte, i) => bytes[i] === byte)
  if (begins(0x89, 0x50, 0x4e, 0x47)) return 'PNG'
  if (begins(0xff, 0xd8, 0xff)) return 'JPG'
  if (begins(0x47, 0x49, 0x46, 0x38)) return 'GIF'
  if (begins(0, 0, 1, 0)) return 'ICO'
  return undefined
}
