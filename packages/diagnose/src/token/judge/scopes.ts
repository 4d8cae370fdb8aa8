// Does it carry the scopes that the call needs?

import type { Finding } from '../../finding.ts'
import { manageInPlaceOf, scopesNotCarried, scopesOf } from '../../scopes.ts'
import { quoteClaim } from '../claims-in-words.ts'
import { serverOfIssuer } from '../issuing-server.ts'
import { type Decoded, typeOfToken } from '../token-type.ts'
import { claim, finding, type JudgeOptions, wanted } from './judging.ts'

/** The finding about scopes that it lacks. */
export function scopesFor(token: Decoded, options: JudgeOptions): Finding[] {
  if (typeOfToken(token).type === 'id') return []
  const carried = scopesOf(token.payload) ?? []
  const missing = scopesNotCarried(carried, wanted(options.scope))
  if (missing.length === 0) return []
  const name = token.payload.scp === undefined && token.payload.scope !== undefined ? 'scope' : 'scp'
  const names = missing.map((scope) => `\`${quoteClaim(scope)}\``).join(' and ')
  const manages = missing.flatMap((scope) => {
    const manage = manageInPlaceOf(carried, scope)
    return manage === undefined ? [] : [`Its \`${quoteClaim(manage)}\` does not contain \`${quoteClaim(scope)}\`.`]
  })
  const org = serverOfIssuer(token.payload.iss)?.kind === 'org'
  const own = missing.every((scope) => scope.startsWith('okta.'))
  return [
    finding(
      'missing-scope',
      'scope-not-carried',
      'certain',
      [
        {
          ...claim(token, name, 'These are the scopes that it carries.'),
          ...(carried.length > 0 && { quote: quoteClaim(carried.join(' ')) }),
        },
        { place: '--scope', quote: quoteClaim(missing.join(' ')), says: 'These it lacks.' },
      ],
      [
        `Ask for ${names} in the \`scope\` parameter when you get the token.`,
        ...manages,
        own && !org
          ? 'Scopes that begin with `okta.` exist at the org server only: get the token there, `/oauth2/v1/token`.'
          : org
            ? 'The app has to be allowed to have it: Applications > your app > Okta API Scopes > Grant.'
            : 'The scope has to exist on the server and in a rule that lets this client have it: Security > API > your server > Scopes, Access Policies.',
        'Get a new token: one that is issued never gains a scope.',
      ],
    ),
  ]
}
