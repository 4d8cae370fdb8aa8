// Is the ID token a thin one, whose groups come from `/userinfo` alone?
import { toldThat } from '../facts.ts'
import { serverInWords, serverOfIssuer } from '../token/issuing-server.ts'
import { typeOfToken } from '../token/token-type.ts'
import { because, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Call `GET /oauth2/v1/userinfo` with the access token of the same sign-in and read `groups` there.',
  'Or use a custom authorization server with a claim `groups`, type ID token, included always: then the token itself has them.',
  'Ask for the scope `groups` in either case, and check the filter of the claim: Applications > your app > Sign On.',
]

export const groupsClaimOnlyInUserinfo: Rule = {
  kind: 'groups-claim-only-in-userinfo',
  speak(facts) {
    const server = serverOfIssuer(facts.claims.iss)
    if (server?.kind !== 'org' || facts.code !== undefined) return []
    const { groups } = facts.claims
    const without = groups === null || groups === undefined || (Array.isArray(groups) && groups.length === 0)
    const about = toldThat(facts, /\bgroups?\b|\bclaims?\b|\broles?\b/i)
    if (!without || !(groups === null || about)) return []
    const { type } = typeOfToken({ header: facts.evidence.tokenClaims?.header ?? {}, payload: facts.claims })
    if (type === 'access') return []
    return speak(
      'groups-claim-only-in-userinfo',
      'likely',
      [
        {
          place: `${facts.claimsPlace}.iss`,
          quote: shown(String(facts.claims.iss)),
          says: `The token was issued by ${serverInWords(server)}, whose ID tokens are thin where an access token is issued with them.`,
        },
        { place: `${facts.claimsPlace}.groups`, quote: String(groups ?? '(absent)'), says: 'It has no groups.' },
        about && because(about, 'Groups are what is looked for.'),
      ],
      { fix, weight: 8 },
    )
  },
}
