// Does the new password not meet the policy?
import { heard, toldThat } from '../facts.ts'
import { because, byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Read the requirements in the answer and choose a password that meets all of them: length, kinds of characters, no parts of the login.',
  'Do not use a common password or one of the last ones; the policy remembers.',
  'The policy stands under Security > Authenticators > Password (Classic: Security > Authentication). Where a directory keeps the password, the directory has rules of its own.',
]
const SENTENCE =
  /\bpassword requirements\b|\bpassword\b.{0,60}\b(?:does not meet|not meet|not met|too (?:short|long|weak|young)|complexity|history|used recently|cannot (?:contain|include|be)|must (?:contain|have|be at least)|has been used)\b|\bcommonly used passwords\b|\bpassword (?:policy|complexity)\b|\bminimum (?:password )?age\b/i

export const passwordPolicyViolation: Rule = {
  kind: 'password-policy-violation',
  speak(facts) {
    const said = heard(facts, SENTENCE)
    if (facts.code === 'E0000080')
      return speak('password-policy-violation', 'certain', [byCode(facts, 'The password does not meet the policy.')], {
        fix,
        weight: 8,
      })
    if (said && !/\b(?:credentials|password) (?:provided )?(?:were|was|is) incorrect\b/i.test(said.text)) {
      if (facts.code !== undefined && !['E0000001', 'E0000014', 'E0000017', 'E0000207'].includes(facts.code)) return []
      return speak(
        'password-policy-violation',
        'certain',
        [
          because(said, 'The new password was refused by the policy.'),
          facts.code !== undefined && byCode(facts, 'The change of the password failed.'),
        ],
        { fix, weight: 8 },
      )
    }
    if (facts.code === 'E0000014' && !heard(facts, /incorrect|answer|question/i)) {
      const told = toldThat(facts, /\bpassword\b.{0,60}\b(?:policy|short|common|history|complexity|same|reuse\w*)\b/i)
      return speak(
        'password-policy-violation',
        told ? 'likely' : 'possible',
        [
          byCode(
            facts,
            'Either the old password was wrong or the new one breaks the policy; the inner sentence would tell.',
          ),
          told && because(told, 'The policy is part of the story.'),
        ],
        {
          fix,
          weight: 6,
          wants: [
            {
              what: 'errorCauses of the answer',
              how: 'Log the whole body; the reason stands in errorCauses[0].errorSummary.',
            },
          ],
        },
      )
    }
    return []
  },
}
