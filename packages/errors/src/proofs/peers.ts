// Which servers can stand on the other side of a proof? A closed list: whoever runs proofs hands over a tool that starts
// them, and these are the ways in which it must be able to behave.
import type { Step } from './step.ts'

/** What a server does, by the name that a step calls it by; completes "a server that …". */
export const peers = {
  /** Options: `body` (JSON), `status` (default 200). */
  answers: 'answers every request in the same way',
  verifies: 'answers a GET with the verification value of an event hook, and takes every POST with 204',
} as const

/** A way to behave. */
export type PeerBehaviour = keyof typeof peers

/** Starts a server that answers everything with this JSON; its URL is kept under `keep`. */
export function answering(body: unknown, keep: string, status = 200): readonly Step[] {
  return [{ step: 'peer', behaves: 'answers', with: { status, body }, keep: { [keep]: '/url' } }]
}

/** Starts the service of an event hook; its URL is kept under `keep`. */
export function verifying(keep: string): readonly Step[] {
  return [{ step: 'peer', behaves: 'verifies', keep: { [keep]: '/url' } }]
}

/** What a peer does, in words. */
export function describePeer(behaves: string, options: Readonly<Record<string, unknown>> = {}): string {
  const does = Object.hasOwn(peers, behaves) ? peers[behaves as PeerBehaviour] : behaves
  if (behaves !== 'answers') return `a server that ${does}`
  return `a server that ${does}: status ${options.status ?? 200}, ${JSON.stringify(options.body ?? {})}`
}
