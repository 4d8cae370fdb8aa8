// Is the redirect URI of the request not one of the app's, character by character?
import { namedBy, parameter, toAuthorize, toldUnder } from './oauth.ts'
import { byCode, byRequest, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Decode `redirect_uri` from the address bar and compare it, character by character, with Applications > your app > General > Sign-in redirect URIs.',
  'The usual differences: http and https, the port, the path of another sample, a slash at the end, localhost and 127.0.0.1, upper case.',
  'Behind a proxy, let the framework build it from the outer address (`X-Forwarded-Proto`, `X-Forwarded-Host`).',
  'Register the one that is sent, or send one that is registered.',
]

export const redirectUriMismatch: Rule = {
  kind: 'redirect-uri-mismatch',
  speak(facts) {
    const sent = parameter(facts, 'redirect_uri') ?? toldUnder(facts, /^redirect ?uri (?:sent|used|of the request)$/)[0]
    const asked = sent !== undefined && { place: 'request', quote: shown(sent), says: 'This is the URI that was sent.' }
    const registered = toldUnder(facts, /\b(?:app|registered|allowed|configured)\b.*\bredirect ?uris?$/)
    const listed = registered.length > 0 && {
      place: 'requestContext',
      quote: shown(registered.join(' ')),
      says: sent !== undefined && registered.includes(sent) ? 'The same URI is registered.' : 'These are registered.',
    }
    const named = namedBy(
      facts,
      {
        sentence:
          /(?<!post_logout_)\bredirect_uri'? parameter must be\b|(?<!post_logout_)\bredirect[_ ]uri\b.{0,60}\b(?:whitelisted|not (?:registered|allowed|valid)|is invalid|mismatch)\b|\b(?:invalid|illegal|mismatched) redirect[_ ]uri\b|\bredirect_uri is missing\b/i,
        reasons: 'illegal_redirect_uri(?:_enhanced)?|invalid_redirect_uri|missing_redirect_uri',
      },
      'The URI of the request is not among those of the app.',
    )
    if (named) return speak('redirect-uri-mismatch', 'certain', [named, asked, listed], { fix, weight: 9 })
    if (facts.code === 'invalid_redirect_uri')
      return speak('redirect-uri-mismatch', 'certain', [byCode(facts, 'The word says it.'), asked, listed], {
        fix,
        weight: 9,
      })
    const twice = namedBy(
      facts,
      {
        sentence: /'?redirect_uri'? does not match the redirection URI used in the authorization request/i,
        reasons: 'mismatched_redirect_uri',
      },
      'The token request names another URI than the authorize request did.',
    )
    if (twice)
      return speak('redirect-uri-mismatch', 'likely', [twice, asked], {
        first: ['Send the very same `redirect_uri` to authorize and token endpoint.'],
        fix: fix.slice(1, 3),
        weight: 6,
      })
    if (toAuthorize(facts) && facts.status === 400 && facts.code === undefined && facts.summary === undefined)
      return speak(
        'redirect-uri-mismatch',
        'possible',
        [
          byRequest(facts, 'A page in place of a redirect means that client id or redirect URI were not accepted.'),
          asked,
          listed,
        ],
        {
          fix,
          weight: 5,
          wants: [{ what: 'The description on the page', how: 'It names the parameter that is wrong.' }],
        },
      )
    return []
  },
}
