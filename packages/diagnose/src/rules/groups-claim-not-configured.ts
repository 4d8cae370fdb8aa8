// Is no claim for groups set up, or does its filter match none of the user's groups?
import { heard, toldThat } from '../facts.ts'
import { serverInWords, serverOfIssuer } from '../token/issuing-server.ts'
import { because, type Rule, shown, speak } from './rule.ts'

const fix = [
  'For the org server, set the groups claim: Applications > your app > Sign On > OpenID Connect ID Token. For a custom one: Security > API > your server > Claims.',
  'Check its filter against the names of the groups: `Matches regex` with `.*` gives all, and at most 100 are told.',
  'Name the claim as the other side expects it, such as `groups` or `roles`, and ask for its scope.',
  'Try it: Security > API > your server > Token Preview shows the claims for a user.',
]

/** How programs say that a sign-in brought them no groups. */
const WITHOUT =
  /\b(?:groups?|roles?)\b.{0,30}\b(?:(?:are|is|were) )?(?:not (?:configured|found|present|set|included|available|returned|defined)|missing|empty)\b|\b(?:no|missing|without) (?:\w+ )?(?:groups?|roles?)(?: claims?)?\b.{0,30}\b(?:found|configured|present|token|claims?|user)\b/i
const MISSING_NAME = /\bmissing (?:keys?|claims?|attributes?|fields?)\b|\bclaims? (?:is |are )?(?:missing|not found)\b/i

export const groupsClaimNotConfigured: Rule = {
  kind: 'groups-claim-not-configured',
  speak(facts) {
    // An error of Okta's own has its code; this is about a sign-in that worked and brought too little.
    if (facts.code !== undefined || facts.path?.startsWith('/api/v1/')) return []
    const about = toldThat(facts, /\bgroups\b|\bclaim\b.{0,40}\b(?:groups|roles)\b|\bgroups? claim\b/i)
    const said = heard(facts, WITHOUT)
    const missing = said ?? (about && heard(facts, MISSING_NAME))
    const server = serverOfIssuer(facts.claims.iss)
    const { groups } = facts.claims
    const none = server?.kind === 'custom' && (groups === null || (Array.isArray(groups) && groups.length === 0))
    if (!missing && !none) return []
    return speak(
      'groups-claim-not-configured',
      'likely',
      [
        missing && because(missing, 'The program looks for groups and was given none.'),
        about && because(about, 'This is where it expects them.'),
        none && {
          place: `${facts.claimsPlace}.groups`,
          quote: shown(JSON.stringify(groups)),
          says: `The token of ${serverInWords(server!)} has no groups.`,
        },
      ],
      { fix, weight: 7 },
    )
  },
}
