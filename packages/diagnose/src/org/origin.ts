// Which org is meant, and is it the one that the failed call went to?
import type { Gap } from '../finding.ts'

/** The origin of the org's base URL, or why credentials are not sent there. */
export function originOf(orgUrl: string): { origin: string } | { gap: Gap } {
  const url = URL.canParse(orgUrl) ? new URL(orgUrl) : undefined
  const what = 'The address of the org.'
  const send = 'Its base URL, such as https://example.okta.com.'
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return { gap: { what, why: 'It is no http or https URL without a user name in it.', send } }
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return {
      gap: { what, why: 'Over plain http others could read the credential; it is used only on this machine.', send },
    }
  return { origin: url.origin }
}

/** Whether a host as evidence names it (with its port) is this org's. Names of one machine are one host. */
export function isHostOf(host: string, origin: string): boolean {
  const org = new URL(origin)
  const scheme = `${org.protocol}//`
  if (!URL.canParse(scheme + host)) return false
  const other = new URL(scheme + host)
  if (other.host === org.host) return true
  if (isLoopback(other.hostname) && isLoopback(org.hostname)) return other.port === org.port
  return okta(other.hostname) === okta(org.hostname)
}

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/i.test(hostname)
}

/** The Admin Console of an org has a host name of its own. */
function okta(hostname: string): string {
  return hostname.replace(/-admin(?=\.(?:okta|oktapreview|okta-emea)\.com$)/, '')
}
