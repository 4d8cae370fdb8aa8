// Does Content-Type or Accept not suit the endpoint?
import { heard, toldThat } from '../facts.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byStatus, fromProvisioning, type Rule, speak } from './rule.ts'

export const contentTypeWrong: Rule = {
  kind: 'content-type-wrong',
  speak(facts) {
    const oauth =
      facts.path !== undefined &&
      /^\/oauth2\/.*\/v1\/|^\/oauth2\/v1\//.test(facts.path) &&
      !/\/v1\/clients/.test(facts.path)
    const fix = [
      oauth
        ? 'Send `Content-Type: application/x-www-form-urlencoded` and a form body: OAuth endpoints do not take JSON.'
        : 'Send `Content-Type: application/json` with a JSON body; uploads need `multipart/form-data`.',
      'Send `Accept: application/json`; SAML metadata wants `Accept: application/xml` or `*/*`.',
    ]
    const said = heard(
      facts,
      /accept and\/or content-type headers|unsupported media type|content[- ]type .{0,60}not (?:supported|acceptable)|did not contain supported media type/i,
    )
    const sent = facts.requestHeader('content-type')
    const told = toldThat(facts, /\bcontent type\b.*:|\baccept\b.*:/i)
    const contentType = sent !== undefined ? { place: 'requestHeaders.content-type', text: sent } : told
    const accept = facts.requestHeader('accept')
    if (facts.code !== undefined && kindOfCode(facts.code) !== 'content-type-wrong') return []
    if (fromProvisioning(facts)) return []
    if (facts.code === undefined && !said && facts.status !== 415 && facts.status !== 406) return []
    return speak(
      'content-type-wrong',
      'certain',
      [
        facts.code !== undefined
          ? byCode(facts, 'A header about the form of the body was refused, not the body.')
          : said
            ? because(said, 'A header about the form of the body was refused.')
            : byStatus(facts, 'The form of the body or of the answer was refused.'),
        contentType &&
          because(
            contentType,
            oauth && /json/i.test(contentType.text)
              ? 'OAuth endpoints take forms, not JSON.'
              : 'This is the form that the body was announced in.',
          ),
        accept !== undefined &&
          (facts.code === 'E0000019' || facts.status === 406) && {
            place: 'requestHeaders.accept',
            quote: accept,
            says: 'This is the form that was asked for.',
          },
      ],
      { fix, weight: 8 },
    )
  },
}
