// Does the remote app not answer, fail, or answer in a form that Okta cannot use?
import { logged, toldThat } from '../facts.ts'
import { isRemoteAnswer, remoteSays } from './provisioning.ts'
import { because, byStatus, type Rule, speak } from './rule.ts'

const fix = [
  'Look into the log of the remote server at that moment: did the request arrive, and what was the answer?',
  'Make the call by hand: `GET {base}/Users?startIndex=1&count=1` with the same credential and `Accept: application/scim+json`.',
  'Check the form of the answer: `Content-Type: application/scim+json`, `schemas`, `id`, numbers as numbers, and a body after a create.',
  'If the request never arrives: the base URL, the certificate, and a firewall that does not let Okta in.',
]

export const scimServerFault: Rule = {
  kind: 'scim-server-fault',
  speak(facts) {
    if (!isRemoteAnswer(facts)) return []
    const said = remoteSays(
      facts,
      /\b50[0-4]\b|\binternal server error\b|\bbad gateway\b|\btimed? ?out\b|\bconnection (?:refused|reset|closed)\b|\bunreachable\b|\bunknown host\b|\bcertificate\b|\b(?:could not|cannot|unable to|failed to) (?:parse|read|connect|deserialize)\b|\bunexpected (?:response|content|end)\b|\bno response\b/i,
    )
    const failed = facts.status !== undefined && facts.status >= 500
    const unseen = toldThat(
      facts,
      /\b(?:request )?(?:seen|received|arrived|reached|logged)\b[^:]*: ?(?:false|no|never|none|0)\b|\bno request (?:was )?(?:seen|received|arrived)\b|\b(?:request|call) (?:never|does not) (?:reach|arrive)\w*/i,
    )
    const silent = logged(facts, { eventType: /^application\.provision\./, result: /^FAILURE$/ })
    const reasonless = silent && silent.event.reason === '' ? silent : undefined
    if (!said && !failed && !unseen) return []
    return speak(
      'scim-server-fault',
      'likely',
      [
        said && because(said, 'The remote server failed, or gave no answer that can be used.'),
        failed && byStatus(facts, 'The remote server failed.'),
        unseen && because(unseen, 'The remote application never saw the request.'),
        reasonless && because(reasonless, 'Okta has no answer of the app to quote.'),
      ],
      { fix, weight: 8 },
    )
  },
}
