// Which fields do the org's settings have, and what do they look like on the wire?
import { isIP } from 'node:net'
import { isoDate } from '../../clock.ts'
import type { OrgSettings } from '../../entities/org-setting.ts'
import { pictureUrl } from '../../entities/picture.ts'
import type { FieldTable } from '../../fields.ts'
import type { Org } from '../../org.ts'

/** What may be said about the org itself. The rest is Okta's and is not looked at. */
export const generalFields: FieldTable = {
  address1: { type: 'string' },
  address2: { type: 'string' },
  city: { type: 'string' },
  companyName: { type: 'string' },
  country: { type: 'string' },
  endUserSupportHelpURL: { type: 'string', max: 1024 },
  phoneNumber: { type: 'string' },
  postalCode: { type: 'string' },
  state: { type: 'string' },
  supportPhoneNumber: { type: 'string' },
  website: { type: 'string', max: 1024 },
}

/** The same for a body that replaces all of it. */
export const replacementFields: FieldTable = { ...generalFields, companyName: { type: 'string', required: true } }

/** The body that names a contact. */
export const contactFields: FieldTable = { userId: { type: 'string', required: true } }

/** The body that names an Aerial account. */
export const aerialFields: FieldTable = { accountId: { type: 'string', required: true } }

/** The bodies of the switches. */
export const switchFields = {
  autoAssignAdminAppSetting: { autoAssignAdminAppSetting: { type: 'boolean', required: true } },
  clientPrivilegesSetting: { clientPrivilegesSetting: { type: 'boolean', required: true } },
  thirdPartyAdmin: { thirdPartyAdmin: { type: 'boolean', required: true } },
} as const satisfies Record<string, FieldTable>

/** Addresses that mail came back from. */
export const bounceFields: FieldTable = { emailAddresses: { type: 'array', required: true, max: 1000 } }

/** A link with the methods it takes. */
export function link(org: Org, path: string, ...allow: string[]): Record<string, unknown> {
  return { href: `${org.baseUrl}${path}`, ...(allow.length > 0 && { hints: { allow } }) }
}

/** The org as Okta shows it. */
export function showGeneral(
  org: Org,
  general: OrgSettings['general'],
  { createdAt, lastUpdatedAt, logo }: { createdAt: number; lastUpdatedAt: number; logo: string | null },
): Record<string, unknown> {
  const fields = Object.fromEntries(Object.keys(generalFields).map((name) => [name, general[name] ?? null]))
  return {
    ...fields,
    id: org.fixed.orgId,
    created: isoDate(createdAt),
    lastUpdated: isoDate(lastUpdatedAt),
    expiresAt: null,
    status: 'ACTIVE',
    subdomain: subdomainOf(org.baseUrl),
    _links: {
      preferences: link(org, '/api/v1/org/preferences'),
      uploadLogo: link(org, '/api/v1/org/logo', 'POST'),
      oktaCommunication: link(org, '/api/v1/org/privacy/oktaCommunication'),
      logo: logo === null ? null : { href: pictureUrl(org, logo) },
      oktaSupport: link(org, '/api/v1/org/privacy/oktaSupport'),
      contacts: link(org, '/api/v1/org/contacts'),
    },
  }
}

// An address has no subdomain.
function subdomainOf(baseUrl: string): string {
  const { hostname } = new URL(baseUrl)
  return isIP(hostname.replace(/[[\]]/g, '')) === 0 ? hostname.split('.')[0]! : 'errorg'
}

/** Whether the footer is shown. */
export function showPreferences(org: Org, { showEndUserFooter }: OrgSettings['preferences']): Record<string, unknown> {
  const other = showEndUserFooter ? 'hideEndUserFooter' : 'showEndUserFooter'
  return { showEndUserFooter, _links: { [other]: link(org, `/api/v1/org/preferences/${other}`, 'POST') } }
}

/** Whether users get Okta's mails. */
export function showCommunication(
  org: Org,
  { optOutEmailUsers }: OrgSettings['communication'],
): Record<string, unknown> {
  const other = optOutEmailUsers ? 'optIn' : 'optOut'
  return { optOutEmailUsers, _links: { [other]: link(org, `/api/v1/org/privacy/oktaCommunication/${other}`, 'POST') } }
}

/** Whether Okta's support may come in, and until when. */
export function showSupport(org: Org, { until }: OrgSettings['support'], now: number): Record<string, unknown> {
  const on = until !== null && now < until
  const base = '/api/v1/org/privacy/oktaSupport'
  return {
    support: on ? 'ENABLED' : 'DISABLED',
    expiration: on ? isoDate(until) : null,
    caseNumber: null,
    _links: on
      ? { extend: link(org, `${base}/extend`, 'POST'), revoke: link(org, `${base}/revoke`, 'POST') }
      : { grant: link(org, `${base}/grant`, 'POST') },
  }
}

/** A consent for an Aerial account. */
export function showAerial(
  org: Org,
  consent: Extract<OrgSettings['aerial'], { accountId: string }>,
): Record<string, unknown> {
  const base = '/api/v1/org/privacy/aerial'
  return {
    accountId: consent.accountId,
    grantedBy: consent.grantedBy,
    grantedDate: isoDate(consent.grantedAt),
    _links: { self: link(org, base), revoke: link(org, `${base}/revoke`, 'POST') },
  }
}

/** Whom Okta writes to, for one kind of contact. */
export function showContact(org: Org, userId: string): Record<string, unknown> {
  return { userId, _links: { user: link(org, `/api/v1/users/${userId}`) } }
}
