// Was a credential of one kind sent in the dress of another?
import { heard, toldThat } from '../facts.ts'
import { because, byAuthorization, byCode, type Rule, refusedForCaller, speak, toManagementApi } from './rule.ts'

const asBearer = [
  'Send an access token as `Authorization: Bearer <token>` (for a DPoP-bound token: `DPoP <token>` and a proof).',
  'SDKs put whatever stands in `token` behind SSWS. Use their OAuth mode (client id, private key, scopes), or the option for an access token.',
]
const asSsws = ['Send an API token as `Authorization: SSWS <token>`. Bearer is for OAuth access tokens.']

export const wrongAuthScheme: Rule = {
  kind: 'wrong-auth-scheme',
  speak(facts) {
    const bound = heard(facts, /must use the DPoP authentication scheme/i)
    if (bound)
      return speak('wrong-auth-scheme', 'likely', [because(bound, 'A DPoP-bound token was sent as Bearer.')], {
        fix: asBearer,
      })
    if (!refusedForCaller(facts)) return []
    const { authorization } = facts
    const hint = toldThat(facts, /\b(?:access token|oauth token|jwt)\b/i)
    if (authorization?.scheme === 'ssws' && authorization.credential === 'jwt')
      return speak(
        'wrong-auth-scheme',
        'certain',
        [
          byAuthorization(
            facts,
            'The credential is a JWT, which is an OAuth token, but SSWS says that it is an API token.',
          ),
          facts.code !== undefined && byCode(facts, 'Okta looked it up among the API tokens and did not find it.'),
        ],
        { fix: asBearer, weight: 9, cause: 'jwt-sent-as-ssws' },
      )
    if (authorization?.scheme === 'bare' && authorization.credential === 'jwt')
      return speak(
        'wrong-auth-scheme',
        'certain',
        [
          byAuthorization(facts, 'The access token stands alone. Okta needs the word Bearer before it.'),
          facts.code !== undefined && byCode(facts, 'Okta found no credential it could use.'),
        ],
        { fix: asBearer, weight: 9, cause: 'bearer-word-missing' },
      )
    if (authorization?.scheme === 'ssws' && authorization.credential === 'client-secret')
      return speak(
        'wrong-auth-scheme',
        'certain',
        [byAuthorization(facts, 'The secret of a client is no API token.')],
        {
          fix: [
            'Get an access token with the client id and its key or secret, and send that as Bearer; or create an API token.',
            ...asBearer,
          ],
          weight: 9,
        },
      )
    if (
      authorization?.scheme === 'ssws' &&
      authorization.credential === 'hidden' &&
      hint &&
      !/\b(?:not|no)\b/.test(hint.text)
    )
      return speak(
        'wrong-auth-scheme',
        'likely',
        [byAuthorization(facts, 'SSWS is for API tokens.'), because(hint, 'The credential is an OAuth token.')],
        { fix: asBearer, weight: 8 },
      )
    if (authorization?.scheme === 'bearer' && authorization.credential === 'api-token')
      return speak(
        'wrong-auth-scheme',
        'certain',
        [byAuthorization(facts, 'The credential is an API token, but Bearer says that it is an OAuth access token.')],
        { fix: asSsws, weight: 9 },
      )
    if (authorization?.scheme === 'basic' && toManagementApi(facts))
      return speak(
        'wrong-auth-scheme',
        'likely',
        [byAuthorization(facts, 'The management API takes SSWS, Bearer and DPoP, never Basic.')],
        { fix: [...asSsws, asBearer[0]!], weight: 8 },
      )
    if (
      authorization?.scheme === 'ssws' &&
      facts.path !== undefined &&
      /^\/oauth2\//.test(facts.path) &&
      !facts.operation?.ssws
    )
      return speak(
        'wrong-auth-scheme',
        'likely',
        [byAuthorization(facts, 'An OAuth endpoint takes client credentials or an access token, not an API token.')],
        {
          fix: ['Authenticate as the OAuth client here: client id and secret, a client assertion, or an access token.'],
          weight: 8,
        },
      )
    if (authorization?.scheme === 'bearer' && authorization.credential !== 'jwt') {
      const api = toldThat(facts, /\bapi token\b/i)
      if (api && !toldThat(facts, /\b(?:access token|oauth)\b/i))
        return speak(
          'wrong-auth-scheme',
          'likely',
          [
            byAuthorization(facts, 'Bearer is for OAuth access tokens.'),
            because(api, 'The credential is an API token.'),
          ],
          { fix: asSsws, weight: 8 },
        )
    }
    const mixed = toldThat(
      facts,
      /\b(?:access token|oauth token|jwt|client secret)\b.{0,40}\bSSWS\b|\bSSWS\b.{0,40}\b(?:access token|oauth token|jwt|client secret|<?ey)|\bapi token\b.{0,40}\bbearer\b|\bbearer\b.{0,40}\bapi token\b/i,
    )
    return mixed
      ? speak(
          'wrong-auth-scheme',
          'likely',
          [because(mixed, 'The scheme word does not suit the credential behind it.')],
          {
            fix: [...asSsws, ...asBearer],
          },
        )
      : []
  },
}
