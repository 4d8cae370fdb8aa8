import { beforeEach, describe, expect, it } from 'vitest'
import { orgFetch } from '../http/fetch.ts'
import { type TestOrg, testOrg } from '../testing.ts'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg({ settings: { contract: 'current' } })
})

const names = ['x-okta-request-id', 'x-rate-limit-limit', 'cache-control', 'allow', 'content-type']
const headersOf = (headers: Headers) => names.filter((name) => headers.has(name))

describe('an id that is empty', () => {
  it.each([
    ['GET', '/api/v1/sessions/'],
    ['DELETE', '/api/v1/groups/'],
    ['GET', '/api/v1/users//groups'],
    ['PUT', '/api/v1/groups//users/'],
    ['POST', '/api/v1/users//lifecycle/activate'],
  ])('%s %s is a wrong method, with the headers of the dispatcher', async (method, path) => {
    const refused = await t.call(`${method} ${path}`)
    expect([refused.status, refused.json.errorCode, t.lastCause()]).toEqual([405, 'E0000022', 'E0000022/id-empty'])
    expect(headersOf(refused.headers)).toEqual(['content-type'])
  })

  it.each(['/api/v1//users', '//api/v1/users', '/api//v1/users'])('%s has no place for one', async (path) => {
    const refused = await t.call(`GET ${path}`)
    expect([refused.status, refused.json]).toEqual([404, { status: 404, message: 'Resource not found' }])
    expect(headersOf(refused.headers)).toEqual([])
  })

  it('is no matter where the collection answers', async () => {
    expect((await t.call('GET /api/v1/groups/')).status).toBe(200)
  })
})

describe('a HEAD', () => {
  const head = async (path: string, authorization = `SSWS ${t.token}`) =>
    await orgFetch(t.org, `http://org.test${path}`, { method: 'HEAD', headers: { authorization } })

  it('is a GET without its body', async () => {
    const [answer, whole] = [await head('/api/v1/groups'), await t.call('GET /api/v1/groups')]
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(headersOf(answer.headers)).toEqual(headersOf(whole.headers))
    expect((await head('/api/v1/groups/00gnone')).status).toBe(404)
    expect((await head('/api/v1/groups', '')).status).toBe(403)
    expect((await head('/api/v1/sessions')).status).toBe(405)
  })

  it('goes on in read-only mode, and counts with the GETs', async () => {
    t.org.changeSettings({ readOnly: true, rateLimits: { edition: 'workforce', limits: { groups: 6 } } })
    const left = async (call: Promise<{ headers: Headers }>) => (await call).headers.get('x-rate-limit-remaining')
    expect(await left(head('/api/v1/groups'))).toBe('2')
    expect(await left(t.call('GET /api/v1/groups'))).toBe('1')
  })
})

it('a long name in a path names nothing, as a short one', async () => {
  const id = 'x'.repeat(9_000)
  expect((await t.call(`GET /api/v1/groups/${id}`)).json.errorSummary).toBe(
    `Not found: Resource not found: ${id} (UserGroup)`,
  )
})
