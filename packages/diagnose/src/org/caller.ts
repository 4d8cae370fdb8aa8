// Who made the failed call, as far as the evidence tells? Needed before anybody's roles can be looked at.
import type { Facts } from '../facts.ts'
import type { Channel } from './channel.ts'
import { tokenId, userId } from './question.ts'

/** Whom to ask about, and how sure that is. */
export type Caller =
  /** The very credential that asks now. */
  | { kind: 'asker'; sure: boolean }
  | { kind: 'token'; id: string }
  | { kind: 'user'; id: string }
  | { kind: 'client'; id: string }

// A whole credential, so that it can be compared; what somebody masked may be anything.
const WHOLE = /^(?:ssws\s+00[\w-]{40}|(?:bearer|dpop)\s+ey[\w-]+\.[\w-]+\.[\w-]+)\s*$/i

/**
 * The caller of the failed call; undefined where it is known to be somebody else than who asks, and nothing more.
 * Without any hint it is assumed to be whoever asks now, and said so.
 */
export function callerOf(facts: Facts, org: Channel): Caller | undefined {
  const sent = facts.requestHeader('authorization')
  if (sent !== undefined && org.asksWith(sent)) return { kind: 'asker', sure: true }
  const { uid, cid } = facts.claims
  if (typeof uid === 'string' && userId.test(uid)) return { kind: 'user', id: uid }
  if (typeof cid === 'string' && /^0oa[0-9A-Za-z]{17}$/.test(cid)) return { kind: 'client', id: cid }
  const token = tokenIdOf(facts)
  if (token !== undefined) return { kind: 'token', id: token }
  for (const { text } of facts.told) {
    const named = /\b(?:caller|actor|owner|called (?:by|as)|token of)\b[^:]{0,40}: (\S{5,100})$/i.exec(text)?.[1]
    if (named !== undefined && (userId.test(named) || /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(named)))
      return { kind: 'user', id: named }
  }
  return sent !== undefined && WHOLE.test(sent.trim()) ? undefined : { kind: 'asker', sure: false }
}

/** The id of the API token that made the call: events name it, or a person did. */
export function tokenIdOf(facts: Facts): string | undefined {
  for (const { details } of facts.events) {
    const id = tokenId.exec(details)?.[0]
    if (id !== undefined) return id
  }
  for (const { text } of facts.told) {
    const id = tokenId.exec(text)?.[0]
    if (id !== undefined) return id
  }
  return undefined
}
