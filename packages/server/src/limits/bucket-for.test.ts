import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bucketFor } from './bucket-for.ts'
import { buckets, type Edition, editions } from './buckets.ts'

describe('the bucket of a request', () => {
  test.each([
    ['GET /api/v1/users', 'users.list'],
    ['GET /api/v1/users?limit=1', 'users.list'],
    ['HEAD /api/v1/users', 'users.list'],
    ['post /api/v1/users', 'users.list'],
    ['GET /api/v1/users/me', 'users.read.one'],
    ['GET /api/v1/users/{userId}', 'users.read.one'],
    ['PUT /api/v1/users/00u1', 'users.write.one'],
    ['DELETE /api/v1/users/00u1', 'users.write.one'],
    ['PATCH /api/v1/users/00u1', 'api.v1'],
    ['DELETE /api/v1/users', 'api.v1'],
    ['POST /api/v1/users/00u1/lifecycle/activate', 'users.list'],
    ['GET /api/v1/users/{userId}/factors/{factorId}', 'users.list'],
    ['GET /api/v1/users/00u1/subscriptions/X', 'users.subscriptions'],
    ['GET /api/v1/groups', 'groups'],
    ['GET /api/v1/groups/00g1', 'groups.one'],
    ['GET /api/v1/groups/{groupId}', 'groups.one'],
    ['GET /api/v1/groups/rules', 'groups'],
    ['DELETE /api/v1/groups/rules/0pr1', 'groups'],
    ['PUT /api/v1/groups/00g1/users/00u1', 'groups'],
    ['GET /api/v1/apps', 'apps'],
    ['PUT /api/v1/apps/0oa1', 'apps.one'],
    ['POST /api/v1/apps/0oa1/lifecycle/activate', 'apps'],
    ['GET /api/v1/logs', 'logs'],
    ['POST /api/v1/authn', 'authn'],
    ['POST /api/v1/authn/factors/{factorId}/verify', 'authn.factor.verify'],
    ['POST /api/v1/authn/factors', 'authn'],
    ['GET /oauth2/v1/authorize', 'oauth2.org.authorize'],
    ['POST /oauth2/v1/token', 'oauth2.org.token'],
    ['GET /oauth2/v1/token', 'oauth2.org'],
    ['POST /oauth2/v1/introspect', 'oauth2.org'],
    ['GET /oauth2/v1/clients/0oa1', 'oauth2.clients'],
    ['POST /oauth2/default/v1/token', 'oauth2.custom.token'],
    ['GET /oauth2/{authorizationServerId}/v1/authorize', 'oauth2.custom.authorize'],
    ['GET /oauth2/aus1/v1/userinfo', 'oauth2.custom'],
    ['GET /oauth2/aus1', 'oauth2.other'],
    ['GET /app/x/k/sso/saml', 'app.saml'],
    ['GET /app/template_saml_2_0/k/sso/saml', 'app.template_saml'],
    ['POST /app/office365_2/k/sso/wsfed/active', 'app.o365.active'],
    ['GET /api/v1/radius', 'radius'],
    ['GET /api/v1/org', 'org'],
    ['GET /api/v1/org/captcha', 'captchas'],
    ['GET /api/v1/orgs', 'api.v1'],
    ['POST /api/v1/orgs', 'orgs.create'],
    ['GET /api/v1/eventHooks/who', 'authorizationServers'],
    ['GET /api/v1/domains', 'domains'],
    ['POST /api/v1/domains', 'domains.write'],
    ['GET /api/v1/devices/guo1/users', 'devices.users'],
    ['GET /api/v1/devices/guo1', 'devices'],
    ['GET /api/v1/roles/SUPER_ADMIN/subscriptions', 'roles.subscriptions'],
    ['GET /api/v1/meta/types/user', 'api.v1'],
    ['GET /api/v1', 'api.v1'],
    ['GET /signin', 'other'],
    ['GET /', 'other'],
  ])('%s', (request, id) => {
    const [method, path] = request.split(' ') as [string, string]
    expect(bucketFor(method, path)?.id).toBe(id)
  })

  test.each([
    'GET /oauth2/v1/keys',
    'GET /oauth2/default/v1/keys',
    'GET /oauth2/{authorizationServerId}/v1/keys',
    'GET /.well-known/openid-configuration',
    'GET /oauth2/aus1/.well-known/oauth-authorization-server',
  ])('none: %s', (request) => {
    const [method, path] = request.split(' ') as [string, string]
    expect(bucketFor(method, path)).toBeUndefined()
  })

  test('every bucket is reached by a path of each of its patterns', () => {
    for (const bucket of buckets) {
      for (const pattern of bucket.patterns) {
        const [methods, template] = pattern.split(' ') as [string, string]
        const method = methods === '*' ? 'PATCH' : methods.split('|')[0]!
        const path = template.replace(/\/\*$/, '/below/{of}/it').replace(/\*$/, '')
        expect(`${pattern} -> ${bucketFor(method, path)?.id}`).toBe(`${pattern} -> ${bucket.id}`)
      }
    }
  })
})

test('ids are unique, places are right, numbers are positive', () => {
  expect(new Set(buckets.map((bucket) => bucket.id)).size).toBe(buckets.length)
  expect(buckets.map((bucket) => bucket.index)).toEqual(buckets.map((_, index) => index))
  for (const bucket of buckets) for (const edition of editions) expect(bucket.limits[edition]).toBeGreaterThan(0)
})

// The facts are kept beside the repository; without them there is nothing to compare with.
const facts = new URL('../../../../../shared/facts/rate-limits.json', import.meta.url)

test.skipIf(!existsSync(facts))('the table says what ../shared/facts/rate-limits.json says', () => {
  const known: {
    buckets: { id: string; limits: Record<string, number | null> | null; burst?: boolean; client_based?: boolean }[]
    own_family_seen: { prefix: string }[]
  } = JSON.parse(readFileSync(facts, 'utf8'))
  const names: Record<Edition, string> = {
    integrator: 'integrator_free',
    'one-app': 'one_app',
    enterprise: 'enterprise',
    workforce: 'workforce',
  }
  for (const fact of known.buckets) {
    const bucket = buckets.find((candidate) => candidate.id === fact.id)
    expect(bucket, `buckets.ts has no '${fact.id}'`).toBeDefined()
    expect([fact.id, bucket?.burst, Boolean(bucket?.clientBased)]).toEqual([
      fact.id,
      fact.burst ?? false,
      fact.client_based ?? false,
    ])
    for (const edition of editions) {
      const number = fact.limits?.[names[edition]] ?? fact.limits?.all
      if (number !== undefined && number !== null) expect([fact.id, bucket?.limits[edition]]).toEqual([fact.id, number])
    }
  }
  for (const { prefix } of known.own_family_seen) {
    expect(bucketFor('GET', prefix)?.id, `buckets.ts has no family for ${prefix}`).not.toBe('api.v1')
  }
})
