// What is a proof made of? Plain data from a closed union of steps, so that a test runs it, the CLI shows it,
// the docs print it and a shell script can be written from it.
import type { Contract } from '../define.ts'

/** Whose credentials a call carries. `{name}` holes are filled from kept values. */
export type Caller =
  /** The org's own API token, owned by a super admin. The default. */
  | 'admin'
  /** No Authorization header at all. */
  | 'nobody'
  /** An API token. */
  | { ssws: string }
  /** An OAuth access token. */
  | { bearer: string }

/** One HTTP call. */
export interface CallStep {
  step: 'call'
  method: string
  /** Path and query as sent, holes as `{name}`. */
  path: string
  /** JSON body, or a string that is sent as it is. */
  body?: unknown
  /** Replaces or adds headers; `null` removes one that would be sent. */
  headers?: Readonly<Record<string, string | null>>
  as?: Caller
  /**
   * Values of the answer to keep: name to JSON pointer (`/id`), `header:name`, `link:next`, `location:code` (a
   * parameter of the redirect), or `cookie:sid`.
   */
  keep?: Readonly<Record<string, string>>
  /** The status to expect from a preparing call; without it any 2xx. */
  expect?: number
}

export type Step =
  | CallStep
  /** Repeats steps `count` times; `{n}` is the round, from 1. */
  | { step: 'times'; count: number; steps: readonly Step[] }
  /** Sends calls at the same moment. All must answer; of those that fail nothing is kept. */
  | { step: 'parallel'; steps: readonly CallStep[] }
  /**
   * Begins calls and goes on while they are under way: the last byte of their bodies is held back, and follows before
   * the cure. Each needs a body, and must succeed in the end.
   */
  | { step: 'meanwhile'; steps: readonly CallStep[] }
  /** Moves the org's clock, and stops it there if told so. Jobs that come due run before it answers. */
  | { step: 'advance'; seconds: number; freeze?: boolean }
  /** Changes the org's settings, as `PATCH /_errorg/settings` does. */
  | { step: 'settings'; patch: Readonly<Record<string, unknown>> }
  /** Puts things into the org that no public API makes, as an administrator does in the console (API tokens). */
  | { step: 'seed'; seed: Readonly<Record<string, unknown>>; keep?: Readonly<Record<string, string>> }
  /** Reads the newest mailed or texted message to an address; keeps its code or link. */
  | { step: 'inbox'; to: string; keep: Readonly<Record<string, string>> }
  /** Starts a server on the other side that behaves as told; keeps its URL. */
  | { step: 'peer'; behaves: string; keep: Readonly<Record<string, string>>; with?: Readonly<Record<string, unknown>> }
  /** Signs an assertion or a DPoP proof with a key made for this proof. */
  | { step: 'sign'; what: string; claims: Readonly<Record<string, unknown>>; keep: Readonly<Record<string, string>> }
  /** What a resource server of the user's own does with a token. */
  | { step: 'verify'; token: string; with: Readonly<Record<string, unknown>> }

/** How a cause is made to happen, and how it is put right. */
export interface Proof {
  /** Only where it matters; otherwise the proof holds in both contracts. */
  contract?: Contract
  /** Builds the state through public calls. */
  given: readonly Step[]
  /** Fails with this code for this cause. */
  call: CallStep
  /** Changes the state; then the byte-identical call succeeds. */
  cure?: readonly Step[]
  /**
   * For a fault in the request itself, which no state can cure: the request put right. It must succeed.
   * A proof has `cure` or `mend`, never both.
   */
  mend?: CallStep
}

type CallOptions = Omit<CallStep, 'step' | 'method' | 'path'>

/** `call('POST /api/v1/users?activate=true', { body, keep: { user: '/id' } })` */
export function call(request: string, options: CallOptions = {}): CallStep {
  const space = request.indexOf(' ')
  return { step: 'call', method: request.slice(0, space), path: request.slice(space + 1), ...options }
}

/** Repeats steps; `{n}` is the round, from 1. */
export function times(count: number, ...steps: Step[]): Step {
  return { step: 'times', count, steps }
}

/** Sends calls at the same moment. */
export function parallel(...steps: CallStep[]): Step {
  return { step: 'parallel', steps }
}

/** Begins calls whose bodies are not complete until the cure begins. */
export function meanwhile(...steps: CallStep[]): Step {
  return { step: 'meanwhile', steps }
}

/** Moves the org's clock by seconds. `freeze` stops it there, for windows that are shorter than a few calls may take. */
export function advance(seconds: number, { freeze }: { freeze?: boolean } = {}): Step {
  return freeze === undefined ? { step: 'advance', seconds } : { step: 'advance', seconds, freeze }
}

/** Changes the org's settings. */
export function settings(patch: Record<string, unknown>): Step {
  return { step: 'settings', patch }
}

/** Puts seed data into the running org, such as `{ tokens: [{ owner: '{user}', name: 'ci' }] }`. */
export function seed(data: Record<string, unknown>, keep: Record<string, string> = {}): Step {
  return { step: 'seed', seed: data, keep }
}
