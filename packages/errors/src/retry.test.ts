import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { codes } from './codes/index.ts'
import { newerCodes } from './codes/newer.ts'
import type { ErrorEntry, RedirectErrorEntry } from './define.ts'
import { redirectErrors } from './oauth/index.ts'
import { retryAdviceFor } from './retry.ts'

const entries: ErrorEntry[] = Object.values(codes)
const redirects: RedirectErrorEntry[] = Object.values(redirectErrors)

describe('the table and the catalogue say the same', () => {
  it.each(entries)('$code with the status of the reference', (entry) => {
    const advice = retryAdviceFor({ status: entry.reference.status, code: entry.code, method: 'GET' })
    expect(advice, `edit adviceByCode in retry.ts, or retry in the entry of ${entry.code}`).toBe(entry.retry)
  })

  // E0000113 means something else today, so its status decides.
  it.each(entries.filter((entry) => entry.code !== 'E0000113'))('$code with the status of today', (entry) => {
    const advice = retryAdviceFor({ status: entry.current.status, code: entry.code, method: 'GET' })
    expect(advice, `edit adviceByCode in retry.ts, or retry in the entry of ${entry.code}`).toBe(entry.retry)
  })

  it.each(redirects)('$error by redirect', (entry) => {
    expect(retryAdviceFor({ status: 302, code: entry.error, method: 'GET' })).toBe(entry.retry)
  })
})

test('a rate limit lets every method try again after the reset', () => {
  for (const method of ['GET', 'POST', 'PATCH']) {
    expect(retryAdviceFor({ status: 429, code: 'E0000047', method })).toBe('after-reset')
    expect(retryAdviceFor({ status: 429, method })).toBe('after-reset')
  }
})

test('limits of a day or a month are not waited for like those of a minute', () => {
  const long = newerCodes.filter((newer) => /24 hour|30 day/.test(newer.summary))
  expect(long.map((newer) => newer.code)).toEqual(['E0000146', 'E0000147', 'E0000186'])
  for (const { status, code } of long) expect(retryAdviceFor({ status, code, method: 'POST' })).toBe('after-change')
})

test.each([500, 502, 503, 504])('%i may be repeated when that does no harm', (status) => {
  expect(retryAdviceFor({ status, method: 'GET' })).toBe('with-backoff')
  expect(retryAdviceFor({ status, method: 'delete' })).toBe('with-backoff')
  expect(retryAdviceFor({ status, method: 'POST' })).toBe('never')
  expect(retryAdviceFor({ status, method: 'PATCH' })).toBe('never')
})

test('the caller knows better than the method', () => {
  expect(retryAdviceFor({ status: 503, method: 'POST', idempotent: true })).toBe('with-backoff')
  expect(retryAdviceFor({ status: 503, method: 'DELETE', idempotent: false })).toBe('never')
})

test('a refusal before anything is done may be repeated whatever the method', () => {
  expect(retryAdviceFor({ status: 409, code: 'E0000112', method: 'POST', idempotent: false })).toBe('with-backoff')
  expect(retryAdviceFor({ status: 400, code: 'authorization_pending', method: 'POST' })).toBe('with-backoff')
})

test('read-only mode is not waited out by single requests', () => {
  expect(retryAdviceFor({ status: 503, code: 'E0000010', method: 'PUT' })).toBe('after-change')
})

test('E0000113 is a wait with 429 and a question with 409', () => {
  expect(retryAdviceFor({ status: 429, code: 'E0000113', method: 'POST' })).toBe('after-reset')
  expect(retryAdviceFor({ status: 409, code: 'E0000113', method: 'POST' })).toBe('after-change')
})

test('a System Log fault with the code of a bad filter follows its status', () => {
  expect(retryAdviceFor({ status: 500, code: 'E0000053', method: 'GET' })).toBe('with-backoff')
  expect(retryAdviceFor({ status: 400, code: 'E0000053', method: 'GET' })).toBe('never')
})

test('an unknown code follows its status', () => {
  expect(retryAdviceFor({ status: 401, code: 'E9999999', method: 'GET' })).toBe('after-new-credentials')
  expect(retryAdviceFor({ status: 400, code: 'E9999999', method: 'GET' })).toBe('never')
  expect(retryAdviceFor({ status: 404, method: 'GET' })).toBe('never')
})

test('the table pulls in no texts: every import is of types only', () => {
  const imports = readFileSync(new URL('./retry.ts', import.meta.url), 'utf8').match(/^(import|export .* from) .*$/gm)
  expect(imports?.length).toBeGreaterThan(0)
  for (const line of imports ?? []) expect(line).toMatch(/^import type /)
})
