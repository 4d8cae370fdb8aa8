// Was an API token sent without the word SSWS in front of it?
import { heard, toldThat } from '../facts.ts'
import { because, byAuthorization, byCode, type Rule, refusedForCaller, speak } from './rule.ts'

const fix = [
  'Send the header as `Authorization: SSWS <token>`: the word SSWS, one blank, then the API token.',
  'In a tool with an "API key" or "Bearer" tab choose "no authorization" there and write the header yourself.',
]

export const sswsPrefixMissing: Rule = {
  kind: 'ssws-prefix-missing',
  speak(facts) {
    if (!refusedForCaller(facts)) return []
    const { authorization } = facts
    const told = toldThat(
      facts,
      /\b(?:without|no|missing|forgot(?:ten)?|omit(?:s|ted)?|lacks?|absent)\b.{0,40}\bSSWS\b|\bSSWS\b.{0,40}\b(?:missing|omitted|forgotten|absent|left out|not (?:sent|there|set|included)): ?(?:true)?|\bSSWS (?:prefix|word|scheme)\b.{0,30}\b(?:missing|absent|omitted|false|none|no)\b/i,
    )
    if (
      authorization?.scheme === 'bare' &&
      authorization.credential !== 'empty' &&
      authorization.credential !== 'placeholder'
    ) {
      if (authorization.credential === 'jwt') return []
      return speak(
        'ssws-prefix-missing',
        authorization.credential === 'api-token' ? 'certain' : 'likely',
        [
          byAuthorization(
            facts,
            authorization.word === ''
              ? 'The credential stands alone. Okta needs the word SSWS before an API token.'
              : 'Between the scheme word and the credential there is no blank, so Okta does not see the word SSWS.',
          ),
          facts.code !== undefined && byCode(facts, 'Okta found no credential it could use.'),
        ],
        { fix, weight: 8 },
      )
    }
    if (authorization?.scheme === 'other' && authorization.credential === 'api-token')
      return speak(
        'ssws-prefix-missing',
        'certain',
        [byAuthorization(facts, 'The credential is an API token, but the word before it is not SSWS.')],
        { fix, weight: 8 },
      )
    if (told) return speak('ssws-prefix-missing', 'certain', [because(told, 'The word SSWS was not sent.')], { fix })
    const api = toldThat(facts, /\bapi token\b|\bapi[- ]key\b/i)
    if (facts.code === 'E0000005' && api && !authorization)
      return speak(
        'ssws-prefix-missing',
        'possible',
        [
          byCode(facts, 'Okta saw no API token and looked for a session instead.'),
          because(api, 'An API token was meant to be sent.'),
        ],
        { fix, weight: 7 },
      )
    const said = heard(facts, /\bSSWS\b.{0,60}\b(?:prefix|missing|required)\b/i)
    return said
      ? speak('ssws-prefix-missing', 'likely', [because(said, 'The message names the missing word.')], { fix })
      : []
  },
}
