import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openCursor, sealCursor } from './cursor.ts'

const org = { fixed: { orgId: '00o1', everyoneId: '', defaultTypeId: '', realmId: '' } }
const other = { fixed: { ...org.fixed, orgId: '00o2' } }

describe('cursors', () => {
  test('give back the place that was sealed, for the same list of the same org', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null))), (place) => {
        const cursor = sealCursor(org, 'users by name', place)
        expect(cursor).toMatch(/^[\w-]*\.[\w-]{16}$/)
        expect(openCursor(org, 'users by name', cursor)).toEqual(place)
        expect(openCursor(org, 'users by login', cursor)).toBeUndefined()
        expect(openCursor(other, 'users by name', cursor)).toBeUndefined()
      }),
    )
  })

  test('are noticed when one character changes', () => {
    const cursor = sealCursor(org, 'list', ['Ada', '00u1'])
    for (let i = 0; i < cursor.length; i++) {
      const changed = cursor.slice(0, i) + (cursor[i] === 'A' ? 'B' : 'A') + cursor.slice(i + 1)
      expect(openCursor(org, 'list', changed)).toBeUndefined()
    }
  })

  test.each(['', '.', 'page-two', '00u1testcursorvalue', 'W10.', '\0', `${'a'.repeat(5000)}.b`])(
    'are not made up: %j',
    (text) => {
      expect(openCursor(org, 'list', text)).toBeUndefined()
    },
  )
})
