import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const ORG = '/api/v1/org'
const SUPPORT = `${ORG}/privacy/oktaSupport`
const AERIAL = `${ORG}/privacy/aerial`

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

const eventTypes = () => [...t.org.events.read()].map((event) => event.eventType)
const causesOf = (answer: { json: { errorCauses: { errorSummary: string }[] } }) =>
  answer.json.errorCauses.map((cause) => cause.errorSummary)

describe('the org', () => {
  it('is read, updated in parts and replaced', async () => {
    const first = await t.call(`GET ${ORG}`)
    expect(first.json).toMatchObject({
      id: t.org.fixed.orgId,
      companyName: 'errorg',
      status: 'ACTIVE',
      subdomain: 'errorg',
      created: '2026-11-20T10:00:00.000Z',
      expiresAt: null,
      website: null,
      _links: { logo: null, uploadLogo: { hints: { allow: ['POST'] } } },
    })
    t.clock.advance(60)
    const updated = await t.call(`POST ${ORG}`, {
      supportPhoneNumber: '1234567890',
      id: '00oOther',
      status: 'INACTIVE',
    })
    expect(updated.json).toEqual({
      ...first.json,
      supportPhoneNumber: '1234567890',
      lastUpdated: '2026-11-20T10:01:00.000Z',
    })
    const replaced = await t.call(`PUT ${ORG}`, { companyName: 'Analytical Engines', website: 'https://example.com' })
    expect(replaced.json).toMatchObject({ companyName: 'Analytical Engines', supportPhoneNumber: null })
    expect((await t.call(`GET ${ORG}`)).json).toEqual(replaced.json)
    // A name that is not sent, or sent as null, stays in a partial update.
    expect((await t.call(`POST ${ORG}`, { companyName: null })).json.companyName).toBe('Analytical Engines')
    const nameless = await t.call(`POST ${ORG}`, { companyName: '', website: 'https://other.example.com' })
    expect([nameless.status, t.lastCause()]).toEqual([400, 'E0000001/required-field-missing'])
    expect((await t.call(`GET ${ORG}`)).json.website).toBe('https://example.com')
  })

  it('keeps a name when it is replaced', async () => {
    const refused = await t.call(`PUT ${ORG}`, { website: 'https://example.com' })
    expect([refused.status, causesOf(refused)]).toEqual([400, ['companyName: The field cannot be left blank']])
  })

  it('takes a logo as a form', async () => {
    const form = new FormData()
    form.append('file', new Blob(['GIF89a']), 'logo.gif')
    const request = new Request('http://org.test', { method: 'POST', body: form })
    const headers = { 'content-type': request.headers.get('content-type')! }
    const answer = await t.call(`POST ${ORG}/logo`, await request.text(), { headers })
    expect([answer.status, answer.text]).toEqual([201, ''])
    expect((await t.call(`GET ${ORG}`)).json._links.logo.href).toBe(answer.headers.get('location'))
    const seen = await t.call(`GET ${answer.headers.get('location')!.slice(t.org.baseUrl.length)}`, undefined, {
      headers: { accept: 'image/*' },
    })
    expect([seen.headers.get('content-type'), seen.text]).toEqual(['image/gif', 'GIF89a'])
    const json = await t.call(`POST ${ORG}/logo`, { file: 'GIF89a' })
    expect([json.status, json.json.errorCode, t.lastCause()]).toEqual([
      404,
      'E0000012',
      'E0000012/upload-not-multipart',
    ])
    const text = await t.call(
      `POST ${ORG}/logo`,
      '--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nhello\r\n--b--',
      {
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      },
    )
    expect(causesOf(text)).toEqual(['file: The file must be a PNG, JPG, GIF image'])
  })
})

describe('the contacts', () => {
  it('are the first super administrator until somebody says another, who is not deleted then', async () => {
    expect((await t.call(`GET ${ORG}/contacts`)).json).toEqual([
      { contactType: 'BILLING', _links: { billing: { href: 'http://127.0.0.1/api/v1/org/contacts/billing' } } },
      { contactType: 'TECHNICAL', _links: { technical: { href: 'http://127.0.0.1/api/v1/org/contacts/technical' } } },
    ])
    expect((await t.call(`GET ${ORG}/contacts/billing`)).json.userId).toBe(t.adminId)
    const { userId } = await t.makeAdmin('ada@example.com')
    expect((await t.call(`PUT ${ORG}/contacts/BILLING`, { userId })).json.userId).toBe(userId)
    expect((await t.call(`GET ${ORG}/contacts/billing`)).json._links.user.href).toMatch(`/api/v1/users/${userId}`)
    expect((await t.call(`GET ${ORG}/contacts/TECHNICAL`)).json.userId).toBe(t.adminId)
    await t.call(`POST /api/v1/users/${userId}/lifecycle/deactivate`)
    const refused = await t.call(`DELETE /api/v1/users/${userId}`)
    expect([refused.status, t.lastCause()]).toEqual([400, 'E0000001/user-is-contact'])
    expect(refused.json.errorCauses).toEqual([
      { errorSummary: 'Cannot delete a user that is the billing contact of the org' },
    ])
    expect((await t.call(`GET ${ORG}/contacts/billing`)).json.userId).toBe(userId)
    await t.call(`PUT ${ORG}/contacts/TECHNICAL`, { userId })
    await t.call(`PUT ${ORG}/contacts/BILLING`, { userId: t.adminId })
    const still = await t.call(`DELETE /api/v1/users/${userId}`)
    expect(still.json.errorCauses[0].errorSummary).toContain('technical contact')
    await t.call(`PUT ${ORG}/contacts/TECHNICAL`, { userId: t.adminId })
    expect((await t.call(`DELETE /api/v1/users/${userId}`)).status).toBe(204)
  })

  it('must be users', async () => {
    const missing = await t.call(`PUT ${ORG}/contacts/BILLING`, { userId: '00unobody' })
    expect(missing.json.errorSummary).toBe('Not found: Resource not found: 00unobody (User)')
    const kind = await t.call(`GET ${ORG}/contacts/LEGAL`)
    expect(kind.json.errorSummary).toBe('Not found: Resource not found: LEGAL (OrgContactType)')
  })
})

describe('the switches', () => {
  it('of the footer and of mails say what they are and link to the other state', async () => {
    expect((await t.call(`GET ${ORG}/preferences`)).json.showEndUserFooter).toBe(true)
    const hidden = await t.call(`POST ${ORG}/preferences/hideEndUserFooter`)
    expect(hidden.json).toEqual({
      showEndUserFooter: false,
      _links: {
        showEndUserFooter: {
          href: 'http://127.0.0.1/api/v1/org/preferences/showEndUserFooter',
          hints: { allow: ['POST'] },
        },
      },
    })
    expect((await t.call(`POST ${ORG}/preferences/showEndUserFooter`)).json.showEndUserFooter).toBe(true)
    expect((await t.call(`GET ${ORG}/privacy/oktaCommunication`)).json.optOutEmailUsers).toBe(false)
    expect((await t.call(`POST ${ORG}/privacy/oktaCommunication/optOut`)).json.optOutEmailUsers).toBe(true)
    const back = await t.call(`POST ${ORG}/privacy/oktaCommunication/optIn`)
    expect(Object.keys(back.json._links)).toEqual(['optOut'])
  })

  it.each([
    ['settings/autoAssignAdminAppSetting', 'POST', 'autoAssignAdminAppSetting', true],
    ['settings/clientPrivilegesSetting', 'PUT', 'clientPrivilegesSetting', false],
    ['orgSettings/thirdPartyAdminSetting', 'POST', 'thirdPartyAdmin', false],
  ])('%s', async (path, method, member, standard) => {
    expect((await t.call(`GET ${ORG}/${path}`)).json).toEqual({ [member]: standard })
    expect((await t.call(`${method} ${ORG}/${path}`, { [member]: !standard })).json).toEqual({ [member]: !standard })
    expect((await t.call(`GET ${ORG}/${path}`)).json).toEqual({ [member]: !standard })
    const refused = await t.call(`${method} ${ORG}/${path}`, {})
    expect(causesOf(refused)).toEqual([`${member}: The field cannot be left blank`])
  })
})

it('service apps begin as super administrators where the org says so', async () => {
  const app = (label: string) => ({
    name: 'oidc_client',
    label,
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
    settings: {
      oauthClient: { application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
    },
  })
  const rolesOf = async (label: string) => {
    const { id } = (await t.call('POST /api/v1/apps', app(label))).json
    return (await t.call(`GET /oauth2/v1/clients/${id}/roles`)).json.map((role: { type: string }) => role.type)
  }
  expect(await rolesOf('before')).toEqual([])
  await t.call(`PUT ${ORG}/settings/clientPrivilegesSetting`, { clientPrivilegesSetting: true })
  expect(await rolesOf('after')).toEqual(['SUPER_ADMIN'])
})

describe("Okta's support", () => {
  it('comes in for eight hours, a day more, or no longer', async () => {
    expect((await t.call(`GET ${SUPPORT}`)).json).toMatchObject({ support: 'DISABLED', expiration: null })
    const granted = await t.call(`POST ${SUPPORT}/grant`)
    expect(granted.json).toMatchObject({ support: 'ENABLED', expiration: '2026-11-20T18:00:00.000Z' })
    expect((await t.call(`POST ${SUPPORT}/extend`)).json.expiration).toBe('2026-11-21T18:00:00.000Z')
    t.clock.advance(32 * 3600)
    expect((await t.call(`GET ${SUPPORT}`)).json.support).toBe('DISABLED')
    expect(causesOf(await t.call(`POST ${SUPPORT}/extend`))).toEqual(['support: Okta Support has no access now'])
    await t.call(`POST ${SUPPORT}/grant`)
    expect((await t.call(`POST ${SUPPORT}/revoke`)).json).toMatchObject({ support: 'DISABLED', expiration: null })
    for (const what of ['grant', 'extend', 'revoke'])
      expect(eventTypes()).toContain(`user.session.impersonation.${what}`)
  })

  it('is let in by super administrators only', async () => {
    const other = await t.makeAdmin('org@example.com', 'ORG_ADMIN')
    for (const request of [`GET ${SUPPORT}`, `POST ${SUPPORT}/grant`]) {
      const refused = await t.call(request, undefined, { token: other.token })
      expect([refused.json.errorCode, t.lastCause()]).toEqual(['E0000006', 'E0000006/role-lacks-permission'])
    }
  })

  it("has no cases in an org of one's own", async () => {
    expect((await t.call(`GET ${SUPPORT}/cases`)).json).toEqual({ supportCases: [] })
    const missing = await t.call(`PATCH ${SUPPORT}/cases/1000001`, { impersonation: { status: 'ENABLED' } })
    expect(missing.json.errorSummary).toBe('Not found: Resource not found: 1000001 (OktaSupportCase)')
  })
})

describe('the consent for an Aerial account', () => {
  const account = { accountId: '0200bs0617vvhv2v675mch1cukp' }

  it('is given once, read, and taken back', async () => {
    const none = await t.call(`GET ${AERIAL}`)
    expect([none.status, none.json.errorSummary]).toEqual([404, 'Not found: Resource not found: grant (String)'])
    const given = await t.call(`POST ${AERIAL}/grant`, account)
    expect(given.json).toMatchObject({ ...account, grantedBy: t.adminId, grantedDate: '2026-11-20T10:00:00.000Z' })
    expect((await t.call(`GET ${AERIAL}`)).json).toEqual(given.json)
    const again = await t.call(`POST ${AERIAL}/grant`, account)
    expect([causesOf(again), t.lastCause()]).toEqual([
      ['The org already has a consent grant added to Aerial.'],
      'E0000001/aerial-consent-exists',
    ])
    expect((await t.call(`POST ${AERIAL}/revoke`, { accountId: '0200bs0617vvhv2v675mch1cukq' })).status).toBe(404)
    expect((await t.call(`POST ${AERIAL}/revoke`, account)).status).toBe(200)
    expect((await t.call(`GET ${AERIAL}`)).status).toBe(404)
  })

  it('names an account', async () => {
    expect(causesOf(await t.call(`POST ${AERIAL}/grant`, { accountId: 'x' }))).toEqual(['Invalid aerial account ID.'])
  })
})

describe('addresses that mail came back from', () => {
  it('are named in the request', async () => {
    const refused = await t.call(`POST ${ORG}/email/bounces/remove-list`, { emailAddresses: [] })
    expect([refused.status, t.lastCause(), refused.json.errorCauses]).toEqual([
      400,
      'E0000001/required-field-missing',
      [{ errorSummary: 'emailAddresses: The field cannot be left blank' }],
    ])
    const empty = await t.call(`POST ${ORG}/email/bounces/remove-list`)
    expect([empty.status, empty.json.errorCode]).toEqual([400, 'E0000003'])
  })

  it('are answered one by one', async () => {
    const answer = await t.call(`POST ${ORG}/email/bounces/remove-list`, {
      emailAddresses: ['ADMIN@example.com', 'unknown@example.com', 'name@okta@com'],
    })
    expect(answer.json).toEqual({
      errors: [
        {
          emailAddress: 'unknown@example.com',
          reason: 'This email address does not belong to any user in your organization.',
        },
        {
          emailAddress: 'name@okta@com',
          reason: 'Invalid email address. The provided email address failed validation against RFC 3696.',
        },
      ],
    })
  })
})

describe('the factors of the org', () => {
  it('are switched on and off, but the password stays', async () => {
    expect((await t.call(`GET ${ORG}/factors`)).json).toContainEqual(
      expect.objectContaining({ id: 'okta_sms', status: 'INACTIVE' }),
    )
    expect((await t.call(`POST ${ORG}/factors/okta_sms/lifecycle/activate`)).json.status).toBe('ACTIVE')
    expect((await t.call(`POST ${ORG}/factors/okta_sms/lifecycle/activate`)).json.status).toBe('ACTIVE')
    expect((await t.call(`GET ${ORG}/factors/okta_sms`)).json.status).toBe('ACTIVE')
    expect((await t.call(`POST ${ORG}/factors/okta_sms/lifecycle/deactivate`)).json.status).toBe('INACTIVE')
    expect(eventTypes().filter((type) => type.startsWith('system.mfa'))).toEqual([
      'system.mfa.factor.activate',
      'system.mfa.factor.deactivate',
    ])
    const refused = await t.call(`POST ${ORG}/factors/okta_password/lifecycle/deactivate`)
    expect([refused.status, refused.json.errorCode, refused.json.errorSummary, t.lastCause()]).toEqual([
      400,
      'E0000020',
      'Bad request.',
      'E0000020/factor-must-stay-active',
    ])
    expect((await t.call(`GET ${ORG}/factors/okta_horn`)).status).toBe(404)
  })
})

it('takes any value without a fault, and keeps what it had when it refuses', async () => {
  const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(2000)), fc.integer())
  const names = ['companyName', 'website', 'userId', 'accountId', 'autoAssignAdminAppSetting', 'thirdPartyAdmin']
  const sent = fc.oneof(odd, fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] }))
  const writes = [
    [`POST ${ORG}`, ORG],
    [`PUT ${ORG}`, ORG],
    [`PUT ${ORG}/contacts/BILLING`, `${ORG}/contacts/BILLING`],
    [`POST ${ORG}/settings/autoAssignAdminAppSetting`, `${ORG}/settings/autoAssignAdminAppSetting`],
    [`POST ${ORG}/orgSettings/thirdPartyAdminSetting`, `${ORG}/orgSettings/thirdPartyAdminSetting`],
    [`POST ${AERIAL}/grant`, AERIAL],
    [`POST ${ORG}/email/bounces/remove-list`, ORG],
  ] as const
  const read = async (path: string) => {
    const { errorId: _id, ...json } = (await t.call(`GET ${path}`)).json
    return json
  }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writes), sent, async ([write, path], body) => {
      const before = await read(path)
      const answer = await t.call(write, JSON.stringify(body))
      expect(answer.status).toBeLessThan(500)
      if (answer.status === 200) return
      expect(answer.json.errorCode).toMatch(/^E0000(001|003|007)$/)
      expect(await read(path)).toEqual(before)
    }),
    { numRuns: 200 },
  )
})
