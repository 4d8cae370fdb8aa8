import { describe, expect, test } from 'vitest'
import { testOrg } from '../testing.ts'
import { accepts } from './accept.ts'

const json = ['application/json']

describe('an Accept header', () => {
  test.each([
    '',
    ' , ',
    '*/*',
    '*',
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/*',
    'application/vnd.okta+json',
    'text/html, application/json;q=0.5',
    'text/html,application/xhtml+xml,*/*;q=0.8',
    'application/json;okta-version=1.0.0',
    'application/json;q=0.001',
  ])('%j takes JSON', (header) => {
    expect(accepts(header, json)).toBe(true)
  })

  test.each([
    'text/html',
    'application/xml',
    'text/*',
    'application/json;q=0',
    '*/*; q=0.0',
    'application',
    'json',
    'application/jsonp',
    'application/xml, text/plain;q=0.9',
  ])('%j does not', (header) => {
    expect(accepts(header, json)).toBe(false)
  })

  test('takes one of several types', () => {
    expect(accepts('text/xml', ['application/json', 'text/xml'])).toBe(true)
    expect(accepts('text/*', ['application/json', 'text/xml'])).toBe(true)
    expect(accepts('text/html', ['application/json', 'text/xml'])).toBe(false)
  })
})

test('that takes nothing of what an operation answers is E0000019, before anybody asks who is calling', async () => {
  const t = await testOrg()
  for (const token of [t.token, null]) {
    const answer = await t.call('GET /api/v1/groups', undefined, { token, headers: { accept: 'application/xml' } })
    expect(answer.status).toBe(400)
    expect(answer.json.errorCode).toBe('E0000019')
    expect(t.lastCause()).toBe('E0000019/accept-not-supported')
    // Recorded: neither a request id nor rate-limit headers.
    expect(answer.headers.get('x-okta-request-id')).toBeNull()
    expect(answer.headers.get('x-rate-limit-limit')).toBeNull()
  }
  const answer = await t.call('GET /api/v1/groups', undefined, { headers: { accept: 'application/xml, */*;q=0.1' } })
  expect(answer.status).toBe(200)
})
