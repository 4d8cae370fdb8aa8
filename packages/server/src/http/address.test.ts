import { describe, expect, it } from 'vitest'
import { callerAddress, isLoopback } from './address.ts'
import type { Incoming } from './exchange.ts'

function addressOf(remoteAddress: string, forwarded?: string | string[]): string {
  const headers: Incoming['headers'] = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return callerAddress({ method: 'GET', target: '/', headers, remoteAddress, readBody: async () => undefined })
}

describe("the caller's address", () => {
  it.each([
    ['192.0.2.1', undefined, '192.0.2.1'],
    ['::ffff:192.0.2.1', undefined, '192.0.2.1'],
    ['2001:db8::1', undefined, '2001:db8::1'],
    // Behind loopback the caller may say it.
    ['127.0.0.1', '192.0.2.7', '192.0.2.7'],
    ['::1', '192.0.2.7, 198.51.100.1', '192.0.2.7'],
    ['::ffff:127.0.0.1', ' 2001:db8::7 ', '2001:db8::7'],
    ['127.0.0.1', ['192.0.2.7', '192.0.2.8'], '192.0.2.7'],
    // But not just anything.
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', ',192.0.2.7', '127.0.0.1'],
    ['127.0.0.1', '<script>', '127.0.0.1'],
    ['127.0.0.1', '192.0.2.7:80', '127.0.0.1'],
    // And nobody else may.
    ['192.0.2.1', '127.0.0.1', '192.0.2.1'],
    ['10.0.0.1', '192.0.2.7', '10.0.0.1'],
    ['127.0.0.1.example.com', '192.0.2.7', '127.0.0.1.example.com'],
  ])('from %s saying %j is %s', (socket, forwarded, address) => {
    expect(addressOf(socket, forwarded)).toBe(address)
  })
})

describe('loopback', () => {
  it.each(['127.0.0.1', '127.255.0.3', '::1'])('is %s', (address) => expect(isLoopback(address)).toBe(true))
  it.each(['128.0.0.1', '127.0.0', '127.0.0.1x', '0.0.0.0', '', '::', 'localhost'])('is not "%s"', (address) =>
    expect(isLoopback(address)).toBe(false),
  )
})
