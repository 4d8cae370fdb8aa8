// Which operations does the API have on custom SMS templates?
import { E0000001, E0000003, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type SmsTemplate, smsTemplates, typeKey } from '../../entities/sms-template.ts'
import { userTypes } from '../../entities/user-type.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldFault,
  type FieldRule,
  hasLoneOrWide,
  isBlank,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'

const TEMPLATES = '/api/v1/templates/sms'
const ONE = `${TEMPLATES}/:templateId`

async function list(org: Org, x: Exchange): Promise<Answer> {
  const type = x.query.get('templateType')
  const rows = [await ownTemplate(org), ...(await org.state.scan(smsTemplates))]
  return listAnswer(org, x, rows.filter(({ value }) => type === null || value.type === type).map(show))
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const value: SmsTemplate = { ...readTemplate(objectBody(x.body)), createdAt: x.now, lastUpdatedAt: x.now }
  await typeIsFree(org, value)
  const id = org.ids.next('cst')
  await org.state.change([put(smsTemplates, id, value)])
  return ok(show({ id, version: 0, value }))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(show(x.params.templateId === OWN ? await ownTemplate(org) : await load(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  return await save(org, row, {
    ...readTemplate(objectBody(x.body)),
    createdAt: row.value.createdAt,
    lastUpdatedAt: x.now,
  })
}

// What is not sent stays; a translation is added or replaced, and one that is null or empty goes (documented).
async function update(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const sent = objectBody(x.body)
  const { name, type, template } = row.value
  const said = Object.fromEntries(Object.entries(sent).filter(([, value]) => !isBlank(value)))
  const translations = { ...row.value.translations, ...objectMember(sent, 'translations') }
  const parts = readTemplate({ name, type, template, ...said, translations })
  return await save(org, row, { ...row.value, ...parts, lastUpdatedAt: x.now })
}

async function save(org: Org, row: Stored<SmsTemplate>, value: SmsTemplate): Promise<Answer> {
  await typeIsFree(org, value, row.id)
  await org.state.change([put(smsTemplates, row.id, value, row)])
  return ok(show({ ...row, value }))
}

// One that is gone already is no fault: Okta's own SDK deletes twice (okta/okta-sdk-nodejs test/it/template-sms.ts).
async function drop(org: Org, x: Exchange): Promise<Answer> {
  const row = await org.state.load(smsTemplates, x.params.templateId!)
  if (row) await org.state.change([remove(smsTemplates, row)])
  return noContent()
}

// The code is what the message is for (documented); the sentence is inferred.
const CODE = '$' + '{code}'
const message: FieldRule = {
  type: 'string',
  required: true,
  max: 161,
  form: { test: (text) => text.includes(CODE), says: `must contain ${CODE}` },
}
// Okta's own text is listed and read as `default`, and cannot be changed (reported).
const OWN = 'default'

async function ownTemplate(org: Org): Promise<Stored<SmsTemplate>> {
  const { createdAt } = (await org.state.load(userTypes, org.fixed.defaultTypeId))!.value
  const template = `Your verification code is ${CODE}.`
  const value = { name: 'Default', type: 'SMS_VERIFY_CODE', template, createdAt, lastUpdatedAt: createdAt }
  return { id: OWN, version: 0, value }
}

// Beside Okta's own there is one of a type (reported).
async function typeIsFree(org: Org, { type }: SmsTemplate, ownId?: string): Promise<void> {
  const holder = await org.state.holder(smsTemplates, typeKey(type))
  if (holder && holder.id !== ownId) fail(E0000001, 'sms-template-type-taken')
}

const label: FieldRule = { type: 'string', required: true, max: 50 }

// Okta documents one type; its own SDK makes templates of types that it thinks up.
function readTemplate(sent: JsonObject): Pick<SmsTemplate, 'name' | 'type' | 'template' | 'translations'> {
  const faults = checkFields(sent, { name: label, type: label, template: message })
  const translations = readTranslations(objectMember(sent, 'translations'), faults)
  refuseFaults(faults)
  return {
    name: String(sent.name),
    type: String(sent.type),
    template: String(sent.template),
    ...(translations && { translations }),
  }
}

function readTranslations(sent: JsonObject | undefined, faults: FieldFault[]): SmsTemplate['translations'] {
  if (!sent) return undefined
  const said = Object.entries(sent).filter(([, value]) => !isBlank(value))
  for (const [language, value] of said) {
    if (typeof value !== 'string' || hasLoneOrWide(language)) return fail(E0000003, 'body-unreadable-shape')
    faults.push(...checkFields({ [`translations.${language}`]: value }, { [`translations.${language}`]: message }))
  }
  return Object.fromEntries(said.map(([language, value]) => [language, String(value)]))
}

async function load(org: Org, x: Exchange): Promise<Stored<SmsTemplate>> {
  const id = x.params.templateId!
  // Recorded: templates are missed as instances of apps.
  return (await org.state.load(smsTemplates, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'AppInstance' })
}

function show({ id, value }: Stored<SmsTemplate>): Record<string, unknown> {
  const { createdAt, lastUpdatedAt, ...parts } = value
  return { id, ...parts, created: isoDate(createdAt), lastUpdated: isoDate(lastUpdatedAt) }
}

const reads = { needs: 'org.read' } as const
const writes = { needs: 'org.manage' } as const

/** Rows of the route table. */
export const smsTemplateRoutes: readonly RouteRow[] = [
  { on: `GET ${TEMPLATES}`, operation: 'listSmsTemplates', ...reads, handle: list },
  { on: `POST ${TEMPLATES}`, operation: 'createSmsTemplate', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getSmsTemplate', ...reads, handle: get },
  { on: `POST ${ONE}`, operation: 'updateSmsTemplate', ...writes, body: 'json', handle: update },
  { on: `PUT ${ONE}`, operation: 'replaceSmsTemplate', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteSmsTemplate', ...writes, handle: drop },
]
