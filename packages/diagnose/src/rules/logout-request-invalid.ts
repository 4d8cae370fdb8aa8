// Does the sign-out call lack a valid ID token, or is the address to return to not registered?
import { namedBy, toldUnder } from './oauth.ts'
import { byRequest, byStatus, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Send `id_token_hint` with an ID token that this authorization server issued to this client; it may be expired. An app that keeps no ID token cannot sign out in this way.',
  'Register `post_logout_redirect_uri`, character by character, under Applications > your app > General > Sign-out redirect URIs.',
  'Call the logout endpoint of the server that issued the token: `/oauth2/v1/logout` and `/oauth2/{id}/v1/logout` are different ones.',
]

export const logoutRequestInvalid: Rule = {
  kind: 'logout-request-invalid',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bpost_logout_redirect_uri\b.{0,80}\b(?:must be|invalid|not (?:registered|valid|allowed))|\bLogout redirect URI in the client app settings\b|\bid_token_hint\b.{0,60}\b(?:invalid|required|missing|must|not valid)|\b(?:invalid|missing) (?:')?id_token_hint\b/i,
      },
      'The sign-out call was refused for this.',
    )
    const atLogout = facts.path !== undefined && /^\/oauth2\/(?:[^/]+\/)?v1\/logout$/.test(facts.path)
    const sent = toldUnder(facts, /post ?logout ?redirect ?uri/i)[0] ?? facts.query.get('post_logout_redirect_uri')
    const address = sent !== undefined &&
      sent !== null && {
        place: 'request',
        quote: shown(sent),
        says: 'This is the address to return to.',
      }
    if (named) return speak('logout-request-invalid', 'certain', [named, address], { fix, weight: 9 })
    if (!atLogout || facts.status === undefined || facts.status < 400 || facts.status >= 500) return []
    const hintless = facts.query.size > 0 && !facts.query.has('id_token_hint')
    return speak(
      'logout-request-invalid',
      hintless ? 'certain' : 'likely',
      [
        byRequest(facts, 'This is the endpoint that signs out.'),
        byStatus(facts, 'It refused the call.'),
        hintless && { place: 'path', quote: 'no id_token_hint', says: 'The call names no ID token.' },
        address,
      ],
      { fix, weight: 7 },
    )
  },
}
