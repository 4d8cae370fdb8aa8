// Is the org in read-only mode for the time being?
import { heard } from '../facts.ts'
import { because, byCode, byRequest, type Rule, speak } from './rule.ts'

const fix = [
  'Wait: read-only mode ends by itself, after maintenance or a switch of the data centre. Reads and sign-ins go on meanwhile.',
  'Send writes again with growing waits, and queue them in your program.',
  'Look at status.okta.com for your cell.',
]

export const orgReadOnly: Rule = {
  kind: 'org-read-only',
  speak(facts) {
    const said = heard(facts, /\bread[- ]only mode\b|\bread only database\b/i)
    if (facts.code !== 'E0000010' && !(said && (facts.code === undefined || facts.code === 'E0000009'))) return []
    return speak(
      'org-read-only',
      'certain',
      [
        facts.code === 'E0000010'
          ? byCode(facts, 'Okta accepts no changes at this moment.')
          : because(said!, 'Okta accepts no changes at this moment.'),
        facts.method !== undefined && facts.method !== 'GET' && byRequest(facts, 'This call would change something.'),
      ],
      { fix, weight: 8 },
    )
  },
}
