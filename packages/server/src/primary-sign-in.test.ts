import { expect, it, vi } from 'vitest'
import { type User, users } from './entities/user.ts'
import { hashSecret, isSecret } from './passwords.ts'
import { put } from './state/state.ts'
import { testOrg } from './testing.ts'

vi.mock('./passwords.ts', { spy: true })

// What takes the time of an answer is deriving keys: who is nobody must cost as many as somebody.
it.each<[string, Partial<User>]>([
  ['of somebody', {}],
  ['of somebody without a password', { status: 'PROVISIONED', password: undefined }],
  ['of somebody who is locked out', { status: 'LOCKED_OUT' }],
])('a wrong password %s derives one key, as that of nobody does', async (_, part) => {
  const t = await testOrg()
  const login = 'ada@example.com'
  const profile = { login, email: login, firstName: 'Ada', lastName: 'Byron' }
  const credentials = { password: { value: 'Correct-Horse-9' } }
  const { id } = (await t.call('POST /api/v1/users?activate=true', { profile, credentials })).json
  const user = (await t.org.state.load(users, id))!
  await t.org.state.change([put(users, id, { ...user.value, ...part }, user)])
  for (const password of ['wrong', 'x'.repeat(900), 'snow\u2603']) {
    for (const username of [login, 'nobody@example.com']) {
      vi.mocked(hashSecret).mockClear()
      vi.mocked(isSecret).mockClear()
      expect((await t.call('POST /api/v1/authn', { username, password }, { token: null })).status).toBe(401)
      const derived = [...vi.mocked(hashSecret).mock.calls, ...vi.mocked(isSecret).mock.calls]
      expect(derived).toHaveLength(1)
      expect(derived[0]![0].length).toBeLessThan(300)
    }
  }
})
