import { expect, it } from 'vitest'
import { nearest, noSuchMember, noSuchWord } from './nearest.ts'

it.each([
  ['grops', ['users', 'groups', 'roles'], 'groups'],
  ['paht', ['method', 'path', 'caller'], 'path'],
  ['redirect_uris', ['redirectUris', 'postLogoutRedirectUris'], 'redirectUris'],
  ['readonly', ['readOnly'], 'readOnly'],
  ['sead', ['seed', 'settings'], 'seed'],
  ['bogus', ['name', 'match', 'answer', 'times'], undefined],
  ['', ['a', 'name'], undefined],
  ['x'.repeat(1_000), ['xx'], undefined],
])('%s means one of %j: %s', (written, names, wanted) => {
  expect(nearest(written, names)).toBe(wanted)
})

it('what was expected is named where no name is near', () => {
  expect(noSuchMember('bogus', ['match', 'times'])).toBe('there is no such member; expected one of match, times')
  expect(noSuchMember('bogus', [])).toBe('there is no such member')
  expect(noSuchWord('integr', ['off', 'integrator'])).toBe('must be one of off, integrator; did you mean "integrator"?')
  expect(noSuchWord(5, ['off'])).toBe('must be one of off')
})
