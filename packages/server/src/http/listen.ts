// How does the org answer on a socket? Fastify holds the connections and parsing limits; each request is handed to
// the org's own walk before Fastify would read its body or look for a route.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Org } from '../org.ts'
import type { Incoming } from './exchange.ts'
import type { Rendered } from './render.ts'

/** A listening server. */
export interface Listening {
  /** `http://127.0.0.1:4000` */
  url: string
  port: number
  close(): Promise<void>
}

/** Listens on a host and port (0: any free one). Rejects with the system's error, such as EADDRINUSE. */
export async function listen(org: Org, options: { host: string; port: number }): Promise<Listening> {
  const { default: fastify } = await import('fastify')
  const app = fastify({
    exposeHeadRoutes: false,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 8192 },
    // A URL that cannot be decoded never reaches a hook: Okta's edge answers it.
    frameworkErrors: (_error, _request, reply) => refuseAtEdge(reply.raw, 400, 'Bad Request'),
    clientErrorHandler(error, socket) {
      // Malformed or half-sent HTTP: there is no request to walk.
      const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
      if (socket.writable) {
        const reason =
          status === 431 ? 'Request Header Fields Too Large' : status === 408 ? 'Request Timeout' : 'Bad Request'
        const body = JSON.stringify({ status, message: reason })
        socket.end(
          `HTTP/1.1 ${status} ${reason}\r\nserver: Apache\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
        )
      } else socket.destroy()
    },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.hijack()
    await serve(org, request.raw, reply.raw)
  })
  app.all('/*', async () => undefined)
  await app.listen({ host: options.host, port: options.port })
  const address = app.server.address() as AddressInfo
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${host}:${address.port}`, port: address.port, close: () => app.close() }
}

async function serve(org: Org, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const incoming: Incoming = {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: request.headers,
    remoteAddress: request.socket.remoteAddress ?? '',
    readBody: (limit) => readBody(request, limit),
  }
  const ending = await org.answer(incoming)
  if ('line' in ending && ending.line) {
    if (ending.line === 'reset') request.socket.destroy()
    return
  }
  write(request, response, ending as Rendered)
}

function write(request: IncomingMessage, response: ServerResponse, rendered: Rendered): void {
  if (response.destroyed) return
  const { headers } = rendered
  const body = rendered.body === '' ? undefined : Buffer.from(rendered.body)
  if (rendered.status !== 204) headers.push('content-length', String(body?.length ?? 0))
  // A body that nobody read would be taken for the next request on this connection.
  if (!request.complete) {
    headers.push('connection', 'close')
    request.resume()
  }
  response.sendDate = false
  response.writeHead(rendered.status, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function refuseAtEdge(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ status, message })
  response.writeHead(status, ['server', 'Apache', 'content-length', String(body.length)])
  response.end(body)
}

async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limit) return undefined
  if (announced === 0 && request.headers['transfer-encoding'] === undefined) return EMPTY
  return await new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else {
        // Stop reading, keep the connection: the refusal has still to be written.
        request.pause()
        request.removeAllListeners('data')
        resolve(undefined)
      }
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    // A caller that went away in the middle: what it sent is no body, and nobody reads the answer.
    request.on('error', () => resolve(undefined))
    request.on('close', () => resolve(undefined))
  })
}

const EMPTY = new Uint8Array(0)
