// How does the official Node SDK (@okta/okta-sdk-nodejs) get the same layers? Through its own door: a `requestExecutor`,
// of which it uses one method.
import type { Client } from '../create-client.ts'
import type { CallInit } from '../layer.ts'

/** A request as the SDK hands it over; it has more members, which are its own affair. */
export interface SdkRequest {
  url: string
  method?: string
  headers?: Record<string, string | undefined>
  body?: unknown
}

/** A response as the SDK reads it: with the `buffer()` of node-fetch, which it uses for files. */
export type SdkResponse = Response & { buffer(): Promise<Buffer> }

/** What the SDK takes as `requestExecutor`. */
export interface SdkExecutor {
  fetch(request: SdkRequest): Promise<SdkResponse>
}

/** Which credential the calls of the SDK go with. */
export interface SdkSeat {
  /**
   * `client`: that of the client, whatever the SDK was given as `token`; then tokens are fetched once for all callers and
   * renewed before they end. `sdk`: that of the SDK; then create the client without `auth`. Default `client`.
   */
  credential?: 'client' | 'sdk'
}

/**
 * Puts the SDK on a client. Its calls are paced, repeated, timed and broken as all others of that client. The SDK's own
 * limits (`rateLimit.maxRetries`, `requestTimeout`) belong to the executor that this one replaces.
 *
 * Switch the SDK's cache off as well (`cacheMiddleware: null`): it has no end, so a change made elsewhere is never seen.
 * A proxy is set where the client's `fetch` is made; the `agent` of the SDK is not used.
 *
 * @example
 * const client = createClient({ orgUrl, auth: { clientId, privateKey, scopes: ['okta.users.read'] } })
 * const sdk = new Client({ orgUrl, token: 'of the client', requestExecutor: underOktaSdk(client), cacheMiddleware: null })
 */
export function underOktaSdk(client: Pick<Client, 'fetch'>, seat: SdkSeat = {}): SdkExecutor {
  const { credential = 'client' } = seat
  return {
    async fetch(request) {
      const headers: Record<string, string> = {}
      for (const [name, value] of Object.entries(request.headers ?? {})) {
        // The SDK sets members to undefined where node-fetch leaves them out and fetch would send the word.
        if (value === undefined) continue
        if (credential === 'client' && name.toLowerCase() === 'authorization') continue
        headers[name] = value
      }
      const init: CallInit = { method: (request.method ?? 'get').toUpperCase(), headers }
      const { body } = request
      if (isForm(body)) {
        Object.assign(headers, body.getHeaders())
        init.body = await bytesOf(body)
      } else if (body !== undefined && body !== null && body !== '') init.body = body as CallInit['body']
      const response = await client.fetch(request.url, init)
      return Object.assign(response, { buffer: async () => Buffer.from(await response.arrayBuffer()) })
    },
  }
}

/** A form of the package form-data: an old stream, which fetch does not know. */
interface Form {
  getHeaders(): Record<string, string>
  pipe(target: NodeJS.WritableStream): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

function isForm(body: unknown): body is Form {
  const form = body as Partial<Form> | null | undefined
  return typeof form?.getHeaders === 'function' && typeof form.pipe === 'function'
}

async function bytesOf(form: Form): Promise<ArrayBuffer> {
  const { PassThrough } = await import('node:stream')
  const through = new PassThrough()
  form.on('error', (error) => through.destroy(error))
  form.pipe(through)
  return new Response(through as never).arrayBuffer()
}
