// Which picture does an app have? The upload of its logo.
import { hash } from 'node:crypto'
import { apps } from '../../entities/app.ts'
import { type FieldFault, refuseFaults } from '../../fields.ts'
import type { Answer, Exchange } from '../../http/exchange.ts'
import { type FormFile, parseFormFiles } from '../../http/multipart.ts'
import type { Org } from '../../org.ts'
import { put } from '../../state/state.ts'
import { logApp } from './events.ts'
import { loadAppForChange } from './store.ts'

/** `POST /apps/{id}/logo`: the picture before is gone; the answer is empty (recorded). */
export async function uploadLogo(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const type = x.incoming.headers['content-type']
  const files = parseFormFiles(Array.isArray(type) ? type[0] : type, x.body as Uint8Array)
  const file = files?.find((one) => one.field === 'file')
  const { fault, form } = lookAt(file)
  refuseFaults(fault ? [fault] : [])
  // Named after its bytes: the same picture keeps its place.
  const name = hash('sha256', file!.bytes, 'buffer').toString('base64url').replace(/[-_]/g, '0')
  const value = { ...app.value, logo: { fileId: `gfs${name.slice(0, 17)}`, type: form! }, lastUpdatedAt: x.now }
  await org.state.change([put(apps, app.id, value, app)])
  logApp(org, x, 'application.lifecycle.update', app)
  return { status: 201 }
}

// "Less than one MB", and what Okta's pages say of formats. (the sentences are inferred)
const MOST_BYTES = 1_000_000

function lookAt(file: FormFile | undefined): { fault?: FieldFault; form?: string } {
  if (!file || file.bytes.length === 0) {
    return { fault: { field: 'file', says: 'The field cannot be left blank', kind: 'missing' } }
  }
  const invalid = (says: string) => ({ fault: { field: 'file', says, kind: 'invalid' as const } })
  if (file.bytes.length >= MOST_BYTES) return invalid('The file must be smaller than 1 MB')
  const form = formOf(file.bytes)
  return form === undefined ? invalid('The file must be a PNG, JPG, SVG or GIF image') : { form }
}

/** What the first bytes say; what the sender claims may be anything. */
function formOf(bytes: Uint8Array): string | undefined {
  const begin = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1')
  if (begin.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (begin.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(begin)) return 'image/gif'
  // A declaration, comments and a document type may stand before the picture.
  if (/^(?:\xef\xbb\xbf)?\s*(?:<\?|<!|<svg\b)/.test(begin) && /<svg\b/.test(begin)) return 'image/svg+xml'
  return undefined
}
