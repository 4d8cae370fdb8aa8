import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findOperation, matchOperation, methodsOf, operations } from './index.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))

test('ids are unique, and so are method and path', () => {
  expect(new Set(operations.map((operation) => operation.id)).size).toBe(operations.length)
  const places = operations.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`)
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([])
})

test('every operation is found by its own template and by a concrete path', () => {
  for (const operation of operations) {
    expect(matchOperation(operation.method, operation.path)?.id).toBe(operation.id)
    const concrete = operation.path.replace(/\{\w+\}/g, '00uZZZ')
    expect(matchOperation(operation.method, concrete)?.id, concrete).toBe(operation.id)
    expect(methodsOf(concrete)).toContain(operation.method)
  }
})

test('the published table, the authentication family and the current session are there', () => {
  expect(operations.length).toBeGreaterThan(780)
  expect(findOperation('createUser')).toEqual({
    id: 'createUser',
    method: 'POST',
    path: '/api/v1/users',
    scopes: ['okta.users.manage'],
    ssws: true,
    tier: 1,
    tag: 'User',
    lifecycle: 'GA',
  })
  expect(findOperation('createGroupPushMapping')?.scopes).toEqual(['okta.apps.manage', 'okta.groups.manage'])
  expect(findOperation('nothing')).toBeUndefined()
  expect(operations.filter((operation) => operation.path.startsWith('/api/v1/authn')).length).toBeGreaterThanOrEqual(14)
})

test('a literal segment beats a parameter', () => {
  expect(matchOperation('GET', '/api/v1/sessions/me')?.id).toBe('getCurrentSession')
  expect(matchOperation('GET', '/api/v1/sessions/102abc')?.id).toBe('getSession')
  expect(matchOperation('GET', '/api/v1/groups/rules')?.id).toBe('listGroupRules')
  expect(matchOperation('GET', '/oauth2/v1/keys')?.id).toBe('oauthKeys')
  expect(matchOperation('GET', '/oauth2/default/v1/keys')?.id).toBe('oauthKeysCustomAS')
  // `/groups/rules` has no DELETE, but `rules` also fits `{groupId}`: the way back from the literal is tried.
  expect(matchOperation('DELETE', '/api/v1/groups/rules')?.id).toBe('deleteGroup')
})

test('origin, query, fragment, a trailing slash and lower case do not matter', () => {
  expect(matchOperation('get', 'https://a.okta.com/api/v1/users/ada@example.com?x=/y#z')?.id).toBe('getUser')
  expect(matchOperation('GET', '/api/v1/users/')?.id).toBe('listUsers')
})

test('an empty id is the list, a doubled slash and a wrong path are nothing', () => {
  expect(methodsOf('/api/v1/sessions/')).toEqual(['POST'])
  expect(matchOperation('GET', '/api/v1/users//groups')).toBeUndefined()
  expect(methodsOf('/api/v1/user')).toEqual([])
  expect(methodsOf('/api/v1/Users')).toEqual([])
  expect(methodsOf('')).toEqual([])
})

test('methods of a path', () => {
  expect(methodsOf('/api/v1/users/00u1')).toEqual(['DELETE', 'GET', 'POST', 'PUT'])
})

test('any text is answered, and what is found fits', () => {
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.string(), fc.webPath(), fc.webUrl()), (method, path) => {
      const found = matchOperation(method, path)
      const methods = methodsOf(path)
      if (found !== undefined) {
        expect(found.method).toBe(method.toUpperCase())
        expect(methods).toContain(found.method)
      }
    }),
  )
})

// Reads ../shared beside the repository; the script itself says "skipped" where that is absent.
test.skipIf(!existsSync(`${repository}../shared/openapi/management.yaml`))('the generated table is fresh', () => {
  const output = execFileSync(process.execPath, ['scripts/generate-operations.mjs', '--check'], {
    cwd: repository,
    encoding: 'utf8',
  })
  expect(output).toMatch(/is fresh: 772 operations/)
})
