// What may a program hand over when it makes an org, changes settings or asks for a fault? The control API reads the
// same with the schemas in control/.
import { pathText } from './control/read.ts'
import type { CreateOrgOptions } from './create-org.ts'
import { type FaultInput, FaultRefusal } from './faults.ts'
import { isZoneAddress, zoneAddressOf } from './gates/address-list.ts'
import { buckets, type ClientUse } from './limits/buckets.ts'
import {
  anything,
  type Check,
  flag,
  list,
  members,
  named,
  number,
  orNull,
  text,
  textThat,
  whole,
  word,
} from './plain-checks.ts'
import type { Settings, SettingsPatch } from './settings.ts'

// Says of every member how it is looked at: one that is added to the type has to be added here.
type ChecksOf<T> = { readonly [K in keyof Required<T>]: Check }

const bucketIds = buckets.map((bucket) => bucket.id)
const clientMode = word('ENFORCE', 'PREVIEW', 'DISABLE')
const seconds = number(0)

const rateLimits: ChecksOf<Settings['rateLimits']> = {
  edition: word('off', 'integrator', 'one-app', 'enterprise', 'workforce'),
  limits: members(Object.fromEntries(bucketIds.map((id) => [id, whole(1)]))),
  concurrency: orNull(whole(1)),
  tokenPercent: whole(1, 100),
  warningPercent: whole(30, 90),
  clientMode,
  clientModes: members({
    LOGIN_PAGE: clientMode,
    OAUTH2_AUTHORIZE: clientMode,
    OIE_APP_INTENT: clientMode,
  } satisfies Record<ClientUse, Check>),
  notifyAdmins: flag,
}

const delays: ChecksOf<Settings['delays']> = {
  activationSeconds: seconds,
  userTypeSeconds: seconds,
  appPolicySeconds: seconds,
  groupRuleSeconds: seconds,
  schemaUpdateSeconds: seconds,
  schemaCleanupSeconds: seconds,
}

const passwordPolicy: ChecksOf<Settings['passwordPolicy']> = {
  minLength: whole(4, 72),
  history: whole(0, 30),
  maxAttempts: whole(0, 100),
  autoUnlockMinutes: whole(0),
  showLockoutFailures: flag,
}

const knownAddresses: ChecksOf<Settings['addresses']['known'][number]> = {
  range: textThat((range) => isZoneAddress(zoneAddressOf(range)), 'this is no address, subnet or range'),
  country: textThat((country) => /^[A-Z]{2}$/.test(country), 'must be like DE'),
  region: textThat((region) => /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(region), 'must be like DE-BE'),
  asn: textThat((asn) => /^\d{1,10}$/.test(asn), 'must be digits'),
  services: list(textThat((service) => /^[A-Z_]+_(?:PROXY|VPN|TOR)$/.test(service), 'must be like NORD_VPN')),
  malicious: flag,
}

const settingsChecks: ChecksOf<Settings> = {
  contract: word('reference', 'current'),
  readOnly: flag,
  features: named(flag),
  rateLimits: members(rateLimits),
  apps: members({ most: orNull(whole(0)) }),
  groupRules: members({ most: whole(0) }),
  addresses: members({ known: list(members(knownAddresses)) }),
  eventHooks: members({ mostADay: whole(0) }),
  domains: members({ verified: list(textThat((name) => name !== '', 'must not be empty')) }),
  delays: members(delays),
  passwordPolicy: members(passwordPolicy),
}

// What Node would refuse to send.
const headerName = textThat((name) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name), 'is no name of a header')
const headerValue = textThat((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value), 'is no value of a header')

const faultChecks: ChecksOf<FaultInput> = {
  name: text,
  match: members({ method: text, path: text, caller: text } satisfies ChecksOf<NonNullable<FaultInput['match']>>),
  answer: members({
    code: text,
    status: whole(200, 599),
    body: anything,
    headers: named(headerValue, headerName),
  } satisfies ChecksOf<NonNullable<FaultInput['answer']>>),
  headers: named(orNull(headerValue), headerName),
  latencyMs: whole(0, 600_000),
  line: word('hang', 'reset'),
  body: word('truncated', 'not-json', 'html', 'empty'),
  skewSeconds: number(-3.2e9, 3.2e9),
  times: whole(1),
  probability: number(0, 1),
  fromSeconds: number(0),
  toSeconds: number(0),
}

// `settings` and `contract` as above; what stands `anything` is looked at where it is used, or only used.
const optionChecks: ChecksOf<CreateOrgOptions> = {
  contract: settingsChecks.contract,
  settings: members(settingsChecks),
  seed: anything,
  demo: flag,
  url: anything,
  token: anything,
  adminPassword: text,
  controlToken: text,
  control: flag,
  diagnose: anything,
  clock: anything,
  random: anything,
  suffix: text,
  passwordCost: anything,
  onFault: anything,
  sleep: anything,
  fetch: anything,
  signingKeys: anything,
  logCapacity: anything,
  ledgerCapacity: anything,
}

const isOptions = members(optionChecks)
const isSettings = members(settingsChecks)
const isFault = members(faultChecks)

/** Refuses options of `createOrg` that it does not know or understand. */
export function requireOptions(options: CreateOrgOptions): void {
  const faults = textOf(isOptions(options))
  if (faults) throw new TypeError(`createOrg does not take these options: ${faults}`)
}

/** Refuses a change of settings that says something else. */
export function requireSettings(patch: SettingsPatch): void {
  const faults = textOf(isSettings(patch))
  if (faults) throw new TypeError(`these settings cannot be set: ${faults}`)
}

/** Refuses a fault that says something else. */
export function requireFault(input: FaultInput): void {
  const faults = textOf(isFault(input))
  if (faults) throw new FaultRefusal(`this fault cannot be played: ${faults}`)
}

function textOf(faults: ReturnType<Check>): string {
  return faults.map((fault) => `${pathText(fault.path)}: ${fault.says}`).join('; ')
}
