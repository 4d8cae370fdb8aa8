// What do the tests of authorization need? A token endpoint and an org behind one fetch, which remember who asked what.
// Test support; no part of the package.
import { generateKeyPairSync } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Fetch } from '../layer.ts'
import { answer, orgUrl } from '../layers/common-suite.ts'

/** A key of a service app. */
export const appKey = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** One call, read. */
export interface Seen {
  url: string
  authorization: string | null
  form: URLSearchParams
  body: string
  init: Parameters<Fetch>[1]
}

/** What a fake org does. */
export interface FakeOrgOptions {
  clock: Clock
  /** In seconds; default an hour. */
  lifetime?: number
  /** Answers token requests instead; `undefined` leaves this one to the endpoint. */
  onToken?: (seen: Seen, count: number) => Response | undefined | Promise<Response | undefined>
  /** Answers calls that have a good token instead. */
  onCall?: (seen: Seen, count: number) => Response | Promise<Response> | undefined
}

/** An org that gives tokens `at1`, `at2`, … and refuses those that have ended or were revoked. */
export function createFakeOrg({ clock, lifetime = 3_600, onToken, onCall }: FakeOrgOptions) {
  const tokenRequests: Seen[] = []
  const calls: Seen[] = []
  const good = new Map<string, number>()
  const refused: string[] = []
  const bodies: string[] = []
  const fetch: Fetch = async (input, init) => {
    init?.signal?.throwIfAborted()
    const request = new Request(input, init)
    const body = await request.clone().text()
    const seen: Seen = {
      url: request.url,
      authorization: request.headers.get('authorization'),
      form: new URLSearchParams(body),
      body,
      init,
    }
    if (new URL(request.url).pathname.endsWith('/v1/token')) {
      tokenRequests.push(seen)
      // A turn of its own: whoever asks meanwhile must wait for this request.
      await new Promise((resolve) => setImmediate(resolve))
      const given = await onToken?.(seen, tokenRequests.length)
      if (given !== undefined) {
        const told = (await given
          .clone()
          .json()
          .catch(() => undefined)) as { access_token?: string; expires_in?: number } | undefined
        const seconds = told?.expires_in || Number.POSITIVE_INFINITY
        if (told?.access_token) good.set(`Bearer ${told.access_token}`, clock.ticks() + seconds * 1_000)
        return given
      }
      const token = `at${tokenRequests.length}`
      good.set(`Bearer ${token}`, clock.ticks() + lifetime * 1_000)
      return answer(
        200,
        {},
        { token_type: 'Bearer', expires_in: lifetime, access_token: token, scope: 'okta.users.read' },
      )
    }
    calls.push(seen)
    bodies.push(body)
    await new Promise((resolve) => setImmediate(resolve))
    if (!((good.get(seen.authorization ?? '') ?? 0) > clock.ticks())) {
      refused.push(seen.authorization ?? '')
      const challenge = 'Bearer realm="x", error="invalid_token", error_description="The token has expired."'
      return new Response(null, { status: 401, headers: { 'www-authenticate': challenge } })
    }
    return (await onCall?.(seen, calls.length)) ?? answer()
  }
  return {
    fetch,
    tokenRequests,
    calls,
    /** The Authorization headers that were answered 401. */
    refused,
    bodies,
    revokeAll: () => good.clear(),
    url: orgUrl,
  }
}
