// Does one request carry client credentials in more than one way?
import { isRecord } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import type { Because } from '../finding.ts'
import { namedBy, toldUnder, toTokenEndpoint } from './oauth.ts'
import { type Rule, speak } from './rule.ts'

const fix = [
  'Send the credentials in one place: Authorization header, or `client_id` and `client_secret` in the body, or a `client_assertion`.',
  'With Basic, leave `client_id` out of the body too.',
  'Look for a library that adds a Basic header by itself when id and secret are set, and switch that off or leave the body to it.',
]

export const multipleClientCredentials: Rule = {
  kind: 'multiple-client-credentials',
  speak(facts) {
    const named = namedBy(
      facts,
      { sentence: /\bCannot supply multiple client credentials/i, reasons: 'multiple_client_credentials' },
      'The request has credentials in more than one place.',
    )
    if (named) return speak('multiple-client-credentials', 'certain', [named, ...placesIn(facts)], { fix, weight: 9 })
    const places = placesIn(facts)
    // Seen in the request alone: 400, 401 and 403 are all reported for it.
    const open = facts.code === undefined || (facts.code === 'invalid_request' && facts.summary === undefined)
    if (places.length < 2 || !open || (facts.status !== undefined && facts.status < 400)) return []
    return speak('multiple-client-credentials', 'likely', places, { fix, weight: 7 })
  },
}

function placesIn(facts: Facts): Because[] {
  const found: Because[] = []
  const says = 'Here stand credentials of the client.'
  const body = facts.requestBody
  if (toTokenEndpoint(facts)) {
    if (facts.authorization?.scheme === 'basic')
      found.push({ place: facts.authorization.place, quote: facts.authorization.quote, says })
    const inBody = isRecord(body)
      ? ['client_secret', 'client_assertion', 'client_id'].find((name) => name in body)
      : undefined
    if (inBody !== undefined) found.push({ place: `requestBody.${inBody}`, quote: '(hidden)', says })
  }
  if (found.length >= 2) return found
  const told = toldUnder(facts, /\b(?:credentials|secret|client auth\w*)\b/)
  const header = told.find((text) => /\b(?:authorization |basic )?header\b|\bbasic\b/i.test(text))
  const inBody = told.find((text) => /\bbody\b|\bpost\b|\bform\b/i.test(text))
  return header !== undefined && inBody !== undefined
    ? [header, inBody].map((quote) => ({ place: 'requestContext', quote, says }))
    : found.slice(0, 1)
}
