import { describe, expect, it } from 'vitest'
import { isHostOf, originOf } from './origin.ts'

describe('the origin of an org', () => {
  it.each([
    ['https://example.okta.com', 'https://example.okta.com'],
    ['https://example.okta.com/', 'https://example.okta.com'],
    ['https://login.example.com:8443/api/v1?x=y', 'https://login.example.com:8443'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://localhost:4000', 'http://localhost:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('%s is %s', (url, origin) => {
    expect(originOf(url)).toEqual({ origin })
  })

  it.each([
    'http://example.okta.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'https://user:secret@example.okta.com',
    'ftp://example.okta.com',
    'example.okta.com',
    '',
  ])('%j gets no credentials', (url) => {
    expect(originOf(url)).toHaveProperty('gap')
  })
})

describe('the host of the failed call', () => {
  it.each([
    ['example.okta.com', 'https://example.okta.com'],
    ['example.okta.com:443', 'https://example.okta.com'],
    ['example-admin.okta.com', 'https://example.okta.com'],
    ['example.oktapreview.com', 'https://example-admin.oktapreview.com'],
    ['localhost:4000', 'http://127.0.0.1:4000'],
    ['[::1]:4000', 'http://localhost:4000'],
  ])('%s is that of %s', (host, origin) => {
    expect(isHostOf(host, origin)).toBe(true)
  })

  it.each([
    ['other.okta.com', 'https://example.okta.com'],
    ['example.oktapreview.com', 'https://example.okta.com'],
    ['example-admin.example.com', 'https://example.example.com'],
    ['127.0.0.1:4001', 'http://127.0.0.1:4000'],
    ['not a host', 'https://example.okta.com'],
  ])('%s is not that of %s', (host, origin) => {
    expect(isHostOf(host, origin)).toBe(false)
  })
})
