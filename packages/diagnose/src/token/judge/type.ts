// Is it an access token where an ID token is meant, or the other way round?
import type { Because, Finding } from '../../finding.ts'
import { quoteClaim } from '../claims-in-words.ts'
import { type Decoded, typeOfToken } from '../token-type.ts'
import { audiences, claim, finding, type JudgeOptions, wanted } from './judging.ts'

/** The finding about a token of the wrong type. */
export function typeOf(token: Decoded, options: JudgeOptions): Finding[] {
  const { type, by } = typeOfToken(token)
  if (by === undefined) return []
  const { cid } = token.payload
  const shows: Because = {
    place: `tokenClaims.${by}`,
    quote: quoteClaim(by.startsWith('header.') ? token.header[by.slice(7)] : token.payload[by.slice(8)]),
    says: type === 'id' ? 'Only ID tokens have this.' : 'Only access tokens have this.',
  }
  if (type === 'id' && wanted(options.scope).length > 0)
    return [
      finding(
        'wrong-token-type',
        'id-token-as-access-token',
        'certain',
        [
          shows,
          { place: '--scope', quote: wanted(options.scope).join(' '), says: 'Scopes are in access tokens only.' },
        ],
        idForAccess,
      ),
    ]
  if (type === 'id' && options.audience !== undefined && !audiences(token).includes(options.audience))
    return [
      finding(
        'wrong-token-type',
        'id-token-as-access-token',
        'likely',
        [shows, claim(token, 'aud', 'The audience of an ID token is the client, which is no API.')],
        idForAccess,
      ),
    ]
  const expectsId =
    options.nonce !== undefined ||
    (options.audience !== undefined && options.audience === cid && !audiences(token).includes(options.audience))
  if (type === 'access' && expectsId)
    return [
      finding(
        'wrong-token-type',
        'access-token-as-id-token',
        'certain',
        [
          shows,
          options.nonce === undefined
            ? claim(token, 'cid', 'The audience that is expected is the client: that is how ID tokens are checked.')
            : { place: '--nonce', quote: quoteClaim(options.nonce), says: 'A nonce is in ID tokens only.' },
        ],
        [
          'Hand the ID token to the code that checks who signed in: `id_token` of the token answer.',
          'To check an access token, expect the audience of the authorization server and no nonce.',
        ],
      ),
    ]
  return []
}

const idForAccess = [
  'Send the access token: `access_token` of the token answer, not `id_token`.',
  'ID tokens tell your own client who signed in. An API never takes them.',
]
