// Is the base URL not the API host of the org?
import { type Facts, heard, toldThat } from '../facts.ts'
import type { Because } from '../finding.ts'
import { noAnswer } from '../no-answer.ts'
import { because, byStatus, type Rule, speak } from './rule.ts'

const fix = [
  'Use the org host: `https://{your-org}.okta.com`, without `-admin`, without a path, once.',
  'The host stands in the menu at the top right of the Admin Console; copy it from there, not from the address bar.',
  'Check that URL and token belong to the same org (preview, production, developer).',
]

export const wrongOrgUrl: Rule = {
  kind: 'wrong-org-url',
  speak(facts) {
    // Okta's own pages and descriptions link into the Admin Console (`…-admin.okta.com/admin/app/…`): that is no base URL.
    const admin = heard(
      facts,
      /contains "?-admin"? in subdomain|-admin\.okta(?:preview|-emea)?\.com(?!(?::\d+)?\/admin\b)/i,
    )
    if (admin)
      return speak(
        'wrong-org-url',
        'certain',
        [because(admin, 'The host of the Admin Console was used where the host of the org belongs.')],
        { fix, weight: 9 },
      )
    const host = facts.host ?? ''
    if (/-admin\.(?:okta|oktapreview|okta-emea)\.com$/.test(host.replace(/:\d+$/, '')))
      return speak(
        'wrong-org-url',
        facts.status === undefined || facts.status >= 400 ? 'certain' : 'possible',
        [{ place: 'path', quote: host, says: 'This is the host of the Admin Console, not of the API.' }],
        { fix, weight: 9 },
      )
    const shape = oddHost(facts)
    if (shape) return speak('wrong-org-url', 'certain', [shape], { fix, weight: 9 })
    const none = noAnswer(facts)
    if (none) return speak('wrong-org-url', none.strength, [none.because], { fix: none.fix, weight: 8 })
    const curlSays =
      toldThat(facts, /could not resolve host|ENOTFOUND|getaddrinfo|name or service not known/i) ??
      heard(
        facts,
        /could not resolve host|getaddrinfo ENOTFOUND|UnknownHostException|no such host|name or service not known/i,
      )
    if (curlSays)
      return speak('wrong-org-url', 'likely', [because(curlSays, 'No such host is known.')], { fix, weight: 8 })
    const told = toldThat(
      facts,
      /https?:\/\/[\w.-]+-admin\.okta|\b(?:org|base|domain|okta)\b.{0,30}\b(?:url|domain|host)\b.{0,60}(?:-admin\.|okta\.com.{0,5}okta\.com|https?:\/\/https?:)/i,
    )
    if (told)
      return speak('wrong-org-url', 'certain', [because(told, 'The configured address is not the host of the org.')], {
        fix,
        weight: 8,
      })
    const issuer =
      typeof facts.claims.iss === 'string'
        ? /^https?:\/\/([^/]+)/.exec(facts.claims.iss)?.[1]?.toLowerCase()
        : undefined
    if (
      issuer &&
      host !== '' &&
      isOkta(issuer) &&
      isOkta(host) &&
      issuer !== host.replace(/:\d+$/, '') &&
      (facts.status === 401 || facts.status === 403)
    )
      return speak(
        'wrong-org-url',
        'likely',
        [
          { place: `${facts.claimsPlace}.iss`, quote: String(facts.claims.iss), says: 'The token is of another org.' },
          { place: 'path', quote: host, says: 'This is the org that was called.' },
        ],
        { fix, weight: 7 },
      )
    const validUrl = heard(
      facts,
      /\btypo\b.{0,60}\b(?:url|domain|host)\b|\.com\.com\b|https?:\/\/https?:|\b(?:okta (?:org |domain |base )?url|orgUrl|oktaDomain|domain)\b.{0,80}\b(?:invalid|not valid|missing|must (?:start|be|not)|typo|is required|should not)/i,
    )
    if (validUrl)
      return speak('wrong-org-url', 'certain', [because(validUrl, 'The library refuses the configured address.')], {
        fix,
        weight: 8,
      })
    const other = toldThat(
      facts,
      /\b(?:token|user|app|client)\b.{0,40}\b(?:of|from|in|belongs to) (?:another|a different|the other|the wrong) (?:org|tenant|domain)\b/i,
    )
    if (other && facts.status !== undefined && facts.status >= 400)
      return speak(
        'wrong-org-url',
        'likely',
        [
          because(other, 'The call goes to another org than it was meant for.'),
          byStatus(facts, 'That org does not know it.'),
        ],
        { fix, weight: 7 },
      )
    return []
  },
}

function isOkta(host: string): boolean {
  return /\.(?:okta|oktapreview|okta-emea|okta-gov)\.com$/.test(host.replace(/:\d+$/, ''))
}

function oddHost(facts: Facts): Because | undefined {
  const raw = facts.evidence.path ?? ''
  const host = (facts.host ?? '').replace(/:\d+$/, '')
  if (/^https?:\/\/https?[:/]/i.test(raw))
    return { place: 'path', quote: raw.slice(0, 100), says: 'The scheme stands twice.' }
  if (/(?:okta|oktapreview|okta-emea)\.com\.(?:okta|oktapreview|okta-emea)\.com/.test(host))
    return { place: 'path', quote: host, says: 'The domain stands twice.' }
  if (/^\{|\{your|%7b|yourokta|your-?okta-?domain/i.test(host))
    return { place: 'path', quote: host, says: 'The placeholder of an example was not replaced.' }
  if (/^(?:www\.)?(?:okta|oktapreview|okta-emea)\.com$/.test(host) && /\/(?:api|oauth2)\//.test(facts.path ?? ''))
    return { place: 'path', quote: host, says: 'The name of the org is missing before the domain.' }
  return undefined
}
