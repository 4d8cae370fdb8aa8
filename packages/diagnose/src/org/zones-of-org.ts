// Does a BLOCKLIST zone of the org hold the address of the caller? Decides refusals that came before rights were looked at.
import { isRecord } from '../evidence.ts'
import { type Facts, logged } from '../facts.ts'
import type { Candidate } from '../finding.ts'
import { refusedBeforeRights } from '../whole-answer.ts'
import { holdsAddress } from './address-range.ts'
import { byAnswer, isAfter, type Question, recordsIn, silence, textAt } from './question.ts'

const BLOCKED = /^security\.request\.blocked/

export const zonesOfOrg: Question = {
  name: 'zonesOfOrg',
  async ask({ facts }, org) {
    if (facts.code !== 'E0000006' || facts.limits.limit !== undefined) return undefined
    if (!refusedBeforeRights(facts) && !logged(facts, { eventType: BLOCKED })) return undefined
    const answer = await org.get(['api', 'v1', 'zones'], { filter: 'usage eq "BLOCKLIST"' }, ({ body }) => {
      const names = activeIn(body).map((zone) => `"${textAt(zone, 'name')}"`)
      return names.length === 0 ? 'No zone blocks addresses.' : `Zones that block: ${names.join(', ')}.`
    })
    if (answer?.status !== 200) return undefined
    const zones = activeIn(answer.body).slice(0, 20)
    return {
      learnt: {
        request: answer.request,
        complete: !answer.more,
        address: addressOf(facts),
        zones: zones.map((zone) => ({
          name: textAt(zone, 'name'),
          lastUpdated: textAt(zone, 'lastUpdated'),
          // Zones of countries and networks have no addresses to compare with.
          ranges: recordsIn(zone.gateways, 150).flatMap((gateway) => textAt(gateway, 'value') ?? []),
        })),
      },
    }
  },
  speak(learnt, facts) {
    if (facts.code !== 'E0000006' || !Array.isArray(learnt.zones)) return silence
    const zones = recordsIn(learnt.zones, 20)
    const address = textAt(learnt, 'address')
    const holding = zones.find((zone) => address !== undefined && rangeOf(zone, address) !== undefined)
    if (holding && address !== undefined) {
      const later = isAfter(facts, textAt(holding, 'lastUpdated'))
      return {
        candidates: [
          blocked(
            later ? 'likely' : 'certain',
            byAnswer(
              learnt,
              `"${textAt(holding, 'name')}" gateways`,
              rangeOf(holding, address) ?? '',
              `This zone blocks ${address}, the address of the call${later ? '; it was changed after the call' : ''}.`,
            ),
          ),
        ],
        ruledOut: later ? [] : [{ kind: 'admin-role-lacks-permission' }],
      }
    }
    if (zones.length > 0 && address === undefined)
      return {
        candidates: [
          blocked(
            'likely',
            byAnswer(
              learnt,
              'name',
              zones.map((zone) => textAt(zone, 'name') ?? '').join(', '),
              'These zones block addresses; from where the call came is not known.',
            ),
          ),
        ],
        ruledOut: [],
      }
    // ThreatInsight blocks in the same words, so only the zone is out of the question.
    const none = zones.length === 0 && learnt.complete === true
    return { candidates: [], ruledOut: none ? [{ code: 'E0000006', cause: 'address-blocked' }] : [] }
  },
}

function blocked(strength: Candidate['strength'], because: Candidate['because'][number]): Candidate {
  return {
    kind: 'api-token-ip-restricted',
    strength,
    weight: 10,
    code: 'E0000006',
    cause: 'address-blocked',
    because: [because],
  }
}

function rangeOf(zone: Record<string, unknown>, address: string): string | undefined {
  const ranges = Array.isArray(zone.ranges) ? zone.ranges.slice(0, 150) : []
  return ranges.find((range) => typeof range === 'string' && holdsAddress(range, address)) as string | undefined
}

/** The address that Okta saw, as the event of the call has it. */
function addressOf(facts: Facts): string | undefined {
  for (const event of facts.evidence.logEvents ?? [])
    if (isRecord(event) && BLOCKED.test(textAt(event, 'eventType') ?? '')) {
      const address = textAt(event, 'client', 'ipAddress')
      if (address !== undefined) return address
    }
  return undefined
}

function activeIn(body: unknown): Record<string, unknown>[] {
  return recordsIn(body, 200).filter((zone) => zone.status === 'ACTIVE' && zone.usage === 'BLOCKLIST')
}
