// For whom is it meant, and to whom was it issued?
import type { Finding } from '../../finding.ts'
import { quoteClaim } from '../claims-in-words.ts'
import { type Decoded, typeOfToken } from '../token-type.ts'
import { audiences, claim, finding, type JudgeOptions, tidy } from './judging.ts'

/** The finding about its audience. */
export function audienceOf(token: Decoded, { audience }: JudgeOptions): Finding[] {
  if (audience === undefined || audiences(token).includes(audience)) return []
  const near = audiences(token).some((one) => tidy(one) === tidy(audience))
  return [
    finding(
      'audience-mismatch',
      near ? 'audience-spelt-differently' : 'audience-differs',
      'certain',
      [
        claim(
          token,
          'aud',
          near ? 'It differs only in a slash, upper case or blanks.' : 'It is meant for this audience.',
        ),
        { place: '--audience', quote: quoteClaim(audience), says: 'This is what the verifier expects.' },
      ],
      [
        'Look which of the two is right: the audience of the server stands under Security > API > Authorization Servers.',
        'Set the audience of the verifier to `aud`, or get the token from the server that has the expected audience.',
      ],
    ),
  ]
}

/** The findings about its client and its nonce. */
export function clientOf(token: Decoded, { clientId, nonce }: JudgeOptions): Finding[] {
  const { type } = typeOfToken(token)
  const found: Finding[] = []
  const issuedTo = type === 'id' ? audiences(token) : [token.payload.cid ?? token.payload.client_id]
  if (clientId !== undefined && issuedTo.some((one) => one !== undefined) && !issuedTo.includes(clientId))
    found.push(
      finding(
        'audience-mismatch',
        'issued-to-another-client',
        'certain',
        [
          claim(
            token,
            type === 'id' ? 'aud' : token.payload.cid === undefined ? 'client_id' : 'cid',
            'It was issued to this client.',
          ),
          { place: '--client-id', quote: quoteClaim(clientId), says: 'This is the client that is expected.' },
        ],
        ['Look which app signs in: its client id stands under Applications > your app > General.'],
      ),
    )
  if (nonce !== undefined && type !== 'access' && token.payload.nonce !== nonce)
    found.push(
      finding(
        'sdk-flow-config-mismatch',
        'nonce-differs',
        'certain',
        [
          claim(
            token,
            'nonce',
            token.payload.nonce === undefined ? 'The sign-in was begun without one.' : 'It belongs to another sign-in.',
          ),
          { place: '--nonce', quote: quoteClaim(nonce), says: 'This is the nonce that is expected.' },
        ],
        [
          'Keep the nonce with the sign-in that it was made for: two tabs or a second start replace it.',
          'Do not accept this token: a nonce that differs is what a replayed token looks like.',
        ],
      ),
    )
  return found
}
