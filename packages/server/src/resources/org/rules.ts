// What may be said about the org itself?
import { E0000001, E0000003, E0000007 } from '@errorg/errors/codes'
import type { ContactType, OrgSettings } from '../../entities/org-setting.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, type JsonObject, objectBody, refuseBlank, refuseFaults } from '../../fields.ts'
import { aerialFields, bounceFields, contactFields, generalFields, replacementFields, switchFields } from './schema.ts'

const HOUR_MS = 60 * 60 * 1000

/** The org with what a partial update says of it. */
export function readUpdate(body: unknown, old: OrgSettings['general']): OrgSettings['general'] {
  const update = readBody(body, generalFields)
  // An org has a name, and null says nothing of it.
  if (update.companyName === '') refuseBlank('companyName')
  return { ...old, ...texts(update), companyName: textOf(update.companyName) ?? old.companyName }
}

/** The org as a body has it. */
export function readReplacement(body: unknown): OrgSettings['general'] {
  const replacement = readBody(body, replacementFields)
  return { ...texts(replacement), companyName: String(replacement.companyName) }
}

function texts(body: JsonObject): Record<string, string | null> {
  const sent = Object.keys(generalFields).filter((name) => body[name] !== undefined)
  return Object.fromEntries(sent.map((name) => [name, textOf(body[name]) ?? null]))
}

const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value)

/** The kind of contact that a path names; the case of its letters is free, as Okta's own links have it small. */
export function readContactType(name: string): ContactType {
  const type = name.toUpperCase()
  if (type === 'BILLING' || type === 'TECHNICAL') return type
  return fail(E0000007, 'resource-missing', { id: name, type: 'OrgContactType' })
}

/** The user that a body names. */
export function readContact(body: unknown): string {
  return String(readBody(body, contactFields).userId)
}

/** Support comes in for eight hours (documented). */
export function granted(now: number): OrgSettings['support'] {
  return { until: now + 8 * HOUR_MS }
}

/** A day more, added to what is left (documented); there must be something left (inferred). */
export function extended({ until }: OrgSettings['support'], now: number): OrgSettings['support'] {
  if (until === null || until <= now) {
    return fail(E0000001, 'value-invalid', { field: 'support', causes: ['support: Okta Support has no access now'] })
  }
  return { until: until + 24 * HOUR_MS }
}

/** The Aerial account that a body names. */
export function readAccount(body: unknown): string {
  const accountId = String(readBody(body, aerialFields).accountId)
  if (/^0200[0-9a-z]{20,}$/i.test(accountId)) return accountId
  return fail(E0000001, 'value-invalid', { field: 'account', causes: ['Invalid aerial account ID.'] })
}

/** One consent at a time. */
export function mayConsent(consent: OrgSettings['aerial']): void {
  if (consent.accountId !== null) fail(E0000001, 'aerial-consent-exists', { field: 'account' })
}

/** The consent that is there, or E0000007 in the words of Okta's documentation. */
export function consentOf(consent: OrgSettings['aerial']): Extract<OrgSettings['aerial'], { accountId: string }> {
  return consent.accountId === null ? fail(E0000007, 'resource-missing', { id: 'grant', type: 'String' }) : consent
}

/** A switch: on or off. */
export function readSwitch(body: unknown, name: keyof typeof switchFields): boolean {
  return readBody(body, switchFields[name])[name] === true
}

/** Addresses of a body; anything but a list of texts cannot be read. */
export function readAddresses(body: unknown): string[] {
  const addresses = readBody(body, bounceFields).emailAddresses as unknown[]
  // Reported (okta/okta-sdk-dotnet, EmailCustomizationApiTests.cs).
  if (addresses.length === 0) refuseBlank('emailAddresses')
  return addresses.map((address) => (typeof address === 'string' ? address : fail(E0000003, 'body-unreadable-shape')))
}

/** Why an address cannot be taken off the list; undefined when it can. */
export function whyKept(address: string, isKnown: boolean): string | undefined {
  if (!/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(address)) {
    return 'Invalid email address. The provided email address failed validation against RFC 3696.'
  }
  return isKnown ? undefined : 'This email address does not belong to any user in your organization.'
}

function readBody(body: unknown, table: FieldTable): JsonObject {
  const object = objectBody(body)
  refuseFaults(checkFields(object, table))
  return object
}
