// Can anything of the token be read, and is it whole?
import type { TokenProblem } from '@errorg/errors/wire'
import type { Finding, Gap } from '../../finding.ts'
import { finding } from './judging.ts'

/** Says why nothing can be read; undefined where something can. */
export function notReadable(text: string, problems: readonly TokenProblem[], some: boolean): Gap | undefined {
  const send = 'The access token or ID token as the program received it: three parts with dots between.'
  if (text === '') return { what: 'Nothing.', why: 'The token is empty.', send }
  if (problems.includes('api-token'))
    return {
      what: 'An API token, not a JWT.',
      why: 'Such a token holds nothing that can be read; it goes into `Authorization: SSWS …`. Take care where you paste it.',
      send,
    }
  if (problems.includes('encrypted'))
    return {
      what: 'An encrypted token.',
      why: 'It has five parts, and only the one it is meant for can open it.',
      send: 'The token after decryption.',
    }
  if (!some && !/^ey[\w-]/.test(text))
    return {
      what: 'A text that is no JWT.',
      why: 'A JWT begins with `ey`. Opaque tokens, such as refresh tokens, hold nothing that can be read.',
      send,
    }
  return undefined
}

/** What each fault of form is called, and how it shows; in the order in which one leads to the others. */
const FAULTS: readonly [TokenProblem, cause: string, says: string][] = [
  ['blank-inside', 'token-has-blanks', 'Blanks or line ends stand inside. A verifier refuses that.'],
  ['truncated', 'token-cut', 'The end is missing: it begins well and is shorter than its algorithm makes it.'],
  ['not-three-parts', 'token-not-three-parts', 'A JWT has three parts with two dots between.'],
  ['bad-base64', 'token-not-base64url', 'A part has characters or a length that base64url does not have.'],
  ['bad-json', 'token-not-json', 'A part is no JSON object after decoding, so characters were changed on the way.'],
  ['unsigned', 'token-unsigned', 'It is not signed, so anybody can have written it. Okta signs every token.'],
]

/** The faults of its form, the first one first. */
export function malformedBy(text: string, problems: readonly TokenProblem[]): Finding[] {
  const found = FAULTS.filter(([problem]) => problems.includes(problem))
  const [first] = found
  if (!first) return []
  const parts = text.split('.').length
  const shape = `${parts} ${parts === 1 ? 'part' : 'parts'}, ${text.length} characters`
  return [
    finding(
      'token-malformed',
      first[1],
      'certain',
      found.map(([problem, , says]) => ({ place: 'token', quote: `${problem} (${shape})`, says })),
      first[0] === 'unsigned'
        ? [
            'Take tokens from the token endpoint of Okta only, and let the verifier demand RS256.',
            'If a test made this one, sign it with a key that the verifier knows.',
          ]
        : [
            'Print the length and the last five characters of the token where your program receives it and where it sends it, and compare.',
            'Look for a column, a header or a cookie that is too short for it, and for line ends from a file or a terminal.',
            'Get a new token and pass it on as it is.',
          ],
    ),
  ]
}
