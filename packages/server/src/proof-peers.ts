// Who is on the other side of a proof? A proof is data and has no servers: whoever runs it hands over this tool, which
// starts small ones on this machine that behave as told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type PeerBehaviour, peers } from '@errorg/errors/proofs'

/** A server that stands on the other side. */
export interface ProofPeer {
  url: string
  close(): Promise<void>
}

type Respond = (request: IncomingMessage, response: ServerResponse) => void

const behaviours: Readonly<Record<PeerBehaviour, (options: Readonly<Record<string, unknown>>) => Respond>> = {
  answers:
    ({ status = 200, body = {} }) =>
    (_, response) =>
      sendJson(response, Number(status), body),
  verifies: () => (request, response) => {
    if (request.method !== 'GET') response.writeHead(204).end()
    else sendJson(response, 200, { verification: request.headers['x-okta-verification-challenge'] })
  },
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** The tool `peer` of a proof run: starts a server on 127.0.0.1 that behaves like one of `peers`. */
export async function startProofPeer(behaves: string, options: Record<string, unknown>): Promise<ProofPeer> {
  if (!Object.hasOwn(peers, behaves)) throw new Error(`no server behaves like "${behaves.slice(0, 40)}"`)
  const respond = behaviours[behaves as PeerBehaviour](options)
  const server = createServer((request, response) => {
    // What was sent is taken in, so that the line can be used again.
    request.resume()
    request.on('end', () => respond(request, response))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
