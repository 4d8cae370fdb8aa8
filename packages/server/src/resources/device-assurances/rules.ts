// Is this a device assurance policy that can be, and may it go?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { type AssurancePlatform, assurancePlatforms, type DeviceAssurance } from '../../entities/device-assurance.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldFault,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from '../../fields.ts'

/** What a body says about a policy. */
export type AssuranceParts = Pick<DeviceAssurance, 'name' | 'platform' | 'displayRemediationMode' | 'conditions'>

const common = ['osVersion', 'thirdPartySignalProviders', 'gracePeriod', 'devicePostureChecks'] as const

/** The conditions that each platform knows (documented). */
const known: Readonly<Record<AssurancePlatform, readonly string[]>> = {
  ANDROID: [...common, 'callerContext', 'diskEncryptionType', 'jailbreak', 'screenLockType', 'secureHardwarePresent'],
  CHROMEOS: common,
  IOS: [...common, 'jailbreak', 'screenLockType'],
  MACOS: [...common, 'diskEncryptionType', 'screenLockType', 'secureHardwarePresent'],
  WINDOWS: [...common, 'osVersionConstraints', 'diskEncryptionType', 'screenLockType', 'secureHardwarePresent'],
}

const every = [...new Set(Object.values(known).flat())]

const listWords: Readonly<Record<string, readonly string[]>> = {
  diskEncryptionType: ['ALL_INTERNAL_VOLUMES', 'FULL', 'USER'],
  screenLockType: ['BIOMETRIC', 'NONE', 'PASSCODE'],
}

/** Reads a body; `old` is the policy that is replaced. */
export function readAssurance(body: unknown, old?: DeviceAssurance): AssuranceParts {
  const sent = objectBody(body)
  refuseFaults(
    checkFields(sent, {
      name: { type: 'string', required: true, max: 255 },
      platform: { type: 'string', required: true },
      displayRemediationMode: { type: 'string' },
    }),
  )
  const platform = assurancePlatforms.find((word) => word === sent.platform) ?? fail(E0000003, 'body-unreadable-shape')
  const mode = sent.displayRemediationMode ?? undefined
  if (mode !== undefined && mode !== 'HIDE' && mode !== 'SHOW') return fail(E0000003, 'body-unreadable-shape')
  const faults: FieldFault[] = []
  if (old && old.platform !== platform) faults.push(invalid('platform', 'The platform of a policy cannot be changed'))
  const conditions = readConditions(sent, platform, faults)
  refuseFaults(faults)
  mustAskSomething(conditions)
  return {
    name: String(sent.name),
    platform,
    ...(mode !== undefined && { displayRemediationMode: mode }),
    conditions,
  }
}

const invalid = (field: string, says = 'The field has an invalid value'): FieldFault => ({
  field,
  says,
  kind: 'invalid',
})

function readConditions(sent: JsonObject, platform: AssurancePlatform, faults: FieldFault[]): JsonObject {
  const conditions: Record<string, unknown> = {}
  for (const name of every) {
    const value = sent[name]
    if (value === undefined || value === null) continue
    if (!known[platform].includes(name)) faults.push(invalid(name, `Not supported on ${platform}`))
    else {
      faults.push(...faultsOf(name, value))
      conditions[name] = value
    }
  }
  return conditions
}

function faultsOf(name: string, value: unknown): FieldFault[] {
  if (name === 'jailbreak' || name === 'secureHardwarePresent') {
    if (typeof value !== 'boolean') fail(E0000003, 'body-unreadable-shape')
    // Who does not ask for secure hardware leaves it out (reported: okta/okta-sdk-dotnet, DeviceAssuranceApiTests.cs).
    return name === 'jailbreak' || value ? [] : [invalid(name)]
  }
  if (name === 'osVersionConstraints') return constraintFaults(value)
  if (!isObject(value)) return fail(E0000003, 'body-unreadable-shape')
  const words = listWords[name]
  if (words) {
    const list = value.include ?? []
    if (!Array.isArray(list) || !list.every((word) => typeof word === 'string')) fail(E0000003, 'body-unreadable-shape')
    // A word that the model does not know cannot be bound.
    if (!list.every((word) => words.includes(word))) return fail(E0000003, 'body-unreadable-shape')
    return name === 'screenLockType' && !locksEnough(list) ? [invalid('screenLockType')] : []
  }
  if (name === 'osVersion') return versionFaults(value)
  if (name === 'gracePeriod') {
    return value.type === 'BY_DATE_TIME' || value.type === 'BY_DURATION' ? [] : [invalid('gracePeriod.type')]
  }
  return []
}

// A passcode alone is no lock that can be asked for, nor is none (reported: okta/okta-sdk-dotnet, DeviceAssuranceApiTests.cs).
const locksEnough = (kinds: readonly string[]): boolean =>
  kinds.length === 0 || (kinds.includes('BIOMETRIC') && !kinds.includes('NONE'))

const VERSION = /^\d{1,6}(?:\.\d{1,6}){0,3}$/

function versionFaults(version: JsonObject): FieldFault[] {
  const { minimum } = version
  const dynamic = objectMember(version, 'dynamicVersionRequirement')
  if (dynamic && minimum !== undefined && minimum !== null) {
    return [invalid('osVersion', 'Either minimum or dynamicVersionRequirement can be set')]
  }
  if (minimum === undefined || minimum === null) return []
  if (typeof minimum !== 'string') return fail(E0000003, 'body-unreadable-shape')
  return VERSION.test(minimum) ? [] : [invalid('osVersion.minimum')]
}

function constraintFaults(list: unknown): FieldFault[] {
  if (!Array.isArray(list)) return fail(E0000003, 'body-unreadable-shape')
  const majors = list.map((one) =>
    isObject(one) ? one.majorVersionConstraint : fail(E0000003, 'body-unreadable-shape'),
  )
  const words: readonly unknown[] = ['WINDOWS_10', 'WINDOWS_11']
  const fits = majors.every((word) => words.includes(word)) && new Set(majors).size === majors.length
  return fits && list.length >= 1 && list.length <= 2 ? [] : [invalid('osVersionConstraints')]
}

// Grace and what is shown to the user are no conditions.
function mustAskSomething(conditions: JsonObject): void {
  if (!Object.keys(conditions).some((name) => name !== 'gracePeriod')) fail(E0000001, 'device-condition-missing')
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'device-assurance-name-taken', { field: 'name' })
}

/** What authentication policies count on stays (documented). */
export function mayDelete(name: string, rules: readonly string[]): void {
  if (rules.length > 0) fail(E0000001, 'device-assurance-in-policy-rule', { name, rules: rules.join(', ') })
}
