// Is the operation deprecated, removed, not implemented, or not supported for this object?
import { heard } from '../facts.ts'
import { kindOfCode } from '../kind-of-code.ts'
import { because, byCode, byRequest, byStatus, fromProvisioning, type Rule, speak } from './rule.ts'

export const endpointUnsupported: Rule = {
  kind: 'endpoint-unsupported',
  speak(facts) {
    const retired = facts.operation?.lifecycle === 'RETIRED'
    const fix = [
      retired || /deprecated/i.test(facts.summary ?? '')
        ? 'Move to the operation that took its place. The Events API (`/api/v1/events`) became the System Log (`/api/v1/logs`).'
        : 'Look the operation up in the API reference: for which objects and which engine (Classic or Identity Engine) is it there?',
      'If the object is the reason, read it first: an app without the feature, a built-in object or a default one cannot do everything.',
    ]
    if (kindOfCode(facts.code) === 'endpoint-unsupported')
      return speak(
        'endpoint-unsupported',
        'certain',
        [
          byCode(facts, 'Okta does not offer this operation, or not for this object.'),
          facts.path !== undefined && byRequest(facts, 'This is the operation.'),
        ],
        { fix, weight: 8 },
      )
    if (retired && facts.status !== undefined && facts.status >= 400)
      return speak('endpoint-unsupported', 'likely', [byRequest(facts, 'Okta has removed this operation.')], {
        fix,
        weight: 8,
      })
    if (fromProvisioning(facts)) return []
    if (facts.code === undefined && (facts.status === 501 || facts.status === 410))
      return speak(
        'endpoint-unsupported',
        'likely',
        [byStatus(facts, facts.status === 410 ? 'The endpoint is gone.' : 'The operation is not implemented.')],
        { fix },
      )
    if (facts.code !== undefined && facts.code !== 'E0000001' && facts.code !== 'E0000002') return []
    const said = heard(
      facts,
      /\b(?:has been|is) (?:deprecated|removed|retired)\b|\bno longer (?:available|supported)\b|\bunsupported operation\b|\b(?:operation|action|endpoint|api|feature)\b.{0,60}\bnot (?:yet )?(?:supported|implemented|available)\b|\b(?:provisioning|instance|app) is not supported\b/i,
    )
    return said
      ? speak('endpoint-unsupported', 'likely', [because(said, 'The answer says that this is not offered here.')], {
          fix,
          weight: 6,
        })
      : []
  },
}
