// What was sent and what came back? The record that a run keeps of each call.

/** One call and its answer, as plain data. It holds the credentials that were sent: redact before showing. */
export interface Exchange {
  request: { method: string; url: string; headers: [name: string, value: string][]; body?: string }
  response: { status: number; headers: [name: string, value: string][]; body: string }
}

/** A call with all its holes filled: sending it twice sends the same bytes. */
export type FilledCall = Exchange['request']

type Fetch = (request: Request) => Promise<Response>

/** Sends a filled call. Redirects are answers here, never followed. */
export async function send(fetch: Fetch, call: FilledCall): Promise<Exchange> {
  // As bytes: for a text fetch would add a Content-Type of its own, and some proofs need a call without one.
  return await sendWith(fetch, call, call.body === undefined ? undefined : new TextEncoder().encode(call.body))
}

/** A call that has begun and is not complete. */
export interface HeldCall {
  /** Resolves once somebody reads its body, or it was answered without that. */
  begun: Promise<unknown>
  /** Sends the rest. */
  release(): void
  done: Promise<Exchange>
}

/** Begins a filled call, and holds the last byte of its body back. */
export function hold(fetch: Fetch, call: FilledCall): HeldCall {
  const bytes = new TextEncoder().encode(call.body ?? '')
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let wanted = (): void => undefined
  const read = new Promise<void>((resolve) => {
    wanted = resolve
  })
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (bytes.length > 1) controller.enqueue(bytes.subarray(0, -1))
      },
      async pull(controller) {
        wanted()
        await released
        controller.enqueue(bytes.subarray(-1))
        controller.close()
      },
    },
    // One piece at a time: the second is asked for when somebody has taken the first.
    { highWaterMark: 1 },
  )
  const done = sendWith(fetch, call, body)
  // Whoever waits for it hears of a failure; until then it is nobody's.
  done.catch(() => undefined)
  return { begun: Promise.race([read, done]), release, done }
}

async function sendWith(
  fetch: Fetch,
  call: FilledCall,
  body: Uint8Array | ReadableStream<Uint8Array> | undefined,
): Promise<Exchange> {
  const init: RequestInit & { duplex?: 'half' } = {
    method: call.method,
    headers: call.headers,
    body: body as RequestInit['body'],
    redirect: 'manual',
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  }
  const response = await fetch(new Request(call.url, init))
  const text = await response.text()
  return { request: call, response: { status: response.status, headers: [...response.headers], body: text } }
}
