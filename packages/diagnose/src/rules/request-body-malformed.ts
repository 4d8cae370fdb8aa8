// Could the body not be read into the expected structure?
import { heard } from '../facts.ts'
import { bodyBroken, bodySeen, bodySent } from '../request-body.ts'
import { because, byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Check the body as it was sent, with `curl -v` or a JSON checker: complete, double quotes, no comma before a closing brace.',
  'Send `Content-Type: application/json` with a JSON body, and a body (at least `{}`) where the operation expects one.',
  'Compare the outline with the API reference: objects where objects are expected, lists where lists are, names in camelCase.',
]

const theBody = {
  what: 'The body of the request, as it was sent',
  how: 'What stands after -d or --data, or what your program logs; `curl -v` does not print it, `curl --trace-ascii -` does. Hide secrets in it. A JSON checker that accepts it rules out broken JSON.',
}

export const requestBodyMalformed: Rule = {
  kind: 'request-body-malformed',
  speak(facts) {
    const said = heard(
      facts,
      /\brequest body was not well-formed\b|\b(?:malformed|unparsable|invalid) (?:json|request body|body)\b|\b(?:json|body)\b.{0,40}\b(?:could not be parsed|parse error|malformed)\b/i,
    )
    if (
      facts.code !== 'E0000003' &&
      !(said && (facts.status === 400 || facts.status === undefined) && facts.code === undefined)
    )
      return []
    const form = /x-www-form-urlencoded/i.test(facts.requestHeader('content-type') ?? '')
    const broken = !form && bodyBroken(facts)
    const wasSent = bodySent(facts)
    const missing = wasSent === false
    const hidden = wasSent !== false && !bodySeen(facts)
    const length = facts.requestHeader('content-length')
    return speak(
      'request-body-malformed',
      'certain',
      [
        facts.code !== undefined
          ? byCode(facts, 'Okta could not read the body.')
          : because(said!, 'Okta could not read the body.'),
        broken && {
          place: 'requestBody',
          quote: String(facts.evidence.requestBody ?? facts.requestBody).slice(0, 120),
          says: 'This is not complete JSON.',
        },
        missing && {
          place: 'requestHeaders.content-length',
          quote: length ?? '(absent)',
          says: 'The request has no body.',
        },
        hidden &&
          length !== undefined && {
            place: 'requestHeaders.content-length',
            quote: length,
            says: 'A body was sent; what stands in it is not among what you handed over.',
          },
        form && {
          place: 'requestHeaders.content-type',
          quote: facts.requestHeader('content-type') ?? '',
          says: 'The body was announced as a form, not as JSON.',
        },
      ],
      { fix, weight: 8, wants: hidden ? [theBody] : [] },
    )
  },
}
