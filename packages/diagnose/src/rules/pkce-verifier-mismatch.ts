// Is the code verifier missing, or not the one behind the code challenge?
import { namedBy } from './oauth.ts'
import { type Rule, speak } from './rule.ts'

const fix = [
  'Keep verifier and `state` of a sign-in together, and take them out again by the `state` that comes back. Two tabs, a second start or a reload replace a single stored one.',
  'The callback has to run where the sign-in began: same origin, same browser, same storage. An installed app, another host or a private window sees an empty one.',
  '`code_challenge` is base64url (no padding) of the SHA-256 of the verifier. Send the verifier itself to the token endpoint.',
  'Let the callback run once: a second run finds the verifier gone.',
]

export const pkceVerifierMismatch: Rule = {
  kind: 'pkce-verifier-mismatch',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bPKCE verification failed|\bPKCE code verifier is required|\bPKCE code challenge should be specified in the authorize request|\bcode[_ ]?verifier\b.{0,60}\b(?:missing|not match|mismatch|invalid|from storage|not found|required|undefined|null|empty)\b|\bcould not load PKCE\b|\b(?:missing|invalid|no) (?:pkce )?code[_ ]?verifier\b|\bcode[_ ]?challenge\b.{0,40}\b(?:not match|mismatch)\b/i,
        reasons:
          'pkce_verification_failed(?:_with_reason)?|pkce_missing_verifier|pkce_missing_challenge_verifier_present',
      },
      'The verifier that was sent, or found in storage, is not the one of this sign-in.',
    )
    if (!named) return []
    const lost = /storage|load/i.test(named.quote)
    return speak('pkce-verifier-mismatch', lost ? 'likely' : 'certain', [named], { fix, weight: 9 })
  },
}
