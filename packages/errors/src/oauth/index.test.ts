import { expect, test } from 'vitest'
import type { RedirectErrorEntry } from '../define.ts'
import { findOAuthValue, findRedirectError, oauthValues, redirectErrors } from './index.ts'

const entries: [string, RedirectErrorEntry][] = Object.entries(redirectErrors)

test('the record is keyed by the error value of each entry, and holds the eleven of the reference', () => {
  expect(entries).toHaveLength(11)
  for (const [name, entry] of entries) expect(entry.error).toBe(name)
})

test('a redirect error is found by its name, and nothing else is', () => {
  expect(findRedirectError('access_denied')).toBe(redirectErrors.access_denied)
  expect(findRedirectError('invalid_grant')).toBeUndefined()
  expect(findRedirectError('constructor')).toBeUndefined()
})

test.each(entries)('%s: the text of each cause is one of the descriptions seen today', (_name, entry) => {
  const texts = Object.values(entry.causes).map((cause) => cause.wire?.summary ?? entry.current.descriptions[0])
  expect(texts.length).toBeGreaterThan(0)
  for (const text of texts) expect(entry.current.descriptions).toContain(text)
})

test.each(entries)('%s: what is sent today is a value that Okta lists', (_name, entry) => {
  const sent = entry.current.error ?? entry.error
  expect(findOAuthValue(sent)?.error).toBe(sent)
})

test('a canceled social sign-in is sent as access_denied today', () => {
  const entry = findRedirectError('user_canceled_request')
  expect(entry?.current.error).toBe('access_denied')
  expect(redirectErrors.access_denied.current.descriptions).toContain(entry?.reference.description)
})

test('the values are sorted, unique, and name the likeliest status first', () => {
  const names = oauthValues.map((value) => value.error)
  expect(names).toEqual([...new Set(names)].sort())
  expect(findOAuthValue('access_denied')?.answers.map((answer) => answer.status)).toEqual([403, 400, 401])
  expect(findOAuthValue('no_such_value')).toBeUndefined()
})
