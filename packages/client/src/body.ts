// How is a body read inside an attempt and given back? JSON answers are received whole, so that one that breaks off
// is a fault of the attempt, which can be repeated, and not of the caller who reads it later.

const kept = Symbol('kept body')
const decoder = new TextDecoder()

interface Kept {
  bytes: ArrayBuffer
  used: boolean
  /** Made when somebody asks for the stream; from then on it knows whether the body was used. */
  streamed: Response | undefined
}

type Received = Response & { [kept]?: Kept }

/** Answers of more than this many bytes stay streams. */
const wholeUpTo = 16 * 2 ** 20

/** Whether this answer should be received whole: JSON, unless it says that it is very long. */
export function isJson(response: Response): boolean {
  if ((response as Received)[kept] !== undefined) return true
  if (response.body === null) return false
  if (!(response.headers.get('content-type') ?? '').includes('json')) return false
  return Number(response.headers.get('content-length') ?? 0) <= wholeUpTo
}

/**
 * Reads the body and puts it back. It stays the same object: a new `Response` would lose `url` and `redirected`, and
 * cost as much as all layers together.
 */
export function receive(response: Response): Promise<Response> {
  if ((response as Received)[kept] !== undefined || response.body === null) return Promise.resolve(response)
  return response.arrayBuffer().then((bytes) => {
    ;(response as Received)[kept] = { bytes, used: false, streamed: undefined }
    // For a plain Response another prototype does the same at a third of the cost.
    if (Object.getPrototypeOf(response) === Response.prototype) Object.setPrototypeOf(response, receivedPrototype)
    else Object.defineProperties(response, readers)
    return response
  })
}

/** The text of a body, without using it up. `undefined`: nothing can be read any more. */
export async function peekText(response: Response): Promise<string | undefined> {
  if (response.bodyUsed) return undefined
  try {
    const held = (await receive(response)) as Received
    return held[kept] === undefined ? '' : decoder.decode(held[kept].bytes)
  } catch {
    return undefined
  }
}

/** Lets go of an answer that nobody will read, so that its connection is free again. */
export function discard(response: Response): void {
  if ((response as Received)[kept] !== undefined || response.bodyUsed) return
  response.body?.cancel().catch(() => undefined)
}

/** A `Response` of its own with this body, for handing the same answer to several callers. */
export function copyOf(response: Response, bytes: ArrayBuffer | null): Response {
  const { status, statusText, headers } = response
  const copy = new Response(bytes === null || bytes.byteLength === 0 ? null : bytes, { status, statusText, headers })
  Object.defineProperty(copy, 'url', { value: response.url, configurable: true })
  return copy
}

/** The bytes of an answer that was received. */
export function receivedBytes(response: Response): ArrayBuffer | undefined {
  return (response as Received)[kept]?.bytes
}

function method<Result>(read: (bytes: ArrayBuffer, response: Received) => Result | Promise<Result>) {
  return {
    configurable: true,
    writable: true,
    value(this: Received): Promise<Result> {
      const body = this[kept]!
      if (body.streamed !== undefined) return body.streamed.arrayBuffer().then((bytes) => read(bytes, this))
      // The words of fetch, because callers may look for them.
      if (body.used) return Promise.reject(new TypeError('Body is unusable: Body has already been read'))
      body.used = true
      try {
        return Promise.resolve(read(body.bytes, this))
      } catch (error) {
        return Promise.reject(error)
      }
    },
  }
}

const readers: PropertyDescriptorMap = {
  text: method((bytes) => decoder.decode(bytes)),
  json: method((bytes) => JSON.parse(decoder.decode(bytes)) as unknown),
  arrayBuffer: method((bytes) => bytes.slice(0)),
  bytes: method((bytes) => new Uint8Array(bytes.slice(0))),
  blob: method((bytes, response) => new Blob([bytes], { type: response.headers.get('content-type') ?? '' })),
  formData: method((bytes, response) => copyOf(response, bytes).formData()),
  body: {
    configurable: true,
    get(this: Received) {
      const own = this[kept]!
      if (own.used) return null
      // Asking for the stream does not use the body up: `if (response.body)` is an ordinary question.
      own.streamed ??= new Response(own.bytes)
      return own.streamed.body
    },
  },
  bodyUsed: {
    configurable: true,
    get(this: Received) {
      const { used, streamed } = this[kept]!
      return used || streamed?.bodyUsed === true
    },
  },
  clone: {
    configurable: true,
    writable: true,
    value(this: Received) {
      if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.')
      return copyOf(this, this[kept]!.bytes)
    },
  },
}

const receivedPrototype: object = Object.create(Response.prototype, readers) as object
