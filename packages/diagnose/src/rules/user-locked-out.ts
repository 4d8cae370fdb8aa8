// Is the account, or the way to it from an unknown device, locked out?
import { heard, logged, toldThat } from '../facts.ts'
import { because, byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Read the user: LOCKED_OUT is unlocked with `POST /api/v1/users/{id}/lifecycle/unlock`, or by the user if the policy allows it.',
  'If the status is ACTIVE, only sign-ins from unknown devices are locked: sign in from a known one, or let an administrator allow unknown devices for the user.',
  'Find what tries the old password (a phone, a service, a script), or it locks again.',
]

export const userLockedOut: Rule = {
  kind: 'user-locked-out',
  speak(facts) {
    const event =
      logged(facts, { eventType: /^user\.account\.lock/ }) ?? logged(facts, { reason: /^LOCKED_OUT$|locked[ _]out/i })
    if (event)
      return speak('user-locked-out', 'certain', [because(event, 'The System Log shows the lock.')], { fix, weight: 9 })
    const state = facts.said.find(({ place, text }) => /\.status$/.test(place) && text === 'LOCKED_OUT')
    if (state)
      return speak('user-locked-out', 'certain', [because(state, 'This is the state of the sign-in.')], {
        fix,
        weight: 9,
      })
    if (facts.code === 'E0000069' || facts.code === 'E0000119')
      return speak('user-locked-out', 'certain', [byCode(facts, 'The account is locked.')], { fix, weight: 8 })
    const said = heard(
      facts,
      /\b(?:account|user)\b.{0,40}\b(?:locked out|is locked|has been locked|locked)\b|\bUser Locked\b/i,
    )
    if (said && !/not locked/i.test(said.text) && facts.code !== 'E0000032')
      return speak('user-locked-out', 'likely', [because(said, 'The answer speaks of a lock.')], { fix, weight: 8 })
    const told = toldThat(
      facts,
      /\b(?:status\b.{0,20}: ?LOCKED_OUT|locked out\b(?!: ?(?:false|no))|(?:several|many|repeated|too many) (?:failed|wrong)|(?:failed|wrong) (?:attempts|tries|passwords?))/i,
    )
    const signIn =
      facts.code === 'E0000004' || (facts.code === 'invalid_grant' && heard(facts, /credentials/i) !== undefined)
    if (told && (signIn || facts.code === undefined))
      return speak(
        'user-locked-out',
        /LOCKED_OUT/.test(told.text) ? 'certain' : 'likely',
        [because(told, 'After several wrong tries the account locks.')],
        { fix, weight: 7 },
      )
    if (signIn && facts.path !== '/api/v1/sessions')
      return speak(
        'user-locked-out',
        'possible',
        [byCode(facts, 'A locked account is answered like a wrong password unless the policy says otherwise.')],
        { fix, weight: 5 },
      )
    return []
  },
}
