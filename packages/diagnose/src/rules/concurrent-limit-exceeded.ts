// Were there too many requests in flight at the same moment?
import { heard, logged, toldThat } from '../facts.ts'
import { limitHeaders } from './rate-limit-exceeded.ts'
import { because, byCode, byStatus, type Rule, speak } from './rule.ts'

const fix = [
  'Send fewer calls at once: limit the workers, not the calls a minute. Most orgs allow 75 at the same moment, free ones 35.',
  'Try again after a short random wait of about a second. Do not wait for `x-rate-limit-reset`: here it is only an estimate and can lie minutes ahead.',
  'Look for slow calls (large pages, deep searches): each one holds its place longer.',
]

export const concurrentLimitExceeded: Rule = {
  kind: 'concurrent-limit-exceeded',
  speak(facts) {
    const { limit, remaining } = facts.limits
    const refused = facts.status === 429 || facts.code === 'E0000047'
    if (limit === 0 && remaining === 0 && (refused || facts.status === undefined))
      return speak(
        'concurrent-limit-exceeded',
        'certain',
        [
          {
            place: 'responseHeaders.x-rate-limit-limit',
            quote: '0',
            says: 'A limit and a remaining of 0 together mean the limit on calls at the same moment.',
          },
          facts.code !== undefined
            ? byCode(facts, 'The code is the same for both limits.')
            : facts.status !== undefined && byStatus(facts, 'The status is the same for both limits.'),
        ],
        { fix, weight: 9 },
      )
    const event = logged(facts, { eventType: /concurrency/ })
    if (event)
      return speak(
        'concurrent-limit-exceeded',
        'certain',
        [because(event, 'The System Log shows the limit on calls at the same moment.')],
        { fix, weight: 9 },
      )
    const said = heard(facts, /\bconcurren(?:t|cy)\b.{0,60}\blimit|\blimit\b.{0,40}\bconcurren(?:t|cy)\b/i)
    if (said)
      return speak(
        'concurrent-limit-exceeded',
        'likely',
        [because(said, 'The message speaks of calls at the same moment.')],
        { fix, weight: 8 },
      )
    const told = toldThat(
      facts,
      /\b(?:parallel(?:ism)?|concurren(?:t|cy)|at once|simultaneous(?:ly)?|threads?|workers?)\b/i,
    )
    if (told && refused && (limit === undefined || limit === 0))
      return speak('concurrent-limit-exceeded', 'possible', [because(told, 'Many calls ran at the same moment.')], {
        fix,
        weight: 6,
        wants: [limitHeaders],
      })
    if (told && facts.code === 'E0000009')
      return speak(
        'concurrent-limit-exceeded',
        'possible',
        [because(told, 'Calls that change the same thing at the same moment collide.')],
        { fix, weight: 3 },
      )
    return []
  },
}
