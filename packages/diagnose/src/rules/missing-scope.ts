// Does the access token lack a scope that the operation demands?
import { heard } from '../facts.ts'
import { manageInPlaceOf, scopesNotCarried, scopesOf, scopeWords } from '../scopes.ts'
import { because, byCode, byRequest, byStatus, type Rule, shown, speak, toManagementApi } from './rule.ts'

const SENTENCE =
  /\b(?:does not contain|lacks?|is missing|must (?:have|contain|include)) the required scopes?\b|\bmust provide access to at least one of these scopes\b|\binsufficient[_ ]scope\b/i

export const missingScope: Rule = {
  kind: 'missing-scope',
  speak(facts) {
    const carried = scopesOf(facts.claims)
    const token = carried && {
      place: `${facts.claimsPlace}.${facts.claims.scp === undefined ? 'scope' : 'scp'}`,
      quote: carried.join(' ') || '(nothing)',
      says: 'These are the scopes that the token carries.',
    }
    const said = heard(facts, SENTENCE)
    if (facts.code === 'insufficient_scope' || (said && facts.code === undefined)) {
      const demanded = scopeWords(facts.challenge.scope)
      const wanted = demanded.length > 0 ? demanded : (facts.operation?.scopes ?? [])
      return speak(
        'missing-scope',
        'certain',
        [
          demanded.length > 0 && {
            place: 'responseHeaders.www-authenticate',
            quote: `scope="${facts.challenge.scope}"`,
            says: 'This is what the operation demands.',
          },
          said
            ? because(said, 'Okta accepted the token and misses a scope in it.')
            : byCode(facts, 'Okta accepted the token and misses a scope in it.'),
          token,
          demanded.length === 0 && facts.path !== undefined && byRequest(facts, operationSays(wanted)),
        ],
        { ...steps(wanted, carried), weight: 9 },
      )
    }
    // Some programs show neither header nor body. Then the token itself may still tell.
    const wanted = facts.operation?.scopes ?? []
    const absent = carried && scopesNotCarried(carried, wanted)
    if (
      facts.status !== 403 ||
      facts.code !== undefined ||
      facts.said.length > 0 ||
      !toManagementApi(facts) ||
      !absent ||
      absent.length === 0
    )
      return []
    return speak(
      'missing-scope',
      'likely',
      [
        byStatus(facts, 'The caller was refused, and no reason stands in the body.'),
        byRequest(facts, operationSays(wanted)),
        token,
      ],
      { ...steps(absent, carried), weight: 8 },
    )
  },
}

function steps(wanted: readonly string[], carried: readonly string[] | undefined): { first: string[]; fix: string[] } {
  const names = wanted.map((scope) => `\`${shown(scope)}\``).join(' and ')
  const asked = carried !== undefined && wanted.length > 0 && scopesNotCarried(carried, wanted).length === 0
  return {
    first:
      names === ''
        ? []
        : asked
          ? [`The token shown here has ${names}: look whether the failing call was sent with another, older token.`]
          : [`Ask for ${names} in the \`scope\` parameter when you get the token.`, ...beside(wanted, carried ?? [])],
    fix: [
      'The app has to be allowed to have the scope: Applications > your app > Okta API Scopes > Grant.',
      'Get a new token. One that is already issued, or cached, never gains a scope; look at `scp` in the new one.',
      'Log the `WWW-Authenticate` header of a 403: it names the scope, and the body may be empty.',
    ],
  }
}

/** Why a token that may manage is refused to read. */
function beside(wanted: readonly string[], carried: readonly string[]): string[] {
  return wanted.flatMap((scope) => {
    const manage = manageInPlaceOf(carried, scope)
    return manage === undefined || carried.includes(scope)
      ? []
      : [`The token has \`${shown(manage)}\`, which does not contain \`${shown(scope)}\`: ask for both.`]
  })
}

function operationSays(wanted: readonly string[]): string {
  return wanted.length === 0
    ? 'This is the operation.'
    : `The API reference demands ${wanted.map((scope) => `\`${scope}\``).join(' and ')} here.`
}
