// Were there more requests in the window than a limit allows?
import { heard, logged, toldThat } from '../facts.ts'
import type { Want } from '../finding.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byStatus, fromProvisioning, type Rule, speak } from './rule.ts'

/** What tells a used-up window from too many calls at the same moment. */
export const limitHeaders: Want = {
  what: 'The three x-rate-limit headers of the 429',
  how: 'Repeat with `curl -i`: limit 0 and remaining 0 mean concurrency, any other limit means the window.',
}

export const rateLimitExceeded: Rule = {
  kind: 'rate-limit-exceeded',
  speak(facts) {
    const { limit, remaining, reset, date } = facts.limits
    if (limit === 0 && remaining === 0) return []
    const said = heard(
      facts,
      /\brate[- ]?limit(?:s|ed|ing)?\b|\btoo many requests\b|\b(?:recently sent|recently made)\b.{0,40}\bwait\b|\breached the limit of (?:sms|call) requests\b/i,
    )
    const event =
      logged(facts, { eventType: /rate_limit\.(?:violation|burst)|rate_limit_exceeded/ }) ??
      logged(facts, { reason: /rate_limited/i })
    const coded = kindOfCode(facts.code) === 'rate-limit-exceeded' || facts.code === 'E0000047'
    const status = facts.status === 429
    if (!coded && !status && !said && !event) return []
    if (!coded && !status && !event && facts.code !== undefined && facts.code !== 'invalid_grant') return []
    // Headers that are merely named, or a question about limits, are no failure.
    if (said && !coded && !status && !event && facts.status !== undefined && facts.status < 400) return []
    const left = reset !== undefined && date !== undefined ? reset - date : undefined
    const many = toldThat(
      facts,
      /\b(?:other callers|several tools|agents|parallel|per hour|per second|per minute|polling|load test|loop)\b/i,
    )
    const user = event !== undefined && /user_rate_limited/.test(event.event.reason)
    const sms = facts.code !== undefined && facts.code !== 'E0000047' && coded
    // Code and status are the same for the limit on calls at the same moment; only the headers tell.
    const told = limit !== undefined || reset !== undefined || event !== undefined || sms
    return speak(
      'rate-limit-exceeded',
      (coded || status || event) && told ? 'certain' : 'likely',
      [
        coded
          ? byCode(facts, 'A limit on the number of calls was reached.')
          : status && byStatus(facts, 'A limit on the number of calls was reached.'),
        !coded && !status && said && because(said, 'The message speaks of a limit on calls.'),
        event &&
          because(
            event,
            user ? 'One user name was used for more than four sign-ins a second.' : 'The System Log shows the limit.',
          ),
        limit !== undefined && {
          place: 'responseHeaders.x-rate-limit-limit',
          quote: String(limit),
          says: `The window allows ${limit} calls${remaining === 0 ? ', and all of them are used' : ''}.`,
        },
        reset !== undefined && {
          place: 'responseHeaders.x-rate-limit-reset',
          quote: String(reset),
          says:
            left === undefined
              ? 'The window ends at this second (since 1970).'
              : left > 0
                ? `The window ends ${left} seconds after this answer.`
                : 'The window has ended by now.',
        },
        many && because(many, 'Many calls share the limit.'),
      ],
      {
        first:
          left !== undefined && left >= 0 && !sms
            ? [`Wait ${left + 1} seconds (\`x-rate-limit-reset\` minus \`date\`, plus one), then send the call again.`]
            : [],
        firstSays: /^Wait until `x-rate-limit-reset`/,
        fix: sms
          ? [
              'Wait as long as the message says before the next code is sent, and block the button meanwhile.',
              'Ask for one new code; older ones are void.',
            ]
          : user
            ? [
                'Find the program that signs this user in so often, and let it keep its session or token.',
                'In load tests use several user names.',
              ]
            : fromProvisioning(facts)
              ? [
                  'Assign fewer users at a time and repeat the failed tasks: the remote application has a limit of its own.',
                ]
              : [
                  'Wait until `x-rate-limit-reset`, measured against the `date` header of the same answer, plus one second.',
                  'Slow down while `x-rate-limit-remaining` falls instead of waiting for the refusal.',
                  'Ask for larger pages, keep what rarely changes, and spread jobs over several tokens: by default a token gets half of each limit.',
                  'Find the other callers: Reports > Rate limits in the Admin Console.',
                ],
        weight: 8,
        wants: told ? [] : [limitHeaders],
      },
    )
  },
}
