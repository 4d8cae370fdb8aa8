// Does the verifier work with an old copy of the keys?
import { toldThat } from '../facts.ts'
import { serverOfIssuer } from '../token/issuing-server.ts'
import { namedBy } from './oauth.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Compare `kid` in the header of the token with the keys at `jwks_uri`, fetched now.',
  'Let the verifier fetch the keys again when it meets an unknown `kid`, and keep them no longer than `Cache-Control` says. Restart it to get by for now.',
  'Never copy keys into a configuration: Okta rotates them about every 90 days, and at once when somebody asks for it.',
]

/** How libraries say that they have no key for a token. */
export const KEY_NOT_FOUND =
  /\b(?:signing |signature |public )?keys?\b.{0,40}\b(?:was |were |is )?not found\b|\b(?:unable|failed|cannot|could not|couldn't) (?:to )?(?:find|resolve|match|locate|obtain|get|fetch) (?:a |an |any |the )?(?:matching |signing |public |applicable )*keys?\b|\bno (?:matching|applicable) keys?\b|\bno (?:pem|key|jwk)s? (?:matching|found|corresponding)\b|\bIDX1050[0-3]\b|\bsigning key is not cached\b|\bunknown kid\b|\bkid\b.{0,30}\b(?:not found|unknown|not in)\b/i

export const signingKeyStale: Rule = {
  kind: 'signing-key-stale',
  speak(facts) {
    const named = namedBy(
      facts,
      { sentence: KEY_NOT_FOUND },
      'The verifier has no key with the name that the token gives.',
    )
    if (!named || /client_assertion|request object|encryption key|private key/i.test(named.quote)) return []
    const rotated = toldThat(
      facts,
      /\brotat\w+|\brestart\w*\b.*\b(?:helps|works|fixes)\b|\bcached? (?:keys|jwks)\b|\bjwks cache\b/i,
    )
    const org = serverOfIssuer(facts.claims.iss)?.kind === 'org'
    return speak(
      'signing-key-stale',
      rotated ? 'likely' : 'possible',
      [named, rotated && because(rotated, 'The keys have changed since they were fetched.')],
      { fix, weight: rotated ? 8 : org ? 2 : 6 },
    )
  },
}
