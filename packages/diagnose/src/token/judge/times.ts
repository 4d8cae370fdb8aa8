// Is it good at this moment?
import type { Finding } from '../../finding.ts'
import { isMilliseconds, momentInWords, secondsOf, spanInWords } from '../moment.ts'
import type { Decoded } from '../token-type.ts'
import { claim, finding, type JudgeOptions } from './judging.ts'

const LEEWAY_SECONDS = 5

/** The findings about its times. */
export function timesOf(token: Decoded, { now, leewaySeconds = LEEWAY_SECONDS }: JudgeOptions): Finding[] {
  const at = now / 1000
  const [exp, iat, nbf] = ['exp', 'iat', 'nbf'].map((name) => secondsOf(token.payload[name]))
  const wrongUnit = Object.entries({ exp, iat, nbf }).find(([, value]) => value !== undefined && isMilliseconds(value))
  if (wrongUnit)
    return [
      finding(
        'clock-skew',
        'times-in-milliseconds',
        'certain',
        [
          claim(
            token,
            wrongUnit[0],
            'That many seconds since 1970 lie thousands of years ahead: these are milliseconds.',
          ),
        ],
        ['Write the times of a JWT in whole seconds: divide by 1000 where the token is made. Okta writes seconds.'],
      ),
    ]
  const early =
    iat !== undefined && iat > at + leewaySeconds
      ? 'iat'
      : nbf !== undefined && nbf > at + leewaySeconds
        ? 'nbf'
        : undefined
  const found: Finding[] = []
  if (early !== undefined) {
    const moment = secondsOf(token.payload[early])!
    found.push(
      finding(
        'clock-skew',
        early === 'iat' ? 'issued-in-future' : 'not-yet-valid',
        'certain',
        [
          claim(token, early, `That is ${momentInWords(moment, now)}, by the clock of this machine.`),
          { place: 'clock', quote: new Date(now).toISOString(), says: 'This is the time here.' },
        ],
        [
          `Set the clock of this machine: it is at least ${spanInWords(moment - at)} behind that of the server. Compare it with the \`Date\` header of any answer.`,
          'Switch time synchronisation on (NTP); virtual machines and containers drift after they slept.',
          'Let the verifier allow a minute or two of difference.',
        ],
      ),
    )
  }
  if (exp !== undefined && exp <= at - leewaySeconds)
    found.push(
      finding(
        'token-expired',
        'token-past-exp',
        'certain',
        [
          claim(token, 'exp', `It was valid until ${momentInWords(exp, now)}.`),
          ...(iat === undefined ? [] : [claim(token, 'iat', `It was made for ${spanInWords(exp - iat)}.`)]),
        ],
        [
          'Get a new token: with the refresh token, or by signing in again.',
          'Store `expires_in` with the token and renew before it is over; do not wait for the 401.',
        ],
      ),
    )
  return found
}
