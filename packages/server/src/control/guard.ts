// May this request reach the control API? Only programs on this machine, and no web page that found its way here.
import { timingSafeEqual } from 'node:crypto'
import type { Incoming } from '../http/exchange.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Why a request is refused; undefined when it may pass. `ownHost` is the host of the org's advertised URL. */
export function whyRefused(incoming: Incoming, ownHost: string, controlToken: string | undefined): string | undefined {
  const socket = incoming.remoteAddress.replace(/^::ffff:/, '')
  if (socket !== '::1' && !/^127\./.test(socket)) return 'the control API answers this machine only'
  // DNS rebinding: a page of another name that resolves to 127.0.0.1 still sends that name.
  const host = one(incoming.headers.host)
  if (host === undefined || !isOwn(host, ownHost))
    return `the Host header names "${(host ?? '').slice(0, 80)}", not this org`
  const origin = one(incoming.headers.origin)
  if (origin !== undefined && !isOwn(hostOf(origin), ownHost)) return 'requests from other origins are refused'
  const site = one(incoming.headers['sec-fetch-site'])
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'requests from other sites are refused'
  if (controlToken !== undefined && !same(one(incoming.headers['x-errorg-control-token']) ?? '', controlToken)) {
    return 'the header x-errorg-control-token is missing or wrong'
  }
  return undefined
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return ''
  }
}

function isOwn(host: string, ownHost: string): boolean {
  return host === ownHost || LOOPBACK.has(host.replace(/:\d+$/, ''))
}

// Compared over equal lengths, so that neither content nor length can be measured.
function same(given: string, wanted: string): boolean {
  const a = Buffer.alloc(256)
  const b = Buffer.alloc(256)
  a.write(given.slice(0, 200))
  b.write(wanted.slice(0, 200))
  return timingSafeEqual(a, b) && given.length === wanted.length
}
