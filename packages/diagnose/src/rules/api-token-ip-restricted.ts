// Does the call come from an address that this token or client may not use?
import { heard, logged, toldThat } from '../facts.ts'
import { refusedBeforeRights } from '../whole-answer.ts'
import { because, byCode, type Rule, speak } from './rule.ts'

const fix = [
  'Find the address that Okta saw: `client.ipAddress` in the System Log event of the call.',
  "Add it to a network zone that the token or app allows: Security > API > Tokens > the token's network restriction, or the app's General tab.",
  'Calls through a VPN, NAT or cloud function change their address: use a fixed one. A zone that blocks anonymisers can hold the addresses of a gateway too; put those on its exempt list.',
]
const wants = [
  {
    what: 'The address that Okta saw, and the events about refused addresses',
    how: 'eventType eq "system.api_token.request_outside_allowed_range" or eventType eq "security.request.blocked"',
  },
]

const blocklisted = [
  'Send the same call from another network. If it works there, a BLOCKLIST zone of the org (Security > Networks) or ThreatInsight blocks this address.',
]

export const apiTokenIpRestricted: Rule = {
  kind: 'api-token-ip-restricted',
  speak(facts) {
    const outside = logged(facts, { eventType: /request_outside_allowed_range/ })
    if (outside)
      return speak(
        'api-token-ip-restricted',
        'certain',
        [because(outside, 'Okta refused the address of the caller.')],
        { fix, weight: 9 },
      )
    const said = heard(
      facts,
      /outside the client's permitted network zones|\bip(?: address)?\b.{0,60}\b(?:not (?:allowed|permitted|in)|outside|blocked|restricted)|access denied by network policy/i,
    )
    if (said)
      return speak(
        'api-token-ip-restricted',
        /network zones/.test(said.text) ? 'certain' : 'likely',
        [because(said, 'The answer names the address of the caller.')],
        { fix, weight: 8 },
      )
    const blocked = logged(facts, {
      words: /\bblocked request from ip\b|outside .{0,40}(?:range|zone)|ip .{0,20}not (?:allowed|permitted)/i,
    })
    if (blocked)
      return speak(
        'api-token-ip-restricted',
        'likely',
        [because(blocked, 'A rule about addresses refused the caller.')],
        { fix, weight: 7 },
      )
    if (refusedBeforeRights(facts))
      return speak(
        'api-token-ip-restricted',
        'likely',
        [
          {
            place: 'responseHeaders',
            quote: 'x-okta-request-id without x-rate-limit-limit',
            says: 'A missing role is found after the limits, and carries their headers: something else refused the caller before.',
          },
          byCode(facts, 'Blocked addresses get these words, whoever calls.'),
        ],
        { fix: [...blocklisted, ...fix.slice(0, 1)], weight: 9, wants },
      )
    const refused = facts.status === 401 || facts.status === 403 || facts.code === 'E0000011'
    const known = facts.code === undefined || ['E0000011', 'E0000006', 'E0000005', 'access_denied'].includes(facts.code)
    if (!refused || !known) return []
    const event = logged(facts, { eventType: /^security\.request\.blocked/ })
    if (event)
      return speak(
        'api-token-ip-restricted',
        'possible',
        [because(event, 'A network zone or ThreatInsight blocked the request.')],
        { fix, weight: 4 },
      )
    const told = toldThat(
      facts,
      /\bnetwork restrictions?\b(?!: ?(?:none|anywhere|no)\b)|\b(?:allowed|permitted) (?:ips?|addresses|networks?|zones?|ranges?)\b|\b(?:ip|ip address|addresses|egress|network zones?|allow ?list|vpn|nat)\b.{0,80}\b(?:changed|new|other|different|moved|blocked|restricted|not (?:in|on|allowed|listed)|outside|works?)\b|\b(?:works?|succeeds?|accepted)\b.{0,30}\bfrom (?:the office|inside|another (?:host|machine|network)|home|laptop)/i,
    )
    if (told)
      return speak(
        'api-token-ip-restricted',
        'likely',
        [
          because(told, 'Where the call comes from makes the difference.'),
          facts.code !== undefined && byCode(facts, 'The answer does not say more.'),
        ],
        { fix, weight: 7, wants },
      )
    if (facts.code === 'E0000011' && facts.authorization?.scheme === 'ssws' && facts.authorization.credential !== 'jwt')
      return speak(
        'api-token-ip-restricted',
        'possible',
        [
          byCode(
            facts,
            'A token used from an address it does not allow may be answered like this; how is not documented.',
          ),
        ],
        { fix, weight: 1, wants },
      )
    return []
  },
}
