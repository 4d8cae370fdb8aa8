// Is it a fault on Okta's side, with nothing wrong in the request?
import { heard, toldThat } from '../facts.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byStatus, fromProvisioning, type Rule, speak } from './rule.ts'

export const oktaServiceError: Rule = {
  kind: 'okta-service-error',
  speak(facts) {
    const parallel = toldThat(facts, /\bparallel(?:ism)?\b|\bconcurren(?:t|cy)\b|\bat the same (?:time|moment)\b/i)
    const fix = [
      'Read back first: a change may have been made although the answer was an error.',
      'Repeat reads, PUT and DELETE with growing waits. Repeat a POST only after you have read back.',
      'Look at status.okta.com. If it stays, open a case with the `errorId`, `x-okta-request-id` and the time of the call.',
    ]
    const coded = kindOfCode(facts.code) === 'okta-service-error'
    if (coded)
      return speak(
        'okta-service-error',
        'likely',
        [
          byCode(facts, 'Okta failed while it worked on the request.'),
          parallel && because(parallel, 'Changes at the same moment can collide inside Okta.'),
        ],
        { fix, weight: 8, first: parallel ? ['Send changes of the same object one after the other.'] : [] },
      )
    if (
      facts.code !== undefined &&
      facts.code !== 'server_error' &&
      facts.code !== 'temporarily_unavailable' &&
      facts.code !== 'E0000023' &&
      facts.code !== 'E0000053'
    )
      return []
    const incident = heard(
      facts,
      /\b(?:incident|outage|service (?:is )?(?:temporarily )?unavailable|internal server error|bad gateway|gateway time-?out|took too long to complete|we've logged this)\b/i,
    )
    const told = toldThat(facts, /\b(?:incident|outage|status page|okta-\d{5,}|trust\.okta|status\.okta)\b/i)
    const status = facts.status !== undefined && [500, 502, 503, 504].includes(facts.status)
    if (fromProvisioning(facts)) return []
    if (heard(facts, /read[- ]only|feature .{0,20}not enabled/i)) return []
    if (told)
      return speak('okta-service-error', 'likely', [because(told, 'A fault of the service is known.')], {
        fix,
        weight: 8,
      })
    if (status && facts.code !== 'E0000023')
      return speak(
        'okta-service-error',
        'likely',
        [
          byStatus(facts, 'The server failed, not the request.'),
          incident && because(incident, 'The answer says the same.'),
        ],
        { fix, weight: 7 },
      )
    if (incident && facts.code !== 'E0000023')
      return speak(
        'okta-service-error',
        'likely',
        [because(incident, 'The answer speaks of a fault of the service.')],
        { fix, weight: 6 },
      )
    // The message contradicts what was asked: taking access away does not change a profile.
    const removal = /lifecycle\/deactivate|deprovision|deactivate/i
    const asked = removal.test(facts.path ?? '') ? { place: 'path', text: facts.path ?? '' } : toldThat(facts, removal)
    const mastered = heard(facts, /mastered under another system/i)
    if (mastered && asked)
      return speak(
        'okta-service-error',
        'possible',
        [
          because(mastered, 'The message is about changing a profile.'),
          because(asked, 'The operation does not change one; some orgs answered so by a defect.'),
        ],
        { fix, weight: 6 },
      )
    return []
  },
}
