// Does the org know no app with this client id?
import { namedBy, toAuthorize } from './oauth.ts'
import { byCode, byRequest, type Rule, speak } from './rule.ts'

const fix = [
  'Copy the client id from Applications > your app > General; it begins with `0oa`. Look for quotes, blanks and placeholders around it.',
  'Compare the host of the request with the org in which you see the app: clients of one org, or of its preview, are unknown in another.',
  'Look at the status of the app: an inactive one is answered in the same way.',
]

export const clientIdInvalid: Rule = {
  kind: 'client-id-invalid',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\binvalid value for '?client_id'? parameter|\bclaim for client_assertion is not a valid client_id|\b(?:unknown|invalid|no such) client[_ ]id\b/i,
        reasons: 'invalid_client_id|client_assertion_invalid_issuer|client_assertion_invalid_subject',
      },
      'No active app of this org has the client id of the request.',
    )
    if (named) return speak('client-id-invalid', 'likely', [named], { fix, weight: 8 })
    // The envelope with an OAuth word in it is what an unknown client gets; known ones get the OAuth form.
    if (facts.code === 'invalid_client' && facts.codePlace === 'responseBody.errorCode' && facts.summary === undefined)
      return speak('client-id-invalid', 'likely', [byCode(facts, 'Only an unknown client is answered in this form.')], {
        fix,
        weight: 7,
      })
    // Okta's page of a refused authorize request, of which nobody copied the description.
    if (toAuthorize(facts) && facts.status === 400 && facts.code === undefined && facts.summary === undefined)
      return speak(
        'client-id-invalid',
        'possible',
        [byRequest(facts, 'A page in place of a redirect means that client id or redirect URI were not accepted.')],
        {
          fix,
          weight: 4,
          wants: [{ what: 'The description on the page', how: 'It names the parameter that is wrong.' }],
        },
      )
    return []
  },
}
