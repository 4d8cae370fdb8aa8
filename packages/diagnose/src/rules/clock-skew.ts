// Do two machines disagree about the time?
import type { Facts } from '../facts.ts'
import { toldThat } from '../facts.ts'
import { isMilliseconds, secondsOf } from '../token/moment.ts'
import { namedBy } from './oauth.ts'
import { because, type Rule, speak } from './rule.ts'

const fix = [
  'Compare the clock of the machine with the `Date` header of any answer: `curl -sI https://{org} | grep -i ^date; date -u`.',
  'Switch time synchronisation on (NTP). Virtual machines, containers and phones drift, and jump after they slept.',
  'Times in a JWT are whole seconds since 1970 in UTC: no milliseconds, no local time.',
  'Let assertions live for five minutes, and let the verifier forgive a minute or two.',
]

export const clockSkew: Rule = {
  kind: 'clock-skew',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bissued (?:at a time )?in the future\b|\bvalid (?:only )?in the future\b|\b(?:token|jwt|assertion)\b.{0,40}\b(?:not yet valid|used too early|not valid yet|is early)\b|\bnot active yet\b|\b"?(?:nbf|iat)"? claim\b.{0,60}\b(?:future|failed|before)\b|\bclock[- ]?(?:skew|synchroni[sz]ation|drift)\b|\bmust be issued before the current time|\btoken timestamp is invalid|\bIDX10222\b/i,
        reasons:
          'client_assertion_issued_at_in_future|token_timestamp_invalid|invalid_dpop_proof_jwt_issued_in_future|id_jag_issued_in_future|request_object_issued_in_future|eam_id_token_hint_issued_in_future',
      },
      'By the clock of whoever checks, this time has not come yet.',
    )
    if (named) return speak('clock-skew', 'certain', [named], { fix, weight: 9 })
    const times = namedBy(
      facts,
      {
        sentence:
          /\bexpiration too far into the future|\bclient_assertion token is expired|\bexpires too far in the future/i,
        reasons:
          'client_assertion_expires_too_far_in_future|client_assertion_expired_token|invalid_dpop_proof_jwt_too_old',
      },
      'The times of the assertion do not fit the clock of Okta.',
    )
    if (times) {
      const short = lifetimeFits(facts)
      const some = toldThat(
        facts,
        /\b(?:sporadic|intermittent|now and then|sometimes|some (?:hosts|machines|servers|devices|nodes)|only on|other (?:hosts|machines))\b/i,
      )
      return speak(
        'clock-skew',
        'likely',
        [times, short, some && because(some, 'A mistake in the code would fail everywhere and always.')],
        { fix, weight: short || some ? 8 : 5 },
      )
    }
    const ahead = aheadBy(facts)
    if (ahead && (facts.status === undefined || facts.status === 401 || facts.status === 400))
      return speak('clock-skew', 'likely', [ahead], { fix, weight: 8 })
    return []
  },
}

/** An assertion that is meant to live for no more than the hour that is allowed. */
function lifetimeFits(facts: Facts) {
  const exp = secondsOf(facts.claims.exp)
  const iat = secondsOf(facts.claims.iat)
  const says = 'Its lifetime is within the hour that is allowed, so the clocks differ.'
  if (exp !== undefined && iat !== undefined && exp - iat <= 3_600)
    return { place: `${facts.claimsPlace}.exp`, quote: `${exp} - ${iat}`, says }
  const told = facts.told.find(({ text }) => /\b(?:assertion|jwt|token) lifetime\b.*: \d+/.test(text))
  const [, amount, unit] = /lifetime (minutes|seconds).*: (\d+)$/.exec(told?.text ?? '') ?? []
  const seconds = unit === undefined ? undefined : Number(unit) * (amount === 'minutes' ? 60 : 1)
  return told && seconds !== undefined && seconds <= 3_600 ? because(told, says) : undefined
}

/** A token whose begin lies after the moment of the answer, or whose times are no seconds. */
function aheadBy(facts: Facts) {
  const header = Date.parse(facts.header('date') ?? '')
  const at = Number.isNaN(header) ? facts.nowSeconds : Math.floor(header / 1000)
  for (const name of ['iat', 'nbf', 'exp']) {
    const seconds = secondsOf(facts.claims[name])
    if (seconds === undefined) continue
    const place = `${facts.claimsPlace}.${name}`
    if (isMilliseconds(seconds))
      return { place, quote: String(seconds), says: 'These are milliseconds; seconds are needed.' }
    if (name !== 'exp' && at !== undefined && seconds > at + 5)
      return { place, quote: String(seconds), says: `That is ${seconds - at} seconds after this answer.` }
  }
  return undefined
}
