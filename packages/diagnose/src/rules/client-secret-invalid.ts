// Is the client secret wrong, rotated, or mangled on its way?
import { namedBy, toTokenEndpoint } from './oauth.ts'
import { byAuthorization, byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Copy the secret again from Applications > your app > General > Client Credentials, and compare the last four characters.',
  'Send it without quotes, blanks and line ends; a `$` in a shell or a `+` in a form changes it.',
  'With Basic, encode id and secret for the URL first, join them with `:` and put that into base64.',
  'After a rotation, look whether the old secret is still active.',
]

export const clientSecretInvalid: Rule = {
  kind: 'client-secret-invalid',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bclient secret supplied\b.{0,60}\binvalid\b|\b(?:invalid|wrong|incorrect) client[_ ]secret\b|\bclient[_ ]secret is (?:invalid|wrong|incorrect|expired)\b/i,
        reasons: 'invalid_client_secret',
      },
      'The client is known, and the secret is not its secret.',
    )
    if (named) return speak('client-secret-invalid', 'certain', [named], { fix, weight: 9 })
    const mangled = namedBy(
      facts,
      {
        sentence: /\bFound Authentication header but was not valid client credentials/i,
        reasons: 'invalid_basic_auth_creds',
      },
      'The Basic header does not hold an id and a secret that can be read.',
    )
    if (mangled)
      return speak('client-secret-invalid', 'likely', [mangled], { fix: [fix[2]!, fix[1]!, fix[0]!], weight: 8 })
    const either = namedBy(
      facts,
      { sentence: /\bEither the client or the client credentials are invalid/i },
      'The proof of the client was not accepted.',
    )
    if (either) return speak('client-secret-invalid', 'likely', [either], { fix, weight: 4 })
    const basic = facts.authorization?.scheme === 'basic'
    if (facts.code === 'invalid_client' && facts.summary === undefined && (basic || toTokenEndpoint(facts)))
      return speak(
        'client-secret-invalid',
        basic ? 'likely' : 'possible',
        [
          byCode(facts, 'The client did not prove who it is.'),
          basic && byAuthorization(facts, 'Its proof is a secret.'),
        ],
        { fix, weight: 4 },
      )
    return []
  },
}
