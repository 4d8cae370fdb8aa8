// Where does a request come from? The socket says; behind a loopback socket the caller may say it, so that network
// zones can be tested.
import { isIP } from 'node:net'
import type { Incoming } from './exchange.ts'

/** The address of the other end of the connection; IPv4 also where the socket writes it as IPv6. */
export function socketAddress(incoming: Incoming): string {
  const { remoteAddress } = incoming
  return remoteAddress.startsWith('::ffff:') ? remoteAddress.slice(7) : remoteAddress
}

/** Does this address belong to this machine alone? */
export function isLoopback(address: string): boolean {
  return address === '::1' || (address.startsWith('127.') && isIP(address) === 4)
}

/** The caller's address: the socket's, or the first of X-Forwarded-For when the socket is loopback. */
export function callerAddress(incoming: Incoming): string {
  const socket = socketAddress(incoming)
  const forwarded = incoming.headers['x-forwarded-for']
  if (forwarded === undefined || !isLoopback(socket)) return socket
  const first = String(forwarded).split(',', 1)[0]!.trim()
  return isIP(first) === 0 ? socket : first
}
