// What is a rule? A pure question to the facts: does this kind of cause explain them, and what shows it?
import type { Kind } from '@errorg/errors/kinds'
import { redactText } from '@errorg/errors/wire'
import type { Facts } from '../facts.ts'
import type { Because, Candidate, Strength } from '../finding.ts'
import { noAnswer } from '../no-answer.ts'
import type { Said } from '../sentences.ts'

export interface Rule {
  kind: Kind
  /** Silent (an empty list) unless the facts speak for this kind. */
  speak(facts: Facts): readonly Candidate[]
}

/** One piece of evidence. */
export function because(found: Said, says: string): Because {
  return { place: found.place, quote: found.text, says }
}

/** The error code as evidence. */
export function byCode(facts: Facts, says: string): Because {
  return { place: facts.codePlace, quote: facts.code ?? '', says }
}

/** The HTTP status as evidence. */
export function byStatus(facts: Facts, says: string): Because {
  return { place: 'httpStatus', quote: String(facts.status ?? ''), says }
}

/** The request's method and path as evidence. */
export function byRequest(facts: Facts, says: string): Because {
  return { place: 'path', quote: [facts.method, facts.path].filter((word) => word !== undefined).join(' '), says }
}

/** The Authorization header as evidence, its credential hidden. */
export function byAuthorization(facts: Facts, says: string): Because {
  return { place: facts.authorization?.place ?? 'requestHeaders', quote: facts.authorization?.quote ?? '', says }
}

/** Puts a candidate together. */
export function speak(
  kind: Kind,
  strength: Strength,
  evidence: readonly (Because | undefined | false)[],
  more: Partial<Pick<Candidate, 'fix' | 'first' | 'firstSays' | 'weight' | 'wants' | 'cause'>> = {},
): Candidate[] {
  return [{ kind, strength, because: evidence.filter((item) => item !== undefined && item !== false), ...more }]
}

/** The call was refused for who calls, as far as is known: 401, 403 or no status, and no code of a later gate. */
export function refusedForCaller(facts: Facts): boolean {
  if (facts.status !== undefined && facts.status !== 401 && facts.status !== 403) return false
  if (noAnswer(facts)) return false
  return facts.code === undefined || ['E0000004', 'E0000005', 'E0000011', 'invalid_token'].includes(facts.code)
}

/** The request went to the management API. */
export function toManagementApi(facts: Facts): boolean {
  return facts.path !== undefined && /\/api\/(?:v1|internal)(?:\/|$)/.test(facts.path) && !toSignIn(facts)
}

/** The request belongs to a sign-in: /authn, the Identity Engine's steps, the sign-in page. */
export function toSignIn(facts: Facts): boolean {
  return facts.path !== undefined && /^\/(?:api\/v1\/authn|idp\/idx|login\/|signin|api\/v1\/sessions$)/.test(facts.path)
}

/** The path is that of a user, where POST changes the fields that are sent and PUT replaces all of them. */
export function changesPartly(facts: Facts): boolean {
  return facts.path !== undefined && /^\/api\/v1\/users\/[^/]+$/.test(facts.path)
}

/** The answer is one of a remote application's, or of Okta's provisioning towards it. */
export function fromProvisioning(facts: Facts): boolean {
  return (
    facts.said.some(
      ({ place, text }) =>
        place.endsWith('.taskError') || /reported by remote server|automatic provisioning|\bSCIM\b/i.test(text),
    ) ||
    facts.told.some(({ text }) => /\bscim\b|direction: okta to|provisioning:|\bgroup push\b/i.test(text)) ||
    (facts.host !== undefined && /graph\.microsoft\.com|googleapis\.com|api\.github\.com/.test(facts.host)) ||
    (facts.path !== undefined && /\/scim\/v\d/i.test(facts.path))
  )
}

/** Words of the evidence that go into a sentence of ours: secrets hidden, one line, not too long. */
export function shown(text: string, most = 120): string {
  const safe = redactText(text.slice(0, 2_000)).replace(/\s+/g, ' ').trim()
  return safe.length > most ? `${safe.slice(0, most)}…` : safe
}
