// Who answers in the tests of hooks? A real HTTP server on this machine that notes what it is sent.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jsonOf } from '../outgoing.ts'

/** A request that arrived. */
export interface Arrived {
  method: string
  path: string
  headers: IncomingHttpHeaders
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  json: any
}

/** What is sent back; `hang`: nothing, ever. */
export type Reply = { status?: number; json?: unknown; text?: string; headers?: Record<string, string> } | 'hang'

/** A server for hooks. */
export interface HookServer {
  url: string
  arrived: Arrived[]
  /** What it answers from now on. */
  respond: (request: Arrived) => Reply
  /** Resolves when so many requests have arrived. */
  count(requests: number): Promise<void>
  close(): Promise<void>
}

/** Starts one. It answers the verification of event hooks, and everything else with 204. */
export async function hookServer(): Promise<HookServer> {
  const waiting: { requests: number; resolve: () => void }[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString()
      const { method = '', url = '', headers } = request
      const one: Arrived = { method, path: url, headers, text, json: jsonOf(text) }
      it.arrived.push(one)
      const reply = it.respond(one)
      for (const { requests, resolve } of waiting) if (it.arrived.length >= requests) resolve()
      if (reply === 'hang') return
      const { status = 200, json, headers: more = {} } = reply
      response.writeHead(status, { 'content-type': 'application/json', ...more })
      response.end(reply.text ?? (json === undefined ? undefined : JSON.stringify(json)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const it: HookServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived: [],
    respond: verifying,
    count: (requests) =>
      new Promise((resolve) => {
        if (it.arrived.length >= requests) resolve()
        else waiting.push({ requests, resolve })
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return it
}

/** Answers the challenge of an event hook, and takes the rest. */
export function verifying({ method, headers }: Arrived): Reply {
  return method === 'GET' ? { json: { verification: headers['x-okta-verification-challenge'] } } : { status: 204 }
}
