// Which operations does the API have on CAPTCHAs, and where does the org ask for them?
import { E0000001, E0000003, E0000007 } from '@errorg/errors/codes'
import {
  type Captcha,
  captchas,
  loadProtection,
  type ProtectionSettings,
  saveProtection,
} from '../../entities/protection.ts'
import { fail } from '../../fail.ts'
import { failWithNewer } from '../../fail-newer.ts'
import { checkFields, type FieldTable, type JsonObject, objectBody, refuseFaults } from '../../fields.ts'
import { type Answer, created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import { namedParty, notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'

const CAPTCHAS = '/api/v1/captchas'
const ONE = `${CAPTCHAS}/:captchaId`
const SETTINGS = '/api/v1/org/captcha'

async function list(org: Org, x: Exchange): Promise<Answer> {
  const rows = await org.state.scan(captchas)
  return listAnswer(
    org,
    x,
    rows.map((row) => showCaptcha(org, row)),
  )
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const value = readCaptcha(x.body)
  mayAdd((await org.state.scan(captchas, { limit: 1 })).length)
  const row = { id: org.ids.next('cap'), version: 0, value }
  await org.state.change([put(captchas, row.id, value)])
  note(org, x, 'create', row)
  return created(showCaptcha(org, row))
}

function mayAdd(count: number): void {
  if (count === 0) return
  const says =
    'CAPTCHA count limit reached. At most one CAPTCHA instance is allowed per Org. Please remove existing CAPTCHA to create a new one.'
  failWithNewer(
    'E0000166',
    'captcha-limit-reached',
    'request',
    {
      kind: 'object-state-forbids-operation',
      says: 'The org has a CAPTCHA already, and can have one.',
      fix: ['Change the one that is there (PUT /api/v1/captchas/{id}), or delete it first.'],
      sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes/test_captcha_it' }],
    },
    { causes: [says] },
  )
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(showCaptcha(org, await load(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  return await save(org, x, row, readCaptcha(x.body, row.value.secretKey))
}

async function update(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const sent = objectBody(x.body)
  const named = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined && value !== null))
  return await save(org, x, row, readCaptcha({ ...row.value, ...named }))
}

async function save(org: Org, x: Exchange, row: Stored<Captcha>, value: Captcha): Promise<Answer> {
  await org.state.change([put(captchas, row.id, value, row)])
  const next = { ...row, value }
  note(org, x, 'update', next)
  return ok(showCaptcha(org, next))
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const row = await load(org, x)
  const { value } = await loadProtection(org, 'captcha')
  mustNotBeUsed(value.captchaId === row.id)
  await org.state.change([remove(captchas, row)])
  note(org, x, 'delete', row)
  return noContent()
}

function mustNotBeUsed(isUsed: boolean): void {
  if (!isUsed) return
  failWithNewer('E0000168', 'captcha-in-use', 'request', {
    kind: 'object-state-forbids-operation',
    says: 'The org-wide settings name this CAPTCHA.',
    fix: ['Take it out of the settings first: DELETE /api/v1/org/captcha, or PUT with captchaId null.'],
    sources: [{ mark: 'documented', where: "CAPTCHAs reference, and Okta's list of error codes" }],
  })
}

const text = { type: 'string', required: true, max: 255 } as const
const captchaFields: FieldTable = {
  name: text,
  siteKey: text,
  secretKey: text,
  type: { type: 'string', required: true },
}

// The secret is never shown, so a change may leave it out.
function readCaptcha(body: unknown, oldSecret?: string): Captcha {
  const sent: JsonObject = { ...(oldSecret !== undefined && { secretKey: oldSecret }), ...objectBody(body) }
  refuseFaults(checkFields(sent, captchaFields))
  const { type } = sent
  if (type !== 'HCAPTCHA' && type !== 'RECAPTCHA_V2') return fail(E0000003, 'body-unreadable-shape')
  return { name: String(sent.name), type, siteKey: String(sent.siteKey), secretKey: String(sent.secretKey) }
}

async function load(org: Org, x: Exchange): Promise<Stored<Captcha>> {
  const id = x.params.captchaId!
  return (await org.state.load(captchas, id)) ?? fail(E0000007, 'resource-missing', { id, type: 'Captcha' })
}

function showCaptcha(org: Org, { id, value }: Stored<Captcha>): Record<string, unknown> {
  return {
    id,
    name: value.name,
    siteKey: value.siteKey,
    type: value.type,
    _links: {
      self: { href: `${org.baseUrl}${CAPTCHAS}/${id}`, hints: { allow: ['GET', 'POST', 'PUT', 'DELETE'] } },
    },
  }
}

async function getSettings(org: Org): Promise<Answer> {
  return ok(showSettings(org, (await loadProtection(org, 'captcha')).value))
}

async function setSettings(org: Org, x: Exchange): Promise<Answer> {
  const seen = await loadProtection(org, 'captcha')
  const value = readSettings(x.body)
  mustBeThere(
    value.captchaId,
    value.captchaId === null || (await org.state.load(captchas, value.captchaId)) !== undefined,
  )
  await saveProtection(org, 'captcha', seen, value, x.now)
  return ok(showSettings(org, value))
}

async function dropSettings(org: Org, x: Exchange): Promise<Answer> {
  const seen = await loadProtection(org, 'captcha')
  await saveProtection(org, 'captcha', seen, { captchaId: null, enabledPages: [] }, x.now)
  return noContent()
}

const pages: readonly unknown[] = ['SIGN_IN', 'SSPR', 'SSR']

function readSettings(body: unknown): ProtectionSettings['captcha'] {
  const { captchaId = null, enabledPages } = objectBody(body)
  const list = enabledPages ?? []
  if (captchaId !== null && typeof captchaId !== 'string') return fail(E0000003, 'body-unreadable-shape')
  if (!Array.isArray(list) || !list.every((page) => pages.includes(page)))
    return fail(E0000003, 'body-unreadable-shape')
  if (captchaId === null && list.length > 0) {
    refuseFaults([{ field: 'captchaId', says: 'The field cannot be left blank', kind: 'missing' }])
  }
  return { captchaId, enabledPages: [...new Set(list as string[])] }
}

function mustBeThere(id: string | null, isThere: boolean): void {
  if (!isThere) fail(E0000001, 'captcha-unknown', { captcha: String(id).slice(0, 60) })
}

function showSettings(org: Org, { captchaId, enabledPages }: ProtectionSettings['captcha']): Record<string, unknown> {
  const href = captchaId === null ? org.baseUrl + CAPTCHAS : `${org.baseUrl}${CAPTCHAS}/${captchaId}`
  return {
    captchaId,
    enabledPages,
    _links: { self: { href, hints: { allow: ['GET', 'POST', 'PUT', 'DELETE'] } } },
  }
}

const note = notes(
  'system.captcha',
  { create: 'Create CAPTCHA', update: 'Update CAPTCHA', delete: 'Delete CAPTCHA' },
  namedParty('Captcha'),
)

const reads = { needs: 'security.read' } as const
const writes = { needs: 'security.manage' } as const

/** Rows of the route table. */
export const captchaRoutes: readonly RouteRow[] = [
  { on: `GET ${CAPTCHAS}`, operation: 'listCaptchaInstances', ...reads, handle: list },
  { on: `POST ${CAPTCHAS}`, operation: 'createCaptchaInstance', ...writes, body: 'json', handle: add },
  { on: `GET ${ONE}`, operation: 'getCaptchaInstance', ...reads, handle: get },
  { on: `POST ${ONE}`, operation: 'updateCaptchaInstance', ...writes, body: 'json', handle: update },
  { on: `PUT ${ONE}`, operation: 'replaceCaptchaInstance', ...writes, body: 'json', handle: replace },
  { on: `DELETE ${ONE}`, operation: 'deleteCaptchaInstance', ...writes, handle: drop },
  { on: `GET ${SETTINGS}`, operation: 'getOrgCaptchaSettings', ...reads, handle: getSettings },
  { on: `PUT ${SETTINGS}`, operation: 'replacesOrgCaptchaSettings', ...writes, body: 'json', handle: setSettings },
  { on: `DELETE ${SETTINGS}`, operation: 'deleteOrgCaptchaSettings', ...writes, handle: dropSettings },
]
