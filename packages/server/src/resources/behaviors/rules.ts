// Is this a behavior that can be, and what may be done with it?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { type Behavior, type BehaviorType, behaviorTypes } from '../../entities/behavior.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, type JsonObject, objectBody, objectMember, refuseFaults } from '../../fields.ts'

/** What a body says about a behavior. */
export type BehaviorParts = Pick<Behavior, 'type' | 'name' | 'settings'>

const history: FieldTable = {
  maxEventsUsedForEvaluation: { type: 'integer', min: 1, max: 100 },
  minEventsNeededForEvaluation: { type: 'integer', min: 0, max: 10 },
}

const settingFields: Readonly<Record<BehaviorType, FieldTable>> = {
  ANOMALOUS_ASN: { ...history, maxEventsUsedForEvaluation: { type: 'integer', min: 0, max: 100 } },
  ANOMALOUS_DEVICE: history,
  ANOMALOUS_IP: { ...history, maxEventsUsedForEvaluation: { type: 'integer', min: 0, max: 100 } },
  ANOMALOUS_LOCATION: {
    ...history,
    granularity: { type: 'string', required: true, oneOf: ['CITY', 'COUNTRY', 'LAT_LONG', 'SUBDIVISION'] },
    radiusKilometers: { type: 'integer', min: 1, max: 2 ** 31 - 1 },
  },
  VELOCITY: { velocityKph: { type: 'integer', min: 1, max: 2 ** 31 - 1 } },
}

/** What is meant where nothing is said (documented). */
const standards: Readonly<Record<BehaviorType, JsonObject>> = {
  ANOMALOUS_ASN: { maxEventsUsedForEvaluation: 50, minEventsNeededForEvaluation: 0 },
  ANOMALOUS_DEVICE: { maxEventsUsedForEvaluation: 20, minEventsNeededForEvaluation: 0 },
  ANOMALOUS_IP: { maxEventsUsedForEvaluation: 50, minEventsNeededForEvaluation: 0 },
  ANOMALOUS_LOCATION: { maxEventsUsedForEvaluation: 20, minEventsNeededForEvaluation: 0, granularity: 'CITY' },
  VELOCITY: { velocityKph: 805 },
}

/** Reads a body; `old` is the behavior that is replaced. */
export function readBehavior(body: unknown, old?: Behavior): BehaviorParts {
  const sent = objectBody(body)
  const faults = checkFields(sent, {
    name: { type: 'string', required: true, max: 128 },
    type: { type: 'string', required: true },
  })
  refuseFaults(faults)
  const type = behaviorTypes.find((word) => word === sent.type) ?? fail(E0000003, 'body-unreadable-shape')
  if (old && old.type !== type)
    faults.push({ field: 'type', says: 'The type of a behavior cannot be changed', kind: 'invalid' })
  const settings = objectMember(sent, 'settings')
  if (settings) {
    faults.push(...checkFields(settings, settingFields[type]))
    if (settings.granularity === 'LAT_LONG' && !settings.radiusKilometers) {
      faults.push({ field: 'radiusKilometers', says: 'The field cannot be left blank', kind: 'missing' })
    }
  }
  refuseFaults(faults)
  // Only what the type knows is kept; numbers may come as text.
  const known = Object.keys(settingFields[type]).flatMap((name) => {
    const value = settings?.[name]
    if (value === undefined || value === null || value === '') return []
    return [[name, name === 'granularity' ? value : Number(value)]]
  })
  return { type, name: String(sent.name), settings: { ...standards[type], ...Object.fromEntries(known) } }
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'behavior-name-taken', { field: 'name' })
}

/** What policy rules look for stays. */
export function mayDelete(name: string, rules: readonly string[]): void {
  if (rules.length > 0) fail(E0000001, 'behavior-in-policy-rule', { name, rules: rules.join(', ') })
}
