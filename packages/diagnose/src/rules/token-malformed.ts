// Is the token not whole: cut, broken by a line end, corrupted, or no JWT where one is needed?
import { heard } from '../facts.ts'
import { because, byAuthorization, byCode, fromProvisioning, type Rule, refusedForCaller, speak } from './rule.ts'

const fix = [
  'Print the length and the first and last five characters of the token where your program reads it and where it sends it, and compare.',
  'Look for quotes, blanks or a line end that came along with it (a file, a shell variable, a form field).',
  'A JWT has three parts with dots between; an API token has 42 characters and begins with 00.',
]

/** `00` and 40 more. */
const API_TOKEN_LENGTH = 42

export const tokenMalformed: Rule = {
  kind: 'token-malformed',
  speak(facts) {
    const { authorization } = facts
    if (authorization && refusedForCaller(facts)) {
      const seen = authorization.credential !== 'hidden' && authorization.credential !== 'placeholder'
      const bearer = authorization.scheme === 'bearer' || authorization.scheme === 'dpop'
      if (authorization.untidy && seen && authorization.credential !== 'empty')
        return speak(
          'token-malformed',
          'likely',
          [byAuthorization(facts, 'Blanks, quotes or brackets stand in or around the credential.')],
          { fix, weight: 8 },
        )
      if (authorization.scheme === 'ssws' && authorization.credential === 'api-token' && facts.requestComplete) {
        const { length } = authorization
        if (length !== API_TOKEN_LENGTH)
          return speak(
            'token-malformed',
            'likely',
            [
              byAuthorization(
                facts,
                `An API token has ${API_TOKEN_LENGTH} characters; this one has ${length}, so ${length < API_TOKEN_LENGTH ? 'a part is missing' : 'something was added'}.`,
              ),
            ],
            { fix, weight: 8 },
          )
      }
      if (bearer && authorization.credential === 'opaque')
        return speak(
          'token-malformed',
          facts.code === 'E0000005' ? 'likely' : 'possible',
          [
            byAuthorization(facts, 'The value behind the scheme word is no JWT, and this API takes only JWTs there.'),
            facts.code !== undefined && byCode(facts, 'Okta could make nothing of it.'),
          ],
          { fix, weight: 7 },
        )
      const broken = authorization.problems.filter((problem) => problem !== 'unsigned')
      if (bearer && broken.length > 0)
        return speak(
          'token-malformed',
          'likely',
          [byAuthorization(facts, `The token begins like a JWT, but it is not whole (${broken.join(', ')}).`)],
          { fix, weight: 8 },
        )
      if (
        authorization.scheme === 'ssws' &&
        authorization.credential === 'opaque' &&
        facts.requestComplete &&
        authorization.length > 0
      )
        return speak(
          'token-malformed',
          'likely',
          [
            byAuthorization(
              facts,
              `An API token has 42 characters and begins with 00; this one has ${authorization.length} or begins otherwise.`,
            ),
          ],
          { fix, weight: 6 },
        )
    }
    const told = facts.told.find(({ place, text }) => /tokenProblems/.test(place) && !/unsigned/.test(text))
    if (told) return speak('token-malformed', 'likely', [because(told, 'The token is not whole.')], { fix, weight: 7 })
    const said = heard(
      facts,
      /\b(?:jwt|token)\b.{0,40}\b(?:malformed|not well.?formed|truncated|corrupt(?:ed)?|must (?:have|consist of|contain) (?:three|3|exactly 2)|could not be (?:parsed|decoded))\b|\bmalformed (?:jwt|token)\b|\binvalid (?:compact )?jwt\b|\bnot a (?:valid )?jwt\b/i,
    )
    if (said && !fromProvisioning(facts) && !/client_assertion|dpop/i.test(said.text))
      return speak('token-malformed', 'likely', [because(said, 'The token could not be read.')], { fix, weight: 7 })
    return []
  },
}
