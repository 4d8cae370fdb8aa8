// Is a token past its time: an access or ID token, or the short-lived token behind a sign-in?

import { isRecord } from '../evidence.ts'
import { type Facts, heard, toldThat } from '../facts.ts'
import { because, byCode, fromProvisioning, type Rule, speak, toSignIn } from './rule.ts'

const renew = [
  'Get a new token before the old one ends: compare `exp` with the clock, or refresh when the answer is 401.',
  'Store `expires_in` with the token; do not assume an hour.',
]
const again = [
  'Start the sign-in again from its first step: a state, session or recovery token lives for minutes and works once.',
  'Let a sign-in page that stood open for long reload itself before the user types.',
]

export const tokenExpired: Rule = {
  kind: 'token-expired',
  speak(facts) {
    const described = facts.challenge.error === 'invalid_token' || facts.code === 'invalid_token'
    const said = heard(
      facts,
      /\b(?:access |id |jwt |bearer |state |session )?token\b.{0,30}\b(?:has |is )?expired\b|\bexpired (?:access |id |jwt |state |session )?token\b|\bjwt expired\b|\btoken is not valid anymore\b|\brequest expired, please start over\b/i,
    )
    // A client assertion or a refresh token that has expired is another matter.
    if (
      said &&
      !fromProvisioning(facts) &&
      !/\b(?:client_assertion|refresh|authorization code|code)\b/i.test(said.text)
    )
      return speak('token-expired', 'certain', [because(said, 'The message says that the token is past its time.')], {
        fix: renew,
        weight: 8,
      })
    const past = expiredFor(facts)
    if (past !== undefined && (facts.status === 401 || described || facts.status === undefined))
      return speak(
        'token-expired',
        facts.status === 401 || described ? 'certain' : 'likely',
        [
          {
            place: `${facts.claimsPlace}.exp`,
            quote: String(facts.claims.exp),
            says: facts.header('date')
              ? `The token had ended ${inWords(past)} before this answer.`
              : `The token ended ${inWords(past)} ago, by the clock of this machine.`,
          },
        ],
        { fix: renew, weight: 8 },
      )
    const state = isRecord(facts.requestBody)
      ? ['stateToken', 'recoveryToken', 'sessionToken', 'token'].find(
          (name) => isRecord(facts.requestBody) && name in facts.requestBody,
        )
      : undefined
    if (facts.code === 'E0000011' || (facts.code === 'E0000004' && facts.path === '/api/v1/sessions')) {
      if (state !== undefined)
        return speak(
          'token-expired',
          'certain',
          [
            byCode(facts, 'The token in the body is expired, used, or cancelled.'),
            {
              place: `requestBody.${state}`,
              quote: '(hidden)',
              says: 'Such a token lives for minutes and works once.',
            },
          ],
          { fix: again, weight: 8 },
        )
      if (facts.authorization) return []
      const flow = toSignIn(facts)
        ? { place: 'path', text: facts.path ?? '' }
        : toldThat(
            facts,
            /\b(?:sign in page|sign-in page|login page|widget|hosted|idle|stayed open|stood open|state token|session token|recovery)\b/i,
          )
      if (flow)
        return speak(
          'token-expired',
          'likely',
          [
            byCode(facts, 'During a sign-in this code means its state token.'),
            because(flow, 'The call belongs to a sign-in.'),
          ],
          { fix: again, weight: 8 },
        )
    }
    return []
  },
}

/** For how many seconds the token had been over; undefined while it was valid or unknown. */
function expiredFor(facts: Facts): number | undefined {
  const { exp } = facts.claims
  const header = Date.parse(facts.header('date') ?? '')
  const at = Number.isNaN(header) ? facts.nowSeconds : Math.floor(header / 1000)
  if (typeof exp !== 'number' || at === undefined) return undefined
  // Milliseconds where seconds belong are a fault of another kind.
  return exp < at && exp < 100_000_000_000 ? at - exp : undefined
}

/** A span of time that a person can picture. */
function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} minutes`
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} hours`
  return `${Math.floor(seconds / 86_400)} days`
}
