// Is every sentence of the troubleshooting guide true here? Its situations, through the public faces, in both contracts.

import { type Diagnosis, diagnose } from '@errorg/diagnose'
import type { Contract } from '@errorg/errors'
import { describe, expect, test } from 'vitest'
import { makeWorld, REDIRECT_URI, type Read, type World } from './world.ts'

const contracts: readonly Contract[] = ['reference', 'current']

/** Diagnoses an answer from what the caller saw of it. */
function diagnosisOf(request: string, requestHeaders: Record<string, string>, answer: Read): Diagnosis {
  const [method, path] = request.split(' ') as [string, string]
  return diagnose({
    httpStatus: answer.status,
    method,
    path,
    requestHeaders,
    responseHeaders: Object.fromEntries(answer.headers),
    responseBody: answer.text,
  })
}

async function refusedCall(world: World, request: string, authorization: string) {
  const answer = await world.call(request, undefined, { authorization })
  return { answer, best: diagnosisOf(request, { authorization }, answer).findings[0] }
}

describe.each(contracts)('the guide, in the %s contract', (contract) => {
  describe('the anatomy of a 401', () => {
    test('an access token expires after an hour; a renewed one works', async () => {
      const world = await makeWorld(contract)
      await world.call(`POST /api/v1/apps/${world.service.id}/grants`, {
        scopeId: 'okta.users.read',
        issuer: world.org.url,
      })
      await world.call(`POST /oauth2/v1/clients/${world.service.clientId}/roles`, { type: 'READ_ONLY_ADMIN' })
      const { json } = await world.serviceToken('okta.users.read')
      expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'okta.users.read' })
      const list = 'GET /api/v1/users?limit=1'
      expect((await world.call(list, undefined, { authorization: `Bearer ${json.access_token}` })).status).toBe(200)
      await world.org.clock.advance(3601)
      const { answer, best } = await refusedCall(world, list, `Bearer ${json.access_token}`)
      expect(answer.status).toBe(401)
      expect(best?.kind).toBe('token-expired')
      const renewed = await world.serviceToken('okta.users.read')
      expect((await world.call(list, undefined, { authorization: `Bearer ${renewed.json.access_token}` })).status).toBe(
        200,
      )
    })

    test('a truncated and a corrupted token, and one without the word Bearer, are told apart from an expired one', async () => {
      const world = await makeWorld(contract)
      await world.call(`POST /api/v1/apps/${world.service.id}/grants`, {
        scopeId: 'okta.users.read',
        issuer: world.org.url,
      })
      await world.call(`POST /oauth2/v1/clients/${world.service.clientId}/roles`, { type: 'READ_ONLY_ADMIN' })
      const token: string = (await world.serviceToken('okta.users.read')).json.access_token
      const list = 'GET /api/v1/users?limit=1'
      const truncated = await refusedCall(world, list, `Bearer ${token.slice(0, -30)}`)
      expect([401, 403]).toContain(truncated.answer.status)
      const [head, payload, signature] = token.split('.') as [string, string, string]
      const corrupted = await refusedCall(
        world,
        list,
        `Bearer ${head}.${payload.slice(0, 40)}!${payload.slice(41)}.${signature}`,
      )
      expect([401, 403]).toContain(corrupted.answer.status)
      expect(corrupted.best?.kind).toBe('token-malformed')
      const bare = await refusedCall(world, list, token)
      expect(bare.answer.status).toBe(401)
      expect(bare.best?.kind).toBe('wrong-auth-scheme')
      for (const { best } of [truncated, corrupted, bare]) expect(best?.kind).not.toBe('token-expired')
    })

    test('an API token that was revoked', async () => {
      const world = await makeWorld(contract)
      const { tokens } = await world.org.seed({ tokens: [{ owner: world.org.admin.login, name: 'ci' }] })
      const authorization = `SSWS ${tokens[0]!.value}`
      expect((await world.call('GET /api/v1/users?limit=1', undefined, { authorization })).status).toBe(200)
      expect((await world.call(`DELETE /api/v1/api-tokens/${tokens[0]!.id}`)).status).toBe(204)
      const { answer, best } = await refusedCall(world, 'GET /api/v1/users?limit=1', authorization)
      expect(answer.status).toBe(401)
      expect(answer.json).toMatchObject({ errorCode: 'E0000011', errorSummary: 'Invalid token provided' })
      expect(best?.kind).toBe('api-token-revoked-or-expired')
    })
  })

  describe('the anatomy of a 403', () => {
    test('a token without the scope is refused; asked for and granted, it passes', async () => {
      const world = await makeWorld(contract)
      for (const scopeId of ['okta.groups.read']) {
        await world.call(`POST /api/v1/apps/${world.service.id}/grants`, { scopeId, issuer: world.org.url })
      }
      await world.call(`POST /oauth2/v1/clients/${world.service.clientId}/roles`, { type: 'READ_ONLY_ADMIN' })
      const narrow = (await world.serviceToken('okta.groups.read')).json.access_token
      const { answer, best } = await refusedCall(world, 'GET /api/v1/users?limit=1', `Bearer ${narrow}`)
      expect(answer.status).toBe(403)
      expect(answer.text).toBe('')
      expect(answer.headers.get('www-authenticate')).toMatch(
        /^Bearer .*scope="okta\.users\.read".*error="insufficient_scope"/,
      )
      expect(best?.kind).toBe('missing-scope')
      await world.call(`POST /api/v1/apps/${world.service.id}/grants`, {
        scopeId: 'okta.users.read',
        issuer: world.org.url,
      })
      const wide = (await world.serviceToken('okta.groups.read okta.users.read')).json.access_token
      expect(
        (await world.call('GET /api/v1/users?limit=1', undefined, { authorization: `Bearer ${wide}` })).status,
      ).toBe(200)
    })

    test('a scope alone is not enough: without an administrator role the answer is E0000006', async () => {
      const world = await makeWorld(contract)
      await world.call(`POST /api/v1/apps/${world.service.id}/grants`, {
        scopeId: 'okta.users.read',
        issuer: world.org.url,
      })
      const { json } = await world.serviceToken('okta.users.read')
      const { answer, best } = await refusedCall(world, 'GET /api/v1/users?limit=1', `Bearer ${json.access_token}`)
      expect(answer.status).toBe(403)
      expect(answer.json).toMatchObject({
        errorCode: 'E0000006',
        errorSummary: 'You do not have permission to perform the requested action',
      })
      expect(best?.kind).toBe('admin-role-lacks-permission')
    })

    test('a person who is not assigned is sent back with access_denied; assigned, with a code', async () => {
      const world = await makeWorld(contract)
      const refused = await world.authorize()
      expect(refused.status).toBe(302)
      // The reference has one sentence for each error; today's orgs say which of the reasons it was.
      expect(refused.location).toBe(
        contract === 'reference'
          ? `${REDIRECT_URI}?error=access_denied&error_description=The%20resource%20owner%20or%20authorization%20server%20denied%20the%20request.&state=xyz`
          : `${REDIRECT_URI}?state=xyz&error=access_denied&error_description=User+is+not+assigned+to+the+client+application.`,
      )
      const kinds = diagnose({ redirectUrl: refused.location }).findings.map((finding) => finding.kind)
      expect(kinds).toContain('user-not-assigned-to-app')
      if (contract === 'current') expect(kinds[0]).toBe('user-not-assigned-to-app')
      const log = await world.call(
        `GET /api/v1/logs?filter=${encodeURIComponent('eventType eq "app.generic.unauth_app_access_attempt"')}`,
      )
      expect(log.json).toHaveLength(1)
      expect(
        (await world.call(`POST /api/v1/apps/${world.web.id}/users`, { id: world.userId, scope: 'USER' })).status,
      ).toBe(200)
      const { location } = await world.authorize()
      expect(new URL(location).searchParams.get('code')).toMatch(/^\S{20,}$/)
      expect(new URL(location).searchParams.get('state')).toBe('xyz')
    })

    test('a sign-on policy that denies by network zone, and one that demands a factor', async () => {
      const world = await makeWorld(contract)
      const zone = await world.call('POST /api/v1/zones', {
        type: 'IP',
        name: 'Abroad',
        gateways: [{ type: 'CIDR', value: '203.0.113.0/24' }],
      })
      const policy = await world.call('POST /api/v1/policies', {
        type: 'OKTA_SIGN_ON',
        name: 'Guide',
        priority: 1,
        conditions: {
          people: { groups: { include: [(await world.call('GET /api/v1/groups?q=Everyone')).json[0].id] } },
        },
      })
      expect(policy.status).toBe(200)
      const rule = await world.call(`POST /api/v1/policies/${policy.json.id}/rules`, {
        type: 'SIGN_ON',
        name: 'Not from abroad',
        conditions: { network: { connection: 'ZONE', include: [zone.json.id] }, authContext: { authType: 'ANY' } },
        actions: { signon: { access: 'DENY' } },
      })
      expect(rule.status).toBe(200)
      const signIn = (address: string) =>
        world.call(
          'POST /api/v1/authn',
          { username: world.login, password: world.password },
          { authorization: '', 'x-forwarded-for': address },
        )
      const denied = await signIn('203.0.113.9')
      expect([401, 403]).toContain(denied.status)
      const home = await signIn('198.51.100.7')
      expect(home.status).toBe(200)
      const demand = await world.call(`PUT /api/v1/policies/${policy.json.id}/rules/${rule.json.id}`, {
        type: 'SIGN_ON',
        name: 'A factor from abroad',
        conditions: { network: { connection: 'ZONE', include: [zone.json.id] }, authContext: { authType: 'ANY' } },
        actions: { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } },
      })
      expect(demand.status).toBe(200)
      const challenged = await signIn('203.0.113.9')
      expect(challenged.status).toBe(200)
      expect(challenged.json.status).toMatch(/^MFA_/)
      expect(challenged.json.sessionToken).toBeUndefined()
      const log = await world.call(
        'GET /api/v1/logs?filter=' + encodeURIComponent('eventType eq "policy.evaluate_sign_on"'),
      )
      expect(log.json.map((event: { outcome: { result: string } }) => event.outcome.result)).toEqual(
        expect.arrayContaining(['DENY', 'CHALLENGE', 'ALLOW']),
      )
    })

    test('a read-only administrator creates a user: refused, then given the role', async () => {
      const world = await makeWorld(contract)
      const { tokens, users } = await world.org.seed({
        users: [{ login: 'reader@guide.test', roles: ['READ_ONLY_ADMIN'] }],
        tokens: [{ owner: 'reader@guide.test', name: 'ci' }],
      })
      const authorization = `SSWS ${tokens[0]!.value}`
      const body = { profile: { firstName: 'New', lastName: 'One', email: 'new@guide.test', login: 'new@guide.test' } }
      const refused = await world.call('POST /api/v1/users', body, { authorization })
      expect(refused.status).toBe(403)
      expect(refused.json.errorCode).toBe('E0000006')
      expect(diagnosisOf('POST /api/v1/users', { authorization }, refused).findings[0]?.kind).toBe(
        'admin-role-lacks-permission',
      )
      await world.call(`POST /api/v1/users/${users[0]!.id}/roles`, { type: 'USER_ADMIN' })
      expect((await world.call('POST /api/v1/users', body, { authorization })).status).toBe(200)
    })
  })

  describe('the anatomy of a 429', () => {
    test('says with x-rate-limit-reset when the window ends, and with nothing else', async () => {
      const world = await makeWorld(contract)
      world.org.settings.change({ rateLimits: { edition: 'integrator' } })
      // The API token gets half of the 20 requests a minute that an integrator org has for the log.
      for (let n = 0; n < 10; n++) expect((await world.call('GET /api/v1/logs?limit=1')).status).toBe(200)
      const refused = await world.call('GET /api/v1/logs?limit=1')
      expect(refused.status).toBe(429)
      expect(refused.json).toMatchObject({
        errorCode: 'E0000047',
        errorSummary: 'API call exceeded rate limit due to too many requests.',
      })
      expect(refused.headers.get('x-rate-limit-limit')).toBe('10')
      expect(refused.headers.get('x-rate-limit-remaining')).toBe('0')
      expect(refused.headers.get('retry-after')).toBeNull()
      const reset = Number(refused.headers.get('x-rate-limit-reset'))
      const seconds = reset - Math.floor(world.org.clock.now() / 1000)
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThanOrEqual(60)
      expect(diagnosisOf('GET /api/v1/logs?limit=1', {}, refused).findings[0]?.kind).toBe('rate-limit-exceeded')
      await world.org.clock.advance(seconds + 1)
      expect((await world.call('GET /api/v1/logs?limit=1')).status).toBe(200)
    })
  })

  describe('step 1, the System Log', () => {
    const eventsOf = async (world: World, filter: string) =>
      (await world.call(`GET /api/v1/logs?filter=${encodeURIComponent(filter)}`)).json as {
        eventType: string
        outcome: { result: string; reason: string | null }
      }[]

    test('a failed sign-in is found by the query of the guide in the reference contract, by its own name in both', async () => {
      const world = await makeWorld(contract)
      const failed = await world.call(
        'POST /api/v1/authn',
        { username: world.login, password: 'wrong' },
        { authorization: '' },
      )
      expect(failed.status).toBe(401)
      expect(failed.json.errorCode).toBe('E0000004')
      const today = await eventsOf(world, 'eventType eq "user.session.start" and outcome.result eq "FAILURE"')
      expect(today).toHaveLength(1)
      expect(today[0]!.outcome.reason).toBe('INVALID_CREDENTIALS')
      const guide = await eventsOf(
        world,
        'eventType eq "core.user_auth.login_failed" or eventType eq "oauth2.token.grant.reject"',
      )
      expect(guide).toHaveLength(contract === 'reference' ? 1 : 0)
    })

    test('a refused token request is found by the query of the guide', async () => {
      const world = await makeWorld(contract)
      const refused = await world.serviceToken('okta.users.read')
      expect(refused.status).toBeGreaterThanOrEqual(400)
      const guide = await eventsOf(world, 'eventType eq "oauth2.token.grant.reject"')
      expect(guide.length > 0).toBe(contract === 'reference')
      const today = await eventsOf(world, 'eventType sw "app.oauth2" and outcome.result eq "FAILURE"')
      expect(today.length).toBeGreaterThan(0)
      expect(today[0]!.outcome.reason).toBeTruthy()
    })

    test('an unassignment is found by the query of the guide', async () => {
      const world = await makeWorld(contract)
      await world.call(`POST /api/v1/apps/${world.web.id}/users`, { id: world.userId, scope: 'USER' })
      await world.call(`DELETE /api/v1/apps/${world.web.id}/users/${world.userId}`)
      expect(await eventsOf(world, 'eventType eq "application.user_membership.remove"')).toHaveLength(1)
      expect(await eventsOf(world, 'eventType eq "app.generic.unassign_user"')).toHaveLength(
        contract === 'reference' ? 1 : 0,
      )
    })

    test('an invalid API token is found by the query of the guide where it leaves an event at all', async () => {
      const world = await makeWorld(contract)
      await world.call('GET /api/v1/users', undefined, { authorization: `SSWS 00${'x'.repeat(40)}` })
      expect(await eventsOf(world, 'eventType eq "api.token.invalid"')).toHaveLength(contract === 'reference' ? 1 : 0)
    })
  })
})
