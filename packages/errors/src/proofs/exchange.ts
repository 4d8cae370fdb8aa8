// What was sent and what came back? The record that a run keeps of each call.

/** One call and its answer, as plain data. It holds the credentials that were sent: redact before showing. */
export interface Exchange {
  request: { method: string; url: string; headers: [name: string, value: string][]; body?: string }
  response: { status: number; headers: [name: string, value: string][]; body: string }
}

/** A call with all its holes filled: sending it twice sends the same bytes. */
export type FilledCall = Exchange['request']

/** Sends a filled call. Redirects are answers here, never followed. */
export async function send(fetch: (request: Request) => Promise<Response>, call: FilledCall): Promise<Exchange> {
  const request = new Request(call.url, {
    method: call.method,
    headers: call.headers,
    // As bytes: for a text fetch would add a Content-Type of its own, and some proofs need a call without one.
    body: call.body === undefined ? undefined : new TextEncoder().encode(call.body),
    redirect: 'manual',
  })
  const response = await fetch(request)
  const body = await response.text()
  return { request: call, response: { status: response.status, headers: [...response.headers], body } }
}
