// How is a whole list read? Page after page by the `next` link, and only as long as somebody takes items from it.
import { linksOf } from '@errorg/errors/wire'
import { isAt, urlOf } from './call.ts'
import { LinkError } from './errors.ts'
import type { CallInit, Fetch } from './layer.ts'

/** Sends a call and gives its answer with the parsed body; refusals throw. */
export type ReadPage = (url: string, init: CallInit | undefined) => Promise<{ response: Response; body: unknown }>

/**
 * Gives the items of all pages. A page that is no array is given as one item. It ends with an error where the next
 * page is on another host: going there would take the credential along, and stopping in silence would pass a part of
 * the list off as the whole.
 */
export async function* paginate<Item>(
  read: ReadPage,
  input: Parameters<Fetch>[0],
  init?: CallInit,
): AsyncGenerator<Item, void, undefined> {
  let url: string | undefined = urlOf(input)
  const { origin } = new URL(url)
  // A server that links a page to itself would keep us for ever.
  const seen = new Set<string>()
  while (url !== undefined && !seen.has(url)) {
    seen.add(url)
    const { response, body } = await read(url, init)
    if (Array.isArray(body)) yield* body as Item[]
    else if (body !== undefined) yield body as Item
    const next: string | undefined = linksOf(response.headers).next
    url = next === undefined ? undefined : new URL(next, url).href
    if (url !== undefined && !isAt(origin, url)) throw new LinkError({ origin: new URL(url).origin, expected: origin })
  }
}
