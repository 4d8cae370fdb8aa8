// Did no usable Authorization header reach Okta at all?
import { toldThat } from '../facts.ts'
import {
  because,
  byAuthorization,
  byCode,
  byRequest,
  byStatus,
  type Rule,
  refusedForCaller,
  speak,
  toSignIn,
} from './rule.ts'

const fix = [
  'Look at the request on the wire with `curl -v`: it must carry `Authorization: SSWS <token>` or `Authorization: Bearer <token>`.',
  'If your program sets the header, look at what stands between: a proxy, a redirect to another host, or a client that drops it.',
]
const wants = [
  {
    what: 'The headers that were really sent',
    how: 'Repeat the call with `curl -v` and keep the lines that begin with ">".',
  },
]

export const authorizationHeaderMissing: Rule = {
  kind: 'authorization-header-missing',
  speak(facts) {
    if (!refusedForCaller(facts) || toSignIn(facts)) return []
    const { authorization } = facts
    const sessionless = facts.code === 'E0000005'
    if (authorization?.credential === 'empty')
      return speak(
        'authorization-header-missing',
        'certain',
        [byAuthorization(facts, 'The header is there, but there is no credential in it.')],
        { fix, first: ['Fill the variable that holds the token; in this request it was empty.'], weight: 9 },
      )
    if (authorization?.credential === 'placeholder')
      return speak(
        'authorization-header-missing',
        'likely',
        [byAuthorization(facts, 'The name of a variable was sent in place of the token.')],
        {
          fix,
          first: ['Let the shell fill the variable: use double quotes around the header, not single ones.'],
          weight: 9,
        },
      )
    const told =
      toldThat(
        facts,
        /authori[sz]ation(?: header)?\b.{0,40}: ?(?:none|missing|absent|not (?:set|sent)|no|null|undefined|false|stripped|removed|empty)\b/i,
      ) ??
      toldThat(
        facts,
        /\b(?:no|without(?: an?| the)?|missing|strips?|stripped|dropp?(?:ed|s)?|removes?d?|loses?|lost)\b.{0,20}\bauthori[sz]ation\b(?!.{0,12}server)|\bauthori[sz]ation header\b.{0,60}\b(?:missing|stripped|dropped|removed|lost|not (?:sent|forwarded|passed|set))\b/i,
      )
    if (told)
      return speak(
        'authorization-header-missing',
        'certain',
        [
          because(told, 'The header did not reach Okta.'),
          sessionless && byCode(facts, 'Without the header Okta looks for a session.'),
        ],
        { fix, weight: 8 },
      )
    if (authorization) return []
    const seen = facts.evidence.requestHeaders !== undefined && Object.keys(facts.evidence.requestHeaders).length > 0
    const cookie = facts.requestHeader('cookie') !== undefined
    // Some operations take no credential of this kind, so its absence proves nothing there.
    const needs = facts.operation ? facts.operation.ssws || facts.operation.scopes.length > 0 : true
    if (
      seen &&
      !cookie &&
      needs &&
      (sessionless || facts.path === undefined || /\/api\//.test(facts.path)) &&
      facts.code !== 'E0000011'
    )
      return speak(
        'authorization-header-missing',
        facts.requestComplete ? 'certain' : 'likely',
        [
          {
            place: 'requestHeaders',
            quote: Object.keys(facts.evidence.requestHeaders ?? {})
              .slice(0, 12)
              .join(', '),
            says: 'Authorization is not among the headers that were sent.',
          },
          sessionless && byCode(facts, 'Okta saw no credential and looked for a session instead.'),
        ],
        { fix, weight: 8 },
      )
    if (sessionless)
      return speak(
        'authorization-header-missing',
        cookie ? 'possible' : 'likely',
        [byCode(facts, 'Okta saw no API or access token that it could use and looked for a session cookie instead.')],
        { fix, weight: cookie ? 4 : 6, wants },
      )
    if (
      (facts.status === 401 || facts.status === 403) &&
      facts.code === undefined &&
      facts.said.length === 0 &&
      facts.challenge.scheme === 'SSWS'
    )
      return speak(
        'authorization-header-missing',
        'possible',
        [
          byStatus(facts, 'Okta asks for an API token.'),
          facts.path !== undefined && byRequest(facts, 'This call needs a credential.'),
        ],
        { fix, wants },
      )
    return []
  },
}
