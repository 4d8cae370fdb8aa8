// Which pictures were uploaded, and where can they be seen?
import type { Org } from '../org.ts'
import { type Collection, put, remove, type State, type Write } from '../state/state.ts'

/** What a picture may be. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/svg+xml' | 'image/x-icon'

/** A picture. Its bytes are base64, so that any store can hold them. */
export interface Picture {
  type: PictureType
  base64: string
}

/** All pictures that are in use; who replaces one takes away the one before. */
export const pictures: Collection<Picture> = { name: 'picture' }

/** Writes that put a picture (or, with undefined, none) in the place of the one before. */
export async function replacePicture(
  state: State,
  before: string | undefined,
  next: { id: string; type: PictureType; bytes: Uint8Array } | undefined,
): Promise<Write[]> {
  const old = before === undefined || before === next?.id ? undefined : await state.load(pictures, before)
  const writes: Write[] = old ? [remove(pictures, old)] : []
  if (!next) return writes
  const value = { type: next.type, base64: Buffer.from(next.bytes).toString('base64') }
  return [...writes, put(pictures, next.id, value, await state.load(pictures, next.id))]
}

/** The path under which pictures of the org and of brands are; the id is in the query. */
export const FILE_STORE = '/bc/image/fileStoreRecord'

/** Where a picture of the org or of a brand can be seen. */
export function pictureUrl(org: Org, id: string): string {
  return `${org.baseUrl}${FILE_STORE}?id=${id}`
}
