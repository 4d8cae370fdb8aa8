// Does the user's lifecycle status not allow the operation?
import { heard, toldThat } from '../facts.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byRequest, type Rule, speak } from './rule.ts'
import { isLockOfDirectory } from './user-sourced-externally.ts'

/** Other kinds stand behind these too: a directory keeps the password, a policy or an authenticator is off. */
const SHARED = new Set(['E0000032', 'E0000034', 'E0000035', 'E0000036', 'E0000038'])
const SENTENCE =
  /\b(?:user(?:'s)?|account)\b.{0,60}\bcurrent status\b|\buser is (?:already|not) (?:active|suspended|locked(?: out)?|deactivated|activated|staged)\b|\bnot allowed (?:on|for) (?:specified|this) user\b|\bcannot (?:suspend|unsuspend|activate|unlock|deactivate)\b.{0,30}\buser\b|\bstill being activated\b|\binactive user\b|\buser is not currently active\b/i

export const userStatusForbidsOperation: Rule = {
  kind: 'user-status-forbids-operation',
  speak(facts) {
    const fix = [
      'Read the user (`GET /api/v1/users/{id}`): `status` says where they stand, `_links` which operations are open now.',
      'STAGED or DEPROVISIONED: activate. PROVISIONED: reactivate, or let the user finish. SUSPENDED: unsuspend. LOCKED_OUT: unlock. PASSWORD_EXPIRED: the user changes the password.',
      'Then send the same call again.',
    ]
    const shared = SHARED.has(facts.code ?? '')
    // The summary of a code is the same for all of its causes; only what is said beside it tells them apart.
    const beside = shared ? { ...facts, said: facts.said.filter(({ text }) => text !== facts.summary) } : facts
    const said = heard(beside, SENTENCE)
    const coded = kindOfCode(facts.code) === 'user-status-forbids-operation' || shared
    const told = toldThat(
      facts,
      /\bstatus\b.{0,40}: ?["']?(?:STAGED|PROVISIONED|SUSPENDED|DEPROVISIONED|RECOVERY|PASSWORD_EXPIRED)\b/,
    )
    if (!coded && said && (facts.code === undefined || facts.code === 'E0000001' || facts.code === 'E0000006'))
      return speak(
        'user-status-forbids-operation',
        'certain',
        [because(said, 'The answer speaks of the status of the user.'), told && because(told, 'This is the status.')],
        { fix, weight: 8 },
      )
    if (coded)
      return speak(
        'user-status-forbids-operation',
        isLockOfDirectory(facts)
          ? 'possible'
          : said || told || facts.code === 'E0000016' || facts.code === 'E0000112'
            ? 'certain'
            : 'likely',
        [
          byCode(facts, 'The status of the user does not allow this operation.'),
          facts.path !== undefined && byRequest(facts, 'This is the operation.'),
          said && said.text !== facts.summary && because(said, 'The answer gives the reason.'),
          told && because(told, 'This is the status.'),
        ],
        { fix, weight: 7 },
      )
    if (told && facts.code === undefined)
      return speak(
        'user-status-forbids-operation',
        'likely',
        [because(told, 'Few operations are open to a user with this status.')],
        { fix, weight: 6 },
      )
    return []
  },
}
