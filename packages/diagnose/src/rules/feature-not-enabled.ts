// Does the org lack the feature, licence or engine that this call needs?
import { heard, toldThat } from '../facts.ts'
import { because, byCode, byRequest, type Rule, speak } from './rule.ts'

const SENTENCE =
  /\bfeature\b.{0,40}\bnot (?:enabled|available|active)\b|\bpermission to access the feature\b|\bnot enabled (?:in|for) (?:this|your) (?:org|organization|environment|tenant)\b|\bonly available (?:on|for|with|to) (?:paid|identity engine)\b|\bupgrade your .{0,20}org\b|\brequires? (?:the )?.{0,40}\b(?:license|licence|sku|add-on)\b/i

export const featureNotEnabled: Rule = {
  kind: 'feature-not-enabled',
  speak(facts) {
    const authServer =
      facts.path !== undefined && /^\/api\/v1\/authorizationServers|^\/oauth2\/(?!v1\/)[^/]+\//.test(facts.path)
    const fix = [
      authServer
        ? 'Custom authorization servers, `default` included, need API Access Management. Use the org server (`/oauth2/v1/…`), or have the feature enabled.'
        : 'Look under Settings > Features, and in your contract, whether the org has this feature.',
      'Developer and preview orgs have more features than production orgs: compare the two.',
      'Operations of Identity Engine do not exist on Classic orgs, and the reverse: `GET /.well-known/okta-organization` shows the `pipeline` (idx or v1).',
      'Ask Okta Support or your account team to enable it.',
    ]
    const said = heard(facts, SENTENCE)
    if (facts.code === 'E0000015' || facts.code === 'E0000233' || facts.code === 'E0000247')
      return speak(
        'feature-not-enabled',
        'certain',
        [
          byCode(facts, 'The answer is about the org, not about the rights of the caller.'),
          facts.path !== undefined && byRequest(facts, 'This belongs to the feature that is missing.'),
        ],
        { fix, weight: 8 },
      )
    if (said && facts.code !== 'E0000006')
      return speak(
        'feature-not-enabled',
        'certain',
        [
          because(said, 'The org lacks a feature.'),
          facts.path !== undefined && byRequest(facts, 'This belongs to the feature that is missing.'),
        ],
        { fix, weight: 8 },
      )
    const none = toldThat(
      facts,
      /\bauthorization servers? (?:in org|count)?\b.{0,10}: ?(?:0|none)\b|\b(?:api access management|feature|licen[cs]e|engine)\b.{0,30}: ?(?:no|none|off|false|missing|not (?:enabled|licensed|bought)|classic)\b/i,
    )
    if (none && authServer && facts.status !== undefined && facts.status >= 400)
      return speak(
        'feature-not-enabled',
        'likely',
        [
          because(none, 'Custom authorization servers need API Access Management.'),
          byRequest(facts, 'This is the path of a custom authorization server.'),
        ],
        { fix, weight: 5 },
      )
    if (none && facts.code === undefined && facts.status !== undefined && facts.status >= 400)
      return speak('feature-not-enabled', 'likely', [because(none, 'The org lacks it.')], { fix, weight: 5 })
    return []
  },
}
