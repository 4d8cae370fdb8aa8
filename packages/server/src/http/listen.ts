// How does the org answer on a socket? Node's own server parses and holds the connections; everything else is the
// org's walk. A framework's router, hooks and validation would stay idle here and take longer to load than the org.
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { EdgeRefusal } from '../fail.ts'
import type { Org } from '../org.ts'
import type { Incoming } from './exchange.ts'
import type { Rendered } from './render.ts'

/** Where to listen. With a key and its certificate (PEM) the org answers over TLS, and only so. */
export interface ListenOptions {
  host: string
  port: number
  tls?: { key: string; cert: string }
}

/** A listening server. */
export interface Listening {
  /** `http://127.0.0.1:4000`; with `tls` it begins with `https://`. */
  url: string
  port: number
  close(): Promise<void>
}

// Node's default of five seconds ends connections that a client with a pool still counts on.
const KEEP_ALIVE_MS = 72_000

/** Listens on a host and port (0: any free one). Rejects with the system's error, such as EADDRINUSE. */
export async function listen(org: Org, options: ListenOptions): Promise<Listening> {
  const first = await listenOn(org, options, options.host)
  const { port } = first.address() as AddressInfo
  const servers = [first, ...(await listenOnOtherNames(org, options, first))]
  const scheme = options.tls ? 'https' : 'http'
  return {
    url: `${scheme}://${urlHost(first.address() as AddressInfo)}:${port}`,
    port,
    async close() {
      await Promise.all(servers.map(end))
    },
  }
}

async function listenOn(org: Org, { tls, port }: ListenOptions, host: string): Promise<Server> {
  const settings = { keepAliveTimeout: KEEP_ALIVE_MS }
  const { createServer: createTlsServer } = tls ? await import('node:https') : { createServer: undefined }
  const server = createTlsServer ? createTlsServer({ ...settings, ...tls }) : createServer(settings)
  server.on('clientError', refuseNonsense)
  server.on('request', (request, response) => {
    serve(org, request, response).catch((error: unknown) => {
      // An answer that cannot be written (an injected header, say) must not leave its caller waiting.
      request.socket.destroy()
      org.onFault(error)
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

// "localhost" has an address in each family, and callers differ in which one they try.
async function listenOnOtherNames(org: Org, options: ListenOptions, first: Server): Promise<Server[]> {
  if (options.host !== 'localhost') return []
  const { address: taken, port } = first.address() as AddressInfo
  const others = (await lookup('localhost', { all: true })).filter(({ address }) => address !== taken)
  const servers = await Promise.allSettled(others.map(({ address }) => listenOn(org, { ...options, port }, address)))
  return servers.flatMap((server) => (server.status === 'fulfilled' ? server.value : []))
}

async function end(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

// Malformed or half-sent HTTP: there is no request to walk.
function refuseNonsense(error: NodeJS.ErrnoException, socket: Duplex): void {
  const [status, reason] = wordsFor(error.code)
  if (!socket.writable) return void socket.destroy()
  const body = JSON.stringify({ status, message: reason })
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nserver: Apache\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
}

function wordsFor(code: string | undefined): [status: number, reason: string] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'Request Header Fields Too Large']
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout']
  return [400, 'Bad Request']
}

// Nobody can call the address that stands for all addresses.
function urlHost({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return family === 'IPv6' ? `[${address}]` : address
}

async function serve(org: Org, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A URL that cannot be decoded names nothing: Okta's edge answers it.
  if (!isDecodable(request.url ?? '/')) return refuseAtEdge(response, 400, 'Bad Request')
  let left: AbortController | undefined
  const incoming: Incoming = {
    method: request.method ?? 'GET',
    target: originForm(request.url ?? '/'),
    headers: request.headers,
    remoteAddress: request.socket.remoteAddress ?? '',
    readBody: (limit) => readBody(request, limit),
    // Made when somebody asks: few requests wait for anything. No getter: an object literal with one gets a shape of
    // its own each time, and collecting those cost more than the rest of the request.
    gone() {
      if (!left) {
        const controller = new AbortController()
        left = controller
        if (response.destroyed) controller.abort()
        else response.once('close', () => controller.abort())
      }
      return left.signal
    },
  }
  const ending = await org.answer(incoming)
  if (ending.line === 'reset') reset(request.socket)
  // A hang ends when the caller leaves or the server closes.
  if (ending.line === undefined) write(request, response, ending)
}

// Only a plain connection can be reset; a TLS one ends in the middle, which callers report the same way.
function reset(socket: IncomingMessage['socket']): void {
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}

function isDecodable(target: string): boolean {
  const mark = target.indexOf('?')
  const path = mark === -1 ? target : target.slice(0, mark)
  if (!path.includes('%')) return true
  try {
    // Its value is used, else a bundler takes the call for one without effect and leaves it out.
    return decodeURI(path) !== ''
  } catch {
    return false
  }
}

// A caller that takes this for a proxy sends the whole URL.
function originForm(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?#]*/i, '') || '/'
}

function write(request: IncomingMessage, response: ServerResponse, rendered: Rendered): void {
  if (response.destroyed) return
  const { status } = rendered
  const headers = 'encrypted' in request.socket ? withoutHsts(rendered.headers) : rendered.headers
  // A string leaves in one piece with the headers; a Buffer would be a second one.
  const body = rendered.bytes ?? rendered.body
  if (status !== 204 && !headers.includes('content-length')) {
    headers.push('content-length', String(Buffer.byteLength(body)))
  }
  // What nobody read of the body is taken off the line, so that the caller can finish sending and hear the answer.
  if (!request.complete) request.resume()
  response.sendDate = false
  response.writeHead(status, headers)
  response.end(request.method === 'HEAD' || body.length === 0 ? undefined : body)
}

// Browsers heed it over TLS only, and then hold everything on "localhost" to HTTPS for ten years.
function withoutHsts(headers: readonly string[]): string[] {
  return headers.filter((_text, i) => headers[i - (i % 2)] !== 'strict-transport-security')
}

function refuseAtEdge(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ status, message })
  response.writeHead(status, ['server', 'Apache', 'content-length', String(body.length)])
  response.end(body)
}

function readBody(request: IncomingMessage, limit: number): ReturnType<Incoming['readBody']> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limit) return undefined
  if (announced === 0 && request.headers['transfer-encoding'] === undefined) return EMPTY
  // The caller may have left while the gates before this one waited; then no event comes any more.
  if (request.destroyed && !request.readableEnded) throw brokenOff()
  // Most bodies came together with their head: taking them needs no events.
  if (request.complete) return atOnce(request.read(), limit)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) return void chunks.push(chunk)
      request.removeAllListeners('data')
      resolve(undefined)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', () => reject(brokenOff()))
    // Also comes after every end, and making an error that nobody throws costs 5 us.
    request.on('close', () => request.readableEnded || reject(brokenOff()))
  })
}

function atOnce(bytes: Buffer | null, limit: number): Uint8Array | undefined {
  if (bytes === null) return EMPTY
  return bytes.length > limit ? undefined : bytes
}

const EMPTY = new Uint8Array(0)

const brokenOff = () => new EdgeRefusal(400, 'Bad Request', 'the caller left before its body was complete')
