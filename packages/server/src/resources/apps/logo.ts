// Which picture does an app have? The upload of its logo.
import { hash } from 'node:crypto'
import { apps } from '../../entities/app.ts'
import { replacePicture } from '../../entities/picture.ts'
import type { Answer, Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { put } from '../../state/state.ts'
import { readPicture } from '../../upload.ts'
import { logApp } from './events.ts'
import { loadAppForChange } from './store.ts'

// "Less than one MB" (documented).
const MOST_BYTES = 999_999

/** `POST /apps/{id}/logo`: the picture before is gone; the answer is empty (recorded). */
export async function uploadLogo(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadAppForChange(org, x)
  const { type, bytes } = readPicture(x, ['PNG', 'JPG', 'SVG', 'GIF'], MOST_BYTES)
  // Named after the app and the bytes: the same picture keeps its place, and apps do not share one.
  const content = hash('sha256', bytes, 'hex')
  const name = hash('sha256', `${app.id}:${content}`, 'buffer').toString('base64url').replace(/[-_]/g, '0')
  const fileId = `gfs${name.slice(0, 17)}`
  const value = { ...app.value, logo: { fileId, type }, lastUpdatedAt: x.now }
  const picture = { id: fileId, type, bytes }
  await org.state.change([
    put(apps, app.id, value, app),
    ...(await replacePicture(org.state, app.value.logo?.fileId, picture)),
  ])
  logApp(org, x, 'application.lifecycle.update', app)
  return { status: 201 }
}
