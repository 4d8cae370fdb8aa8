import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Drafts, patchClaims } from './patch-claims.ts'

const drafts = (): Drafts => ({
  access: {
    claims: { iss: 'https://x', sub: 'ada', aud: 'api://default', exp: 3600, scp: ['a'], desk: 'A1', tags: ['a', 'b'] },
    lifetimeSeconds: 3600,
  },
  identity: {
    claims: { iss: 'https://x', sub: '00u1', aud: 'client', birthdate: '1815-12-10', card: { id: 1, name: 'Ada' } },
    lifetimeSeconds: 3600,
  },
})

const access = (...value: unknown[]) => [{ type: 'com.okta.access.patch', value }]
const identity = (...value: unknown[]) => [{ type: 'com.okta.identity.patch', value }]

describe('commands that are applied', () => {
  test.each([
    ['add a claim', access({ op: 'add', path: '/claims/floor', value: 3 }), { access: { floor: 3 } }],
    [
      'add where one is: it is replaced',
      access({ op: 'add', path: '/claims/desk', value: 'B2' }),
      { access: { desk: 'B2' } },
    ],
    [
      'sub and aud of an access token',
      access({ op: 'replace', path: '/claims/sub', value: 'x' }),
      { access: { sub: 'x' } },
    ],
    ['append', access({ op: 'add', path: '/claims/tags/-', value: 'c' }), { access: { tags: ['a', 'b', 'c'] } }],
    ['insert', access({ op: 'add', path: '/claims/tags/1', value: 'c' }), { access: { tags: ['a', 'c', 'b'] } }],
    [
      'at the end by number',
      access({ op: 'add', path: '/claims/tags/2', value: 'c' }),
      { access: { tags: ['a', 'b', 'c'] } },
    ],
    ['an element', access({ op: 'replace', path: '/claims/tags/0', value: 'z' }), { access: { tags: ['z', 'b'] } }],
    ['take an element out', access({ op: 'remove', path: '/claims/tags/0' }), { access: { tags: ['b'] } }],
    [
      'a member',
      identity({ op: 'add', path: '/claims/card/floor', value: 1 }),
      { identity: { card: { id: 1, name: 'Ada', floor: 1 } } },
    ],
    ['take a member out', identity({ op: 'remove', path: '/claims/card/id' }), { identity: { card: { name: 'Ada' } } }],
    [
      'a name with a slash',
      access({ op: 'add', path: '/claims/https:~1~1x~1y', value: 1 }),
      { access: { 'https://x/y': 1 } },
    ],
    [
      'one operation without a list',
      [{ type: 'com.okta.access.patch', value: { op: 'add', path: '/claims/a', value: 1 } }],
      { access: { a: 1 } },
    ],
  ])('%s', (_, commands, expected) => {
    const patched = patchClaims(commands, drafts())
    expect(patched).toMatchObject({ ok: true })
    const { access = {}, identity = {} } = expected as Record<string, object>
    if (!patched.ok) return
    expect(patched.drafts.access!.claims).toMatchObject(access)
    expect(patched.drafts.identity!.claims).toMatchObject(identity)
  })

  test('a claim is taken out', () => {
    const patched = patchClaims(identity({ op: 'remove', path: '/claims/birthdate', value: null }), drafts())
    expect(patched.ok && patched.drafts.identity!.claims).not.toHaveProperty('birthdate')
  })

  test('the lifetime is replaced', () => {
    const patched = patchClaims(access({ op: 'replace', path: '/token/lifetime/expiration', value: 36_000 }), drafts())
    expect(patched.ok && [patched.drafts.access!.lifetimeSeconds, patched.drafts.identity!.lifetimeSeconds]).toEqual([
      36_000, 3_600,
    ])
  })

  test('a claim called __proto__ is a claim', () => {
    const patched = patchClaims(access({ op: 'add', path: '/claims/__proto__', value: { admin: true } }), drafts())
    expect(patched.ok && Object.hasOwn(patched.drafts.access!.claims, '__proto__')).toBe(true)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
})

describe('commands that fail the whole answer', () => {
  test.each([
    ['no list', { type: 'x' }],
    ['an unknown command', [{ type: 'com.okta.assertion.patch', value: [] }, ...access()].slice(0, 1)],
    ['a command that is no object', ['add']],
    ['an unknown operation', access({ op: 'move', path: '/claims/desk', value: 1 })],
    ['no path', access({ op: 'add', value: 1 })],
    ['a path outside of the claims', access({ op: 'add', path: '/header/alg', value: 'none' })],
    ['a path to all claims', access({ op: 'replace', path: '/claims', value: {} })],
    ['a reserved claim', access({ op: 'add', path: '/claims/iss', value: 'x' })],
    ['its own scopes', access({ op: 'replace', path: '/claims/scp', value: ['admin'] })],
    ['below a reserved claim', access({ op: 'add', path: '/claims/scp/-', value: 'admin' })],
    ['the subject of an ID token', identity({ op: 'replace', path: '/claims/sub', value: 'x' })],
    ['a claim that is not there', access({ op: 'replace', path: '/claims/nothing', value: 1 })],
    ['taking out what is not there', access({ op: 'remove', path: '/claims/nothing' })],
    ['taking out with a value', access({ op: 'remove', path: '/claims/desk', value: 'A1' })],
    ['adding nothing', access({ op: 'add', path: '/claims/floor' })],
    ['an index that is not there', access({ op: 'replace', path: '/claims/tags/7', value: 1 })],
    ['a gap in a list', access({ op: 'add', path: '/claims/tags/4', value: 1 })],
    ['a member of a text', access({ op: 'add', path: '/claims/desk/floor', value: 1 })],
    ['a member of what is inherited', access({ op: 'add', path: '/claims/constructor/name', value: 1 })],
    ['a lifetime that is too short', access({ op: 'replace', path: '/token/lifetime/expiration', value: 10 })],
    ['a lifetime that is too long', access({ op: 'replace', path: '/token/lifetime/expiration', value: 90_000 })],
    ['a lifetime that is added', access({ op: 'add', path: '/token/lifetime/expiration', value: 3_600 })],
  ])('%s', (_, commands) => {
    const before = drafts()
    const first = access({ op: 'add', path: '/claims/floor', value: 3 })
    const patched = patchClaims(Array.isArray(commands) ? [...first, ...commands] : commands, before)
    expect(patched).toEqual({ ok: false, says: expect.any(String) })
    expect(before).toEqual(drafts())
  })

  test('a token that was not asked for', () => {
    const { identity: only } = drafts()
    expect(patchClaims(access({ op: 'add', path: '/claims/a', value: 1 }), { identity: only }).ok).toBe(false)
  })
})

test('whatever a service answers: applied or refused, and what was reserved is as it was', () => {
  const name = fc.constantFrom('claims', 'iss', 'sub', 'tags', 'card', '0', '-', '__proto__', 'constructor', '', 'a~1b')
  const operation = fc.record(
    {
      op: fc.constantFrom('add', 'replace', 'remove', 'test', null),
      path: fc.oneof(
        fc.array(name, { maxLength: 4 }).map((names) => `/claims/${names.join('/')}`),
        fc.string({ unit: 'binary' }),
      ),
      value: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const type = fc.constantFrom('com.okta.access.patch', 'com.okta.identity.patch', 'toString', null)
  const command = fc.record({ type, value: fc.oneof(fc.array(operation, { maxLength: 4 }), fc.jsonValue()) })
  fc.assert(
    fc.property(fc.oneof(fc.array(command, { maxLength: 3 }), fc.jsonValue()), (commands) => {
      const before = drafts()
      const patched = patchClaims(commands, before)
      expect(before).toEqual(drafts())
      if (!patched.ok) return
      expect(patched.drafts.access!.claims).toMatchObject({ iss: 'https://x', exp: 3600, scp: ['a'] })
      expect(patched.drafts.identity!.claims).toMatchObject({ iss: 'https://x', sub: '00u1', aud: 'client' })
    }),
    { numRuns: 500 },
  )
})
