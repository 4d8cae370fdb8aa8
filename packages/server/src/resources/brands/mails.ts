// Which words do the mails of a brand have?
import { type Brand, brands, type EmailCustomization, emailCustomizations } from '../../entities/brand.ts'
import { type EmailTemplate, emailTemplates, fillTemplate } from '../../entities/email-template.ts'
import { loadSetting } from '../../entities/org-setting.ts'
import { users } from '../../entities/user.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readIdCursor, readLimit, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { mayAdd, mayChange, mayRemove, readCustomization, readRecipients, templateOf } from './rules.ts'
import { link, showCustomization, showRecipients, showTemplate, templateUrl } from './schema.ts'
import { expandOf, listCustomized, loadBrand, loadCustomized } from './store.ts'

const pages = { standard: 20, most: 200, prefix: 'oel' }

/** `GET …/templates/email`: in the order of names, which cursors are too. */
export async function listTemplates(org: Org, x: Exchange): Promise<Answer> {
  const brand = await loadBrand(org, x)
  const limit = readLimit(x, pages)
  const sent = x.query.get('after') ?? ''
  const known = emailTemplates.some(({ name }) => name === sent)
  const after = known || sent === '' ? sent : readIdCursor(org, x, pages.prefix)!
  const rest = emailTemplates.filter(({ name }) => name > after).map((template) => ({ ...template, id: template.name }))
  const page = cutPage(rest, limit)
  const embed = expandOf(x)
  return pageAnswer(org, x, page, async (template) =>
    showTemplate(org, brand, template, { embed, count: await countOf(org, brand, template, embed) }),
  )
}

/** `GET …/templates/email/{templateName}` */
export async function getTemplate(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const embed = expandOf(x)
  return ok(showTemplate(org, brand, template, { embed, count: await countOf(org, brand, template, embed) }))
}

async function countOf(org: Org, brand: Stored<Brand>, { name }: EmailTemplate, embed: string[]): Promise<number> {
  return embed.includes('customizationCount') ? (await listCustomized(org, brand.id, name)).length : 0
}

/** `GET …/customizations` */
export async function listCustomizations(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const { limit, after = '' } = readPage(org, x, pages)
  const rows = (await listCustomized(org, brand.id, template.name)).filter(({ id }) => id > after)
  return pageAnswer(org, x, cutPage(rows, limit), (row) => showCustomization(org, row))
}

/** `POST …/customizations` */
export async function addCustomization(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const sent = readCustomization(template.name, x.body)
  const isDefault = mayAdd(sent, await listCustomized(org, brand.id, template.name))
  const value: EmailCustomization = {
    brandId: brand.id,
    template: template.name,
    ...sent,
    isDefault,
    createdAt: x.now,
    lastUpdatedAt: x.now,
  }
  const id = org.ids.next('oel')
  await org.state.change([put(emailCustomizations, id, value)])
  logTemplate(org, x, 'create', template)
  return created(showCustomization(org, { id, version: 0, value }))
}

/** `DELETE …/customizations`: the template says again what it said at first. */
export async function dropCustomizations(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const rows = await listCustomized(org, brand.id, template.name)
  await org.state.change(rows.map((row) => remove(emailCustomizations, row)))
  if (rows.length > 0) logTemplate(org, x, 'delete', template)
  return noContent()
}

/** `GET …/customizations/{customizationId}` */
export async function getCustomization(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  return ok(showCustomization(org, await loadCustomized(org, x, brand.id, template.name)))
}

/** `PUT …/customizations/{customizationId}` */
export async function replaceCustomization(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const old = await loadCustomized(org, x, brand.id, template.name)
  const sent = readCustomization(template.name, x.body)
  const isDefault = mayChange(old, sent, await listCustomized(org, brand.id, template.name))
  const next = { ...old, value: { ...old.value, ...sent, isDefault, lastUpdatedAt: x.now } }
  await org.state.change([put(emailCustomizations, old.id, next.value, old)])
  logTemplate(org, x, 'update', template)
  return ok(showCustomization(org, next))
}

/** `DELETE …/customizations/{customizationId}`: one that is not there is no fault (reported). */
export async function dropCustomization(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const rows = await listCustomized(org, brand.id, template.name)
  const old = rows.find(({ id }) => id === x.params.customizationId)
  if (!old) return noContent()
  mayRemove(old, rows.length)
  await org.state.change([remove(emailCustomizations, old)])
  logTemplate(org, x, 'delete', template)
  return noContent()
}

/** `GET …/customizations/{customizationId}/preview` */
export async function previewCustomization(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const { id, value } = await loadCustomized(org, x, brand.id, template.name)
  const url = templateUrl(org, brand.id, template.name)
  return ok({
    ...(await filled(org, x, value)),
    _links: {
      self: link(`${url}/customizations/${id}/preview`, 'GET'),
      contentSource: link(`${url}/customizations/${id}`, 'GET', 'PUT', 'DELETE'),
      template: link(url, 'GET'),
      test: link(`${url}/test`, 'POST'),
    },
  })
}

/** `GET …/default-content` */
export async function getDefaultContent(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const url = templateUrl(org, brand.id, template.name)
  return ok({
    subject: template.subject,
    body: template.body,
    _links: {
      self: link(`${url}/default-content`, 'GET'),
      template: link(url, 'GET'),
      preview: link(`${url}/default-content/preview`, 'GET'),
      test: link(`${url}/test`, 'POST'),
    },
  })
}

/** `GET …/default-content/preview` */
export async function previewDefaultContent(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const url = templateUrl(org, brand.id, template.name)
  return ok({
    ...(await filled(org, x, template)),
    _links: {
      self: link(`${url}/default-content/preview`, 'GET'),
      contentSource: link(`${url}/default-content`, 'GET'),
      template: link(url, 'GET'),
      test: link(`${url}/test`, 'POST'),
    },
  })
}

/** `GET …/settings` */
export async function getRecipients(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  return ok(showRecipients(org, brand, template.name))
}

/** `PUT …/settings` */
export async function replaceRecipients(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const recipients = { ...brand.value.recipients, [template.name]: readRecipients(x.body) }
  const next = { ...brand, value: { ...brand.value, recipients } }
  await org.state.change([put(brands, brand.id, next.value, brand)])
  org.log(x, {
    eventType: 'system.email.template.settings_changed',
    displayMessage: 'Email template settings changed',
    targets: [templateParty(template)],
  })
  return ok(showRecipients(org, next, template.name))
}

/** `POST …/test`: in the language that is asked for, else the default of one's own words, else Okta's. */
export async function sendTest(org: Org, x: Exchange): Promise<Answer> {
  const { brand, template } = await both(org, x)
  const customized = await listCustomized(org, brand.id, template.name)
  const wanted = x.query.get('language')
  const source =
    customized.find(({ value }) => value.language === wanted) ?? customized.find(({ value }) => value.isDefault)
  const { subject, body } = await filled(org, x, source?.value ?? template)
  const profile = (await org.state.load(users, x.caller?.userId ?? ''))?.value.profile
  for (const to of [profile?.email, profile?.secondEmail]) {
    if (typeof to !== 'string' || to === '') continue
    org.inbox.add({ at: x.now, to, channel: 'email', about: 'test', text: `${subject}\n\n${body}` })
  }
  return noContent()
}

/** A mail as the caller would get it. */
async function filled(org: Org, x: Exchange, { subject, body }: { subject: string; body: string }) {
  const profile = (await org.state.load(users, x.caller?.userId ?? ''))?.value.profile ?? {}
  const { value: general } = await loadSetting(org, 'general')
  const values = {
    ...Object.fromEntries(Object.entries(profile).map(([name, value]) => [`user.profile.${name}`, value])),
    'org.name': general.companyName,
    orgName: general.companyName,
    baseURL: org.baseUrl,
    orgAdmin: 'your administrator',
    verificationToken: '123456',
    ...Object.fromEntries(
      ['activationLink', 'resetPasswordLink', 'unlockAccountLink', 'verificationLink', 'oktaVerifyActivationLink'].map(
        (name) => [name, `${org.baseUrl}/welcome/preview`],
      ),
    ),
  }
  return { subject: fillTemplate(subject, values), body: fillTemplate(body, values) }
}

async function both(org: Org, x: Exchange): Promise<{ brand: Stored<Brand>; template: EmailTemplate }> {
  return { brand: await loadBrand(org, x), template: templateOf(x.params.templateName!) }
}

const templateParty = ({ name }: EmailTemplate) => ({
  id: name,
  type: 'EmailTemplate',
  alternateId: 'unknown',
  displayName: name,
})

function logTemplate(org: Org, x: Exchange, what: 'create' | 'update' | 'delete', template: EmailTemplate): void {
  org.log(x, {
    eventType: `system.email.template.${what}`,
    displayMessage: `${what.charAt(0).toUpperCase()}${what.slice(1)} custom email template`,
    targets: [templateParty(template)],
  })
}
