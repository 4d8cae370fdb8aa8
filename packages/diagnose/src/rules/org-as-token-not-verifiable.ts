// Is an access token of the org authorization server checked by somebody other than Okta?
import type { Facts } from '../facts.ts'
import { toldThat } from '../facts.ts'
import { serverOfIssuer } from '../token/issuing-server.ts'
import { isOrgAccessToken, ORG_ACCESS_TYP, typeOfToken } from '../token/token-type.ts'
import { namedBy } from './oauth.ts'
import { because, type Rule, shown, speak } from './rule.ts'
import { KEY_NOT_FOUND } from './signing-key-stale.ts'

const fix = [
  'Do not verify it: the keys of these tokens are not published, and their content may change. Hand it to Okta, or ask `POST /oauth2/v1/introspect`.',
  'For an API of your own, sign in at a custom authorization server, such as `/oauth2/default`, and verify with its issuer, audience and keys.',
  'To know who signed in, verify the ID token: its keys are published.',
]

export const orgAsTokenNotVerifiable: Rule = {
  kind: 'org-as-token-not-verifiable',
  speak(facts) {
    if (toOkta(facts)) return []
    const server = serverOfIssuer(facts.claims.iss)
    const header = facts.evidence.tokenClaims?.header ?? {}
    const token = { header, payload: facts.claims }
    if (header.typ !== ORG_ACCESS_TYP && (server?.kind !== 'org' || typeOfToken(token).type === 'id')) return []
    // Another provider's issuer can be a bare host as well.
    const foreign =
      server !== undefined &&
      /(?:^|\.)(?:google|microsoftonline|auth0|amazonaws|windows)\.\w+$/.test(new URL(server.origin).hostname)
    if (foreign) return []
    const key = namedBy(facts, { sentence: KEY_NOT_FOUND }, 'The verifier looks for a key that is not published.')
    const told = toldThat(facts, /\bkid\b.*\bnot in\b|\bkid: not\b|\bkey\b.*\bnot found\b/i)
    const sure = isOrgAccessToken(token)
    const refused = facts.status === 401 || facts.status === undefined
    if (!key && !told && !(sure && refused)) return []
    // An ID token of the org server has the same issuer, and its keys are published.
    const idWorks = toldThat(facts, /\bid token accepted: true|\bid ?token\b.{0,60}\b(?:passes|works|accepted)\b/i)
    return speak(
      'org-as-token-not-verifiable',
      key || told ? 'likely' : 'possible',
      [
        key,
        told && because(told, 'The key of the token is not published.'),
        {
          place: `${facts.claimsPlace}.iss`,
          quote: shown(String(facts.claims.iss)),
          says: 'The bare URL of the org: its own server issued it.',
        },
        header.typ === ORG_ACCESS_TYP && {
          place: 'tokenClaims.header.typ',
          quote: ORG_ACCESS_TYP,
          says: 'Okta names its own access tokens so.',
        },
        idWorks && because(idWorks, 'Keys of ID tokens are published, those of access tokens are not.'),
      ],
      { fix, weight: key || told ? 9 : 5 },
    )
  },
}

/** The call went to Okta itself, which can check such tokens. */
function toOkta(facts: Facts): boolean {
  return facts.path !== undefined && /^\/(?:api\/v1|oauth2)\//.test(facts.path)
}
