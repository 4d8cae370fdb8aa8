// Which addresses may this program call? https anywhere, plain http on this machine alone: elsewhere others could read
// along, and change what comes back.
import { Refusal } from './io.ts'

/** Reads an address that a person typed; `what` names the flag in messages. */
export function readAddress(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new Refusal(2, `${what} takes an address that begins with https://, without name and password.`)
  if (url.protocol === 'http:' && !isThisMachine(url))
    throw new Refusal(2, `${what} ${url.origin}: plain http is taken for this machine only. Use https.`)
  return url
}

/** True for the loopback addresses. */
export function isThisMachine(url: URL): boolean {
  return /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(url.hostname)
}
