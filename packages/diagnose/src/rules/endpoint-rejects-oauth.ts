// Does the operation take no OAuth access token at all?
import { toldThat } from '../facts.ts'
import { because, byAuthorization, byCode, byRequest, type Rule, speak, toManagementApi } from './rule.ts'

const fix = [
  'Use an API token (`Authorization: SSWS …`) or an admin session for this one operation.',
  'Or do without it: internal endpoints (`/api/internal`) are not for programs and can change without notice.',
]

export const endpointRejectsOauth: Rule = {
  kind: 'endpoint-rejects-oauth',
  speak(facts) {
    if (
      facts.code !== 'E0000005' &&
      !(facts.code === undefined && facts.status === 403 && facts.challenge.error === undefined)
    )
      return []
    if (facts.code === undefined && facts.said.length > 0) return []
    const { authorization, operation } = facts
    if (authorization && ['ssws', 'bare', 'basic', 'other'].includes(authorization.scheme)) return []
    const bearer = authorization?.scheme === 'bearer' || authorization?.scheme === 'dpop'
    if (bearer && authorization.credential !== 'jwt' && authorization.credential !== 'hidden') return []
    // A token that is not whole is refused everywhere.
    if (bearer && authorization.problems.some((problem) => /^(?:bad-|not-three)/.test(problem))) return []
    const told = toldThat(
      facts,
      /\b(?:private key|client credentials|service app|oauth ?2?(?:\.0)?|access token|scopes?)\b/i,
    )
    if (!bearer && !told) return []
    const internal = facts.path !== undefined && /^\/api\/internal\//.test(facts.path)
    const sswsOnly = operation !== undefined && toManagementApi(facts) && operation.scopes.length === 0
    if (facts.code === undefined && !internal && !sswsOnly) return []
    // A good token on an operation that lists a scope is refused for another reason.
    const lists = operation !== undefined && operation.scopes.length > 0
    const control = toldThat(
      facts,
      /\b(?:api token|ssws)\b.{0,30}\b(?:works?|succeeds?|accepted|fine)\b|\b(?:without|other) ?(?:option|calls?|endpoints?|resources?)\b.{0,20}: ?(?:works?|fine|ok|accepted)/i,
    )
    return speak(
      'endpoint-rejects-oauth',
      internal || sswsOnly ? 'certain' : lists && !control ? 'possible' : 'likely',
      [
        bearer
          ? byAuthorization(facts, 'An access token was sent.')
          : told && because(told, 'An access token was sent.'),
        facts.code !== undefined && byCode(facts, 'Okta did not even look at the token; it looked for a session.'),
        facts.path !== undefined &&
          byRequest(
            facts,
            internal
              ? 'This is an internal endpoint, for the Admin Console only.'
              : sswsOnly
                ? 'The API reference lists no OAuth scope for this operation.'
                : 'This is the operation.',
          ),
        control && because(control, 'With another credential, or elsewhere, it works.'),
      ],
      { fix, weight: internal || sswsOnly ? 9 : 7 },
    )
  },
}
