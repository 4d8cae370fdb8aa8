// What stands there instead of a secret?
import { cookieAttributes, isHarmless, plainName } from './secret-names.ts'

const hiddenMark = /^(?:00|20111|eyJ)?…\(\d+ characters hidden\)$/

/** Shows the first characters only where they are the same for every secret of the kind. */
export function hide(secret: string): string {
  if (secret === '' || hiddenMark.test(secret)) return secret
  const shown = /^(?:00(?=[\w-]{40}$)|20111(?=[\w-]{20})|eyJ(?=[\w-]{10}))/.exec(secret)?.[0] ?? ''
  return `${shown}…(${secret.length - shown.length} characters hidden)`
}

/** Words before a credential in an Authorization header. */
export const schemes = 'SSWS|Bearer|Basic|DPoP|Digest|Negotiate|Token'
const schemeFirst = new RegExp(`^(\\s*(?:${schemes})\\s+)(?=\\S)`, 'i')

/** The value of an Authorization header: the scheme word stays. */
export function hideCredential(value: string): string {
  const scheme = schemeFirst.exec(value)?.[1] ?? ''
  const rest = value.slice(scheme.length)
  const secret = rest.trim()
  return secret === '' ? value : scheme + rest.replace(secret, () => hide(secret))
}

/** The value of a Cookie or Set-Cookie header: names and attributes stay. */
export function hideCookies(value: string): string {
  return value
    .split(';')
    .map((part) => {
      const equals = part.indexOf('=')
      if (equals < 0) return /^\s*(?:secure|httponly|partitioned)?\s*$/i.test(part) ? part : hide(part)
      const name = part.slice(0, equals)
      if (cookieAttributes.has(name.trim().toLowerCase())) return part
      const secret = part.slice(equals + 1).trim()
      // Okta clears its cookies with `sid=""`: that says something and hides nothing.
      return secret === '' || secret === '""' ? part : `${name}=${hide(secret)}`
    })
    .join(';')
}

/** The value of a member with a secret name. */
export function hideNamed(name: string, value: string): string {
  const plain = plainName(name)
  if (plain === 'cookie' || plain === 'setcookie') return hideCookies(value)
  if (plain.endsWith('authorization')) return hideCredential(value)
  return isHarmless(name, value) ? value : hideCredential(value)
}
