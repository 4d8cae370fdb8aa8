// Is nobody signed in, where the request forbids to ask?
import { namedBy, parameter } from './oauth.ts'
import { byCode, byRequest, type Rule, speak } from './rule.ts'

const fix = [
  'Treat this as an answer, not as a fault: start a sign-in that may show its page, without `prompt=none`.',
  'Before a silent renewal, ask whether there is a session: `GET /api/v1/sessions/me` in the same browser gives 404 when nobody is signed in.',
  'Renew with a refresh token instead: that needs no session and no cookie.',
]

export const noActiveSession: Rule = {
  kind: 'no-active-session',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bnot to prompt, but the user is not logged in|\brequires an existing session\b|\bno (?:active|existing) session\b|\buser is not logged in\b/i,
        reasons: 'login_required|no_existing_session',
      },
      'Okta sees no session, and was told not to ask.',
    )
    const silent = parameter(facts, 'prompt') === 'none' && byRequest(facts, 'The request says `prompt=none`.')
    if (named) return speak('no-active-session', 'likely', [named, silent], { fix, weight: 8 })
    if (facts.code === 'login_required' && !/re-authentication or MFA/i.test(facts.summary ?? ''))
      return speak(
        'no-active-session',
        'likely',
        [byCode(facts, 'Okta sees no session, and was told not to ask.'), silent],
        {
          fix,
          weight: 7,
        },
      )
    if (facts.status === 404 && facts.path === '/api/v1/sessions/me')
      return speak('no-active-session', 'likely', [byRequest(facts, 'Nobody is signed in with this browser.')], {
        fix,
        weight: 7,
      })
    return []
  },
}
