import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from './fail.ts'
import {
  checkFields,
  type FieldTable,
  hasLoneOrWide,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from './fields.ts'

const table: FieldTable = {
  name: { type: 'string', required: true, min: 2, max: 5 },
  kind: { type: 'string', oneOf: ['A', 'B'] },
  mail: { type: 'string', form: { test: (text) => text.includes('@'), says: 'must be an email address' } },
  size: { type: 'integer', min: 1, max: 9 },
  on: { type: 'boolean' },
  inner: { type: 'object', fields: { deep: { type: 'string', required: true } } },
  list: { type: 'array', max: 2, fields: { item: { type: 'integer' } } },
}
const good = { name: 'abc' }
const says = (body: JsonObject) =>
  checkFields(body, table).map((fault) => `${fault.field} ${fault.kind}: ${fault.says}`)
const failure = (work: () => unknown): Failure => {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('nothing was refused')
}
const causeOf = (work: () => unknown) => {
  const { entry, causeId } = failure(work)
  return `${entry.code}/${causeId}`
}

describe('fields', () => {
  test.each<JsonObject>([
    good,
    { name: 'ab', kind: 'A', mail: 'a@b', size: 9, on: false, inner: { deep: 'x' }, list: [{ item: 1 }, {}] },
    { ...good, kind: null, mail: '', size: undefined },
    { ...good, size: '7' },
    { name: 12345 },
    { ...good, unknown: { any: 'thing' } },
    { ...good, list: [] },
  ])('%j is right', (body) => {
    expect(says(body)).toEqual([])
  })

  test.each<[JsonObject, string[]]>([
    [{}, ['name missing: The field cannot be left blank']],
    [{ name: null }, ['name missing: The field cannot be left blank']],
    [{ name: '' }, ['name missing: The field cannot be left blank']],
    [{ name: 'a' }, ['name invalid: The field is too short; at least 2 characters are needed']],
    [{ name: 'abcdef' }, ['name invalid: The field is too long; at most 5 characters are allowed']],
    [{ name: 'a\0b' }, ['name invalid: The field contains characters that are not supported']],
    [{ name: '😀' }, ['name invalid: The field contains characters that are not supported']],
    [{ ...good, kind: 'a' }, ['kind invalid: The field has an invalid value']],
    [{ ...good, mail: 'x' }, ['mail invalid: must be an email address']],
    [
      { ...good, mail: `@${'a'.repeat(255)}` },
      ['mail invalid: The field is too long; at most 255 characters are allowed'],
    ],
    [{ ...good, size: 10 }, ['size invalid: must be between 1 and 9']],
    [{ ...good, size: 1.5 }, ['size invalid: The field has an invalid value']],
    [{ ...good, size: 'x' }, ['size invalid: The field has an invalid value']],
    [{ ...good, size: true }, ['size invalid: The field has an invalid value']],
    [{ ...good, inner: {} }, ['deep missing: The field cannot be left blank']],
    [{ ...good, list: [{}, {}, {}] }, ['list invalid: must not have more than 2 elements']],
    [{ ...good, list: [{ item: 'x' }] }, ['item invalid: The field has an invalid value']],
  ])('%j is wrong', (body, expected) => {
    expect(says(body)).toEqual(expected)
  })

  test('that have another shape cannot be bound: E0000003', () => {
    const wrong: JsonObject[] = [
      { name: {} },
      { name: ['a'] },
      { ...good, on: 'true' },
      { ...good, on: 1 },
      { ...good, inner: [] },
      { ...good, inner: 'x' },
      { ...good, list: {} },
      { ...good, list: [1] },
      { ...good, list: [null] },
    ]
    for (const body of wrong) expect(causeOf(() => checkFields(body, table))).toBe('E0000003/body-unreadable-shape')
  })

  test('are answered all at once, named after the first or as told', () => {
    const faults = checkFields({ kind: 'x', size: 99 }, table)
    const first = failure(() => refuseFaults(faults))
    expect([first.entry.code, first.causeId, first.facts.field]).toEqual(['E0000001', 'required-field-missing', 'name'])
    expect(first.facts.causes).toEqual([
      'name: The field cannot be left blank',
      'kind: The field has an invalid value',
      'size: must be between 1 and 9',
    ])
    expect(failure(() => refuseFaults(faults.slice(1), 'newThing')).facts.field).toBe('newThing')
    expect(causeOf(() => refuseFaults(faults.slice(1)))).toBe('E0000001/value-invalid')
    expect(refuseFaults([])).toBeUndefined()
  })

  test('of any JSON are refused as Okta refuses, or let pass', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(table), '__proto__'), fc.jsonValue()), (body) => {
        try {
          for (const fault of checkFields(body as JsonObject, table)) expect(fault.says).not.toBe('')
        } catch (error) {
          expect(error).toBeInstanceOf(Failure)
        }
      }),
    )
  })
})

describe('bodies', () => {
  test.each([undefined, null, 1, 'x', true, [], [{}]])('%j is no object', (body) => {
    expect(causeOf(() => objectBody(body))).toBe('E0000003/body-unreadable-shape')
  })

  test('have members that are objects, absent, or refused', () => {
    expect(objectMember({ a: { b: 1 } }, 'a')).toEqual({ b: 1 })
    expect(objectMember({}, 'a')).toBeUndefined()
    expect(objectMember({ a: null }, 'a')).toBeUndefined()
    for (const value of [1, 'x', [], false]) {
      expect(causeOf(() => objectMember({ a: value }, 'a'))).toBe('E0000003/body-unreadable-shape')
    }
  })
})

test('characters of four UTF-8 bytes, lone halves of them and NUL are not stored', () => {
  for (const text of ['😀', '\ud83d', 'a\ude00', '\0']) expect(hasLoneOrWide(text)).toBe(true)
  for (const text of ['', 'Zürich', '漢字', '\u{fffd}', '\x01', '\t']) expect(hasLoneOrWide(text)).toBe(false)
})
