// What does a browser get where a link of the API leads to an uploaded picture?
import { FILE_STORE, type PictureType, pictures } from '../entities/picture.ts'
import { EdgeRefusal } from '../fail.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { RouteRow } from '../routes.ts'

// Somebody else's file at the org's own address: whatever stands in it, it runs nothing and frames nothing.
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"

async function show(org: Org, id: string): Promise<Answer> {
  const picture = await org.state.load(pictures, id)
  // Recorded for files that are not there: the words of the edge, and no code.
  if (!picture) throw new EdgeRefusal(404, 'Resource not found', 'no picture has this id')
  const { type, base64 } = picture.value
  return {
    status: 200,
    bytes: Buffer.from(base64, 'base64'),
    headers: [
      ['content-type', type],
      ['x-content-type-options', 'nosniff'],
      ['content-security-policy', policy],
      // A page of its own is what an SVG with a script would want to be; as an image it is shown all the same.
      ...(type === 'image/svg+xml' ? [['content-disposition', 'attachment; filename="logo.svg"'] as const] : []),
    ],
  }
}

const ofApp = (org: Org, x: Exchange) => show(org, x.params.fileId!)
const ofOrg = (org: Org, x: Exchange) => show(org, x.query.get('id') ?? '')

const answers: readonly PictureType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/svg+xml', 'image/x-icon']

/** Logos of apps, and the pictures of the org and its brands. Anybody may see them: sign-in pages show them. */
export const pictureRoutes: readonly RouteRow[] = [
  { on: 'GET /fs/bcg/4/:fileId', needs: 'anyone', answers, handle: ofApp },
  { on: `GET ${FILE_STORE}`, needs: 'anyone', answers, handle: ofOrg },
]
