// Is the DPoP proof absent, or does it not fit the request, the token or the key?
import { isRecord } from '../evidence.ts'
import { namedBy } from './oauth.ts'
import { byAuthorization, byCode, byStatus, type Rule, speak } from './rule.ts'

const fix = [
  'Send a header `DPoP` with a proof made for this one request: `htm` is its method, `htu` its URL without query, `iat` now, `jti` new.',
  'Put `typ: dpop+jwt`, `alg` and `jwk` into the header of the proof, each once, and of the key only the public members.',
  'With a token, add `ath` (the SHA-256 hash of the token, base64url), sign with the key that the token is bound to, and write `Authorization: DPoP …`.',
  'If the client is not meant to use DPoP, switch "Require Demonstrating Proof of Possession" off in its settings.',
]

export const dpopProofMissingOrInvalid: Rule = {
  kind: 'dpop-proof-missing-or-invalid',
  speak(facts) {
    const refused = 'The proof of possession that belongs to the request was refused.'
    const named =
      facts.code === 'invalid_dpop_proof'
        ? byCode(facts, refused)
        : namedBy(
            facts,
            {
              sentence:
                /\binvalid_dpop_proof\b|\bDPoP proof\b.{0,60}\b(?:missing|invalid|required|expired|malformed|not valid|does not match|mismatch)|\b(?:missing|invalid|malformed) DPoP (?:proof|header)\b/i,
              reasons: 'invalid_dpop_proof\\w*|missing_dpop_proof\\w*',
            },
            refused,
          )
    const proof = facts.requestHeader('dpop')
    const absent = facts.requestComplete && proof === undefined
    if (named)
      return speak(
        'dpop-proof-missing-or-invalid',
        'certain',
        [named, absent && { place: 'requestHeaders.dpop', quote: '(absent)', says: 'No proof was sent.' }],
        { fix, weight: 9 },
      )
    const bound = isRecord(facts.claims.cnf) && typeof facts.claims.cnf.jkt === 'string'
    if (bound && facts.authorization?.scheme === 'bearer' && facts.status === 401)
      return speak(
        'dpop-proof-missing-or-invalid',
        'certain',
        [
          { place: `${facts.claimsPlace}.cnf.jkt`, quote: 'jkt', says: 'The token is bound to a key.' },
          byAuthorization(facts, 'A bound token is sent with the word DPoP and a proof, not as Bearer.'),
          byStatus(facts, 'It was refused.'),
        ],
        { fix, weight: 8 },
      )
    return []
  },
}
