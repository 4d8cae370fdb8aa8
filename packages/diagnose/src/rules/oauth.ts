// How do authorization servers say no? Okta's own sentence stands in the body, in a redirect, on a page or inside an SDK's
// message; the System Log has the same refusal as a word in `outcome.reason`. Rules look for both through this file.
import { isRecord } from '../evidence.ts'
import { type Facts, heard, logged } from '../facts.ts'
import type { Because } from '../finding.ts'
import { because } from './rule.ts'

/** What names a kind. */
export interface Signs {
  /** Okta's sentence, or that of a library that says the same. */
  sentence?: RegExp
  /** Words of `outcome.reason`, with `|` between. */
  reasons?: string
}

/** The sentence or the reason in the log that names a kind, as evidence. */
export function namedBy(facts: Facts, { sentence, reasons }: Signs, says: string): Because | undefined {
  const said = sentence && heard(facts, sentence)
  if (said) return because(said, says)
  const found = reasons === undefined ? undefined : logged(facts, { reason: new RegExp(`^(?:${reasons})$`, 'i') })
  return found && because(found, says)
}

/** The request went to `/authorize`, where errors are pages or redirects. */
export function toAuthorize(facts: Facts): boolean {
  return facts.path !== undefined && /^\/oauth2\/(?:[^/]+\/)?v1\/authorize$/.test(facts.path)
}

/** The request went to a token endpoint. */
export function toTokenEndpoint(facts: Facts): boolean {
  return facts.path !== undefined && /^\/oauth2\/(?:[^/]+\/)?v1\/(?:token|par|interact)$/.test(facts.path)
}

/** The authorization server that the request went to: `org`, or the id of a custom one. */
export function serverAsked(facts: Facts): string | undefined {
  const found =
    facts.path === undefined ? null : /^\/oauth2\/(?:([^/]+)\/)?(?:v1|\.well-known)(?:\/|$)/.exec(facts.path)
  return found ? (found[1] ?? 'org') : undefined
}

/** A parameter of the request: in its form, its query, or told under this name. */
export function parameter(facts: Facts, name: string): string | undefined {
  const sent =
    isRecord(facts.requestBody) && Object.hasOwn(facts.requestBody, name) ? facts.requestBody[name] : undefined
  if (typeof sent === 'string') return sent
  const asked = facts.query.get(name)
  if (asked !== null) return asked
  const words = name.replaceAll('_', ' ')
  const told = facts.told.find(({ text }) => text.startsWith(`${words}: `))
  return told?.text.slice(words.length + 2)
}

/** Free facts whose name fits, without their name. */
export function toldUnder(facts: Facts, name: RegExp): string[] {
  return facts.told.flatMap(({ text }) => {
    const colon = text.indexOf(': ')
    return colon > 0 && name.test(text.slice(0, colon)) ? [text.slice(colon + 2)] : []
  })
}
