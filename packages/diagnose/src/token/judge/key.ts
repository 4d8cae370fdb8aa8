// Who signed it?
import type { Because, Finding, Want } from '../../finding.ts'
import { quoteClaim } from '../claims-in-words.ts'
import { isSameServer, serverOfAddress, serverOfIssuer } from '../issuing-server.ts'
import type { SignatureCheck } from '../signature.ts'
import { type Decoded, isOrgAccessToken } from '../token-type.ts'
import { claim, finding, type JudgeOptions } from './judging.ts'

/** How the signature came off. */
export type SignatureState = 'valid' | 'invalid' | 'key-unknown' | 'not-checked'

/** The findings about its signature. */
export function keyOf(token: Decoded, options: JudgeOptions, check: SignatureCheck | undefined): Finding[] {
  if (check?.result === 'does-not-fit')
    return [
      finding(
        'token-malformed',
        'signature-does-not-fit',
        'certain',
        [
          {
            place: 'tokenClaims.header.kid',
            quote: quoteClaim(check.kid ?? '(absent)'),
            says: 'The key is in the set, and it did not make this signature: the token was changed, or signed by somebody else.',
          },
        ],
        [
          'Get a new token and check it at once, before anything else handles it.',
          'If that one is good, something changes tokens on the way: compare length and last characters at each step.',
          'If that one is bad too, the keys are those of another org with the same key name, such as a test server.',
        ],
      ),
    ]
  if (check?.result !== 'key-unknown') return []
  const actual = serverOfIssuer(token.payload.iss)
  const keys = serverOfAddress(options.jwksFrom) ?? serverOfIssuer(options.issuer)
  // Keys of another server are told as such.
  if (actual && keys && actual.kind !== 'other' && keys.kind !== 'other' && !isSameServer(actual, keys)) return []
  const known = check.known.slice(0, 5).map(quoteClaim).join(', ') || '(none)'
  const lacks: readonly Because[] = [
    { place: 'tokenClaims.header.kid', quote: quoteClaim(check.kid), says: 'This key signed the token.' },
    { place: '--jwks', quote: known, says: 'The set has only these keys.' },
  ]
  return [
    finding('signing-key-stale', 'key-not-in-set', keys === undefined ? 'possible' : 'likely', lacks, [
      'Fetch the keys of the issuer again: `jwks_uri` in its metadata. Okta rotates them about every 90 days.',
      'Let the verifier fetch them when it meets an unknown `kid`, and keep them no longer than `Cache-Control` says.',
      'If the fresh set lacks the key as well, the token is older than the last rotations, or comes from another org.',
    ]),
    // Where nobody said whose keys they are, they may as well be those of another server.
    ...(keys === undefined
      ? [
          finding(
            'wrong-authorization-server',
            'keys-of-another-server',
            'possible',
            [...lacks, claim(token, 'iss', 'The keys of this issuer are needed.')],
            ['Take the keys from `jwks_uri` in the metadata of that issuer, `{iss}/.well-known/openid-configuration`.'],
          ),
        ]
      : []),
  ]
}

/** The state of its signature in one word. */
export function stateOf(check: SignatureCheck | undefined): SignatureState {
  if (check === undefined) return 'not-checked'
  return check.result === 'does-not-fit' ? 'invalid' : check.result
}

/** What would decide about its signature. */
export function wantsFor(token: Decoded, options: JudgeOptions): Want[] {
  if (isOrgAccessToken(token) || options.jwks !== undefined) return []
  const server = serverOfIssuer(token.payload.iss)
  if (!server || server.kind === 'other') return []
  const keys =
    server.kind === 'org' ? `${server.origin}/oauth2/v1/keys` : `${server.origin}/oauth2/${server.id}/v1/keys`
  return [{ what: 'Whether the signature is right', how: `The keys of the issuer, at ${quoteClaim(keys)}, decide it.` }]
}
