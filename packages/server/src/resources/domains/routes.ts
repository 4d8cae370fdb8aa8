// Which operations does the API have on custom domains and email domains?
import { E0000007 } from '@errorg/errors/codes'
import { type Brand, brands, newBrand } from '../../entities/brand.ts'
import { type CustomDomain, customDomains, type EmailDomain, emailDomains, isInDns } from '../../entities/domain.ts'
import { fail } from '../../fail.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { Handle, RouteRow } from '../../routes.ts'
import { showCustom } from '../../shapes/domain.ts'
import { put, remove, type Stored, type Write } from '../../state/state.ts'
import { failNewer } from './newer.ts'
import { readBody, readCertificate } from './rules.ts'
import { brandFields, customFields, emailFields, senderFields, showEmail } from './schema.ts'

const DOMAINS = '/api/v1/domains'
const ONE = `${DOMAINS}/:domainId`
const EMAIL = '/api/v1/email-domains'
const ONE_EMAIL = `${EMAIL}/:emailDomainId`

async function list(org: Org) {
  return ok({ domains: (await org.state.scan(customDomains)).map((row) => showCustom(org, row)) })
}

async function add(org: Org, x: Exchange) {
  const sent = readBody(x.body, customFields)
  const domain = String(sent.domain)
  if (await org.state.holder(customDomains, `name:${domain.toLowerCase()}`)) failNewer('domain-taken')
  const { brandId, writes } = await brandFor(org, domain)
  const value: CustomDomain = {
    domain,
    brandId,
    certificateSourceType: sent.certificateSourceType === 'OKTA_MANAGED' ? 'OKTA_MANAGED' : 'MANUAL',
    validationStatus: 'NOT_STARTED',
    proof: org.ids.secret(32),
  }
  const row = { id: org.ids.next('OcD'), version: 0, value }
  await org.state.change([...writes, put(customDomains, row.id, value)])
  logDomain(org, x, 'custom_url_domain.initiate', row)
  return created(showCustom(org, row))
}

// A new domain brings a brand along, which stays when the domain goes (okta/okta-sdk-dotnet CustomDomainApiTests, seen
// in a real org) and is called like the domain (okta/okta-sdk-nodejs test/it/domain-api.ts). One that is called so
// already is taken. (inferred)
async function brandFor(org: Org, domain: string): Promise<{ brandId: string; writes: Write[] }> {
  const there = await org.state.holder(brands, `name:${domain.toLowerCase()}`)
  if (there && !there.value.isDefault) return { brandId: there.id, writes: [] }
  const brandId = org.ids.next('bnd')
  return { brandId, writes: [put(brands, brandId, newBrand(domain, org.ids.next('thd')))] }
}

async function get(org: Org, x: Exchange) {
  return ok(showCustom(org, await load(org, x)))
}

async function replace(org: Org, x: Exchange) {
  const old = await load(org, x)
  const brand = await brandOf(org, readBody(x.body, brandFields).brandId)
  if (brand.value.isDefault) failNewer('default-brand-has-no-domain')
  const next = { ...old, value: { ...old.value, brandId: brand.id } }
  await org.state.change([put(customDomains, old.id, next.value, old)])
  logDomain(org, x, 'custom_url_domain.update', next)
  return ok(showCustom(org, next))
}

async function drop(org: Org, x: Exchange) {
  const row = await load(org, x)
  await org.state.change([remove(customDomains, row)])
  logDomain(org, x, 'custom_url_domain.delete', row)
  return noContent()
}

// What is not in DNS fails, and can be tried again: the word is not in the published list (okta/okta-sdk-nodejs
// test/it/domain-api.ts). With a certificate of Okta's, a name that is there is complete at once.
async function verify(org: Org, x: Exchange) {
  const old = await load(org, x)
  const found = isInDns(org.settings.domains.verified, old.value.domain)
  const done = old.value.certificateSourceType === 'OKTA_MANAGED' || old.value.certificate !== undefined
  const validationStatus = found ? (done ? 'COMPLETED' : 'VERIFIED') : 'FAILED_TO_VERIFY'
  const next = { ...old, value: { ...old.value, validationStatus } as const }
  await org.state.change([put(customDomains, old.id, next.value, old)])
  if (found) logDomain(org, x, 'custom_url_domain.verify', next)
  return ok(showCustom(org, next))
}

async function setCertificate(org: Org, x: Exchange) {
  const old = await load(org, x)
  const { certificate } = readCertificate(x.body, old.value)
  const value: CustomDomain = {
    ...old.value,
    certificate,
    certificateSourceType: 'MANUAL',
    validationStatus: 'COMPLETED',
  }
  await org.state.change([put(customDomains, old.id, value, old)])
  logDomain(org, x, 'custom_url_domain.cert_upload', { ...old, value })
  return noContent()
}

async function load(org: Org, x: Exchange): Promise<Stored<CustomDomain>> {
  return (await org.state.load(customDomains, x.params.domainId!)) ?? failNewer('domain-missing')
}

async function listEmail(org: Org) {
  return ok((await org.state.scan(emailDomains)).map((row) => showEmail(row)))
}

async function addEmail(org: Org, x: Exchange) {
  const sent = readBody(x.body, emailFields)
  const domain = String(sent.domain)
  const { id: brandId } = await brandOf(org, sent.brandId)
  if (await org.state.holder(emailDomains, `name:${domain.toLowerCase()}`)) failNewer('email-domain-taken')
  const value: EmailDomain = {
    domain,
    brandId,
    displayName: String(sent.displayName),
    userName: String(sent.userName),
    validationSubdomain: sent.validationSubdomain ? String(sent.validationSubdomain) : 'mail',
    validationStatus: 'NOT_STARTED',
    proof: org.ids.secret(32),
  }
  const row = { id: org.ids.next('OeD'), version: 0, value }
  await org.state.change([put(emailDomains, row.id, value)])
  logDomain(org, x, 'email_domain.create', row)
  return created(showEmail(row))
}

async function getEmail(org: Org, x: Exchange) {
  return ok(showEmail(await loadEmail(org, x)))
}

async function replaceEmail(org: Org, x: Exchange) {
  const old = await loadEmail(org, x)
  if (old.value.validationStatus === 'DELETED') failNewer('email-domain-missing')
  const { displayName, userName } = readBody(x.body, senderFields)
  const next = { ...old, value: { ...old.value, displayName: String(displayName), userName: String(userName) } }
  await org.state.change([put(emailDomains, old.id, next.value, old)])
  logDomain(org, x, 'email_domain.update', next)
  return ok(showEmail(next))
}

// A deleted one stays, with a status that says so, and may be deleted again (okta/okta-sdk-nodejs
// test/it/email-domains.ts; the Terraform provider looks for it).
async function dropEmail(org: Org, x: Exchange) {
  const row = await loadEmail(org, x)
  if (row.value.validationStatus === 'DELETED') return noContent()
  const senders = (await org.state.scan(brands)).filter(({ value }) => value.emailDomainId === row.id)
  await org.state.change([
    put(emailDomains, row.id, { ...row.value, validationStatus: 'DELETED' }, row),
    ...senders.map((brand) => {
      const { emailDomainId: _gone, ...rest } = brand.value
      return put(brands, brand.id, rest, brand)
    }),
  ])
  logDomain(org, x, 'email_domain.delete', row)
  return noContent()
}

async function verifyEmail(org: Org, x: Exchange) {
  const old = await loadEmail(org, x)
  if (old.value.validationStatus === 'VERIFIED') failNewer('email-domain-verified')
  if (old.value.validationStatus === 'DELETED') failNewer('email-domain-deleted')
  if (!isInDns(org.settings.domains.verified, old.value.domain)) failNewer('email-domain-unverifiable')
  const next = { ...old, value: { ...old.value, validationStatus: 'VERIFIED' as const } }
  await org.state.change([put(emailDomains, old.id, next.value, old)])
  logDomain(org, x, 'email_domain.verify', next)
  return ok(showEmail(next))
}

async function loadEmail(org: Org, x: Exchange): Promise<Stored<EmailDomain>> {
  return (await org.state.load(emailDomains, x.params.emailDomainId!)) ?? failNewer('email-domain-missing')
}

/** A brand that is there. */
async function brandOf(org: Org, id: unknown): Promise<Stored<Brand>> {
  return (
    (await org.state.load(brands, String(id))) ?? fail(E0000007, 'resource-missing', { id: String(id), type: 'Brand' })
  )
}

const words: Readonly<Record<string, string>> = {
  'custom_url_domain.initiate': 'Custom domain setup initiated',
  'custom_url_domain.update': 'Custom domain updated',
  'custom_url_domain.delete': 'Custom domain deleted',
  'custom_url_domain.verify': 'Custom domain verified',
  'custom_url_domain.cert_upload': 'Custom domain certificate uploaded',
  'email_domain.create': 'Email domain created',
  'email_domain.update': 'Email domain updated',
  'email_domain.delete': 'Email domain deleted',
  'email_domain.verify': 'Email domain verified',
}

function logDomain(org: Org, x: Exchange, what: string, row: { id: string; value: { domain: string } }): void {
  org.log(x, {
    eventType: `system.${what}`,
    displayMessage: words[what]!,
    targets: [{ id: row.id, type: 'Domain', alternateId: 'unknown', displayName: row.value.domain }],
  })
}

const reads = (on: string, operation: string, handle: Handle): RouteRow => ({
  on: `GET ${on}`,
  operation,
  needs: 'org.read',
  handle,
})

const writes = (on: string, operation: string, handle: Handle, body?: RouteRow['body']): RouteRow => ({
  on,
  operation,
  needs: 'org.manage',
  body,
  handle,
})

/** Rows of the route table. */
export const domainRoutes: readonly RouteRow[] = [
  reads(DOMAINS, 'listCustomDomains', list),
  writes(`POST ${DOMAINS}`, 'createCustomDomain', add, 'json'),
  reads(ONE, 'getCustomDomain', get),
  writes(`PUT ${ONE}`, 'replaceCustomDomain', replace, 'json'),
  writes(`DELETE ${ONE}`, 'deleteCustomDomain', drop),
  writes(`POST ${ONE}/verify`, 'verifyDomain', verify),
  writes(`PUT ${ONE}/certificate`, 'upsertCertificate', setCertificate, 'json'),
  reads(EMAIL, 'listEmailDomains', listEmail),
  writes(`POST ${EMAIL}`, 'createEmailDomain', addEmail, 'json'),
  reads(ONE_EMAIL, 'getEmailDomain', getEmail),
  writes(`PUT ${ONE_EMAIL}`, 'replaceEmailDomain', replaceEmail, 'json'),
  writes(`DELETE ${ONE_EMAIL}`, 'deleteEmailDomain', dropEmail),
  writes(`POST ${ONE_EMAIL}/verify`, 'verifyEmailDomain', verifyEmail),
]
