// May this request reach the control API? Only programs on this machine, and no web page that found its way here.
import { createHash, timingSafeEqual } from 'node:crypto'
import { isLoopback, socketAddress } from '../http/address.ts'
import type { Incoming } from '../http/exchange.ts'
import { outgoingMark } from '../outgoing.ts'

/** Why a request is refused; undefined when it may pass. `ownHost` is the host of the org's advertised URL. */
export function whyRefused(incoming: Incoming, ownHost: string, controlToken: string | undefined): string | undefined {
  const { headers } = incoming
  // The server of an org calls from this machine, wherever the one sits who made the hook.
  if (headers[outgoingMark] !== undefined) return 'the control API does not answer calls of hooks'
  // A proxy on this machine calls from loopback, whoever is behind it.
  if (
    !isLoopback(socketAddress(incoming)) ||
    headers['x-forwarded-for'] !== undefined ||
    headers.forwarded !== undefined
  )
    return 'the control API answers programs on this machine only, and not through a proxy'
  // DNS rebinding: a page of another name that resolves to 127.0.0.1 still sends that name.
  const host = one(headers.host)?.toLowerCase() ?? ''
  if (host === '' || (host !== ownHost.toLowerCase() && !namesLoopback(host)))
    return `the Host header names "${host.slice(0, 80)}", not this org; call it as ${ownHost} or 127.0.0.1`
  // Other programs on this machine serve pages too, from localhost and another port.
  const origin = one(headers.origin)
  if (origin !== undefined && hostOf(origin) !== host) return 'pages of other origins may not call the control API'
  const site = one(headers['sec-fetch-site'])
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'pages of other sites may not call the control API'
  if (controlToken !== undefined && !same(one(headers['x-errorg-control-token']) ?? '', controlToken))
    return 'the header x-errorg-control-token is missing or wrong'
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

// A name can be made to mean this machine; an address cannot be made to mean another.
function namesLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '')
  return name === 'localhost' || name === '[::1]' || isLoopback(name)
}

// Over digests, so that neither content nor length can be measured.
function same(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
