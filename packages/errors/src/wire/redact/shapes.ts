// Which secrets are known by their looks or their place, whatever they are called?
import { hide, schemes } from './hide.ts'

/** Keys in PEM. */
export function hidePrivateKeys(text: string): string {
  return text.replace(
    /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)([\s\S]*?)(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g,
    (_all, begin: string, body: string, end: string) => begin + hide(body) + end,
  )
}

/** Passwords in URLs, and the one-time tokens of mailed links, which stand in the path. */
export function hideAddresses(text: string): string {
  return text
    .replace(/(:\/\/[^\s:@/?#"'<>]{0,200}:)([^\s@/?#"'<>]{1,500})(?=@)/g, (_all, before: string, secret: string) => {
      return before + hide(secret)
    })
    .replace(/(\/tokens\/)([\w-]{15,})(?=\/verify)/g, (_all, before: string, secret: string) => before + hide(secret))
    .replace(
      /(\/(?:reset[-_]password|welcome|activate|unlock|recovery)\/)([\w-]{15,})/g,
      (all, before: string, secret: string) => (/[\dA-Z]/.test(secret) ? before + hide(secret) : all),
    )
}

/** Secrets that are known by their looks, wherever they stand; in a URL also right behind a percent-encoded character. */
export function hideShapes(text: string): string {
  return (
    text
      // A JWT, whole or cut, also broken into lines. Nothing of its claims stays.
      .replace(
        /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))eyJ[\w=-]{10,}(?:\.[\w=-]*){0,4}(?:[ \t]*\r?\n[ \t]*[\w.-]{16,}(?=\s|$|["']))*/g,
        hide,
      )
      .replace(
        new RegExp(`\\b(${schemes})([ \\t]+)([^\\s"'\`,;<>\\\\]+)`, 'gi'),
        (all, scheme: string, gap: string, word: string, at: number, whole: string) => {
          // `WWW-Authenticate: Bearer realm="…"` holds no credential, and neither does "the Bearer token".
          const isParameter = /^[\w-]+=(?:\w|$)/.test(word) && (/=\w/.test(word) || whole[at + all.length] === '"')
          const looksSecret = word.length >= 16 || /\d/.test(word)
          if (isParameter || !looksSecret || /^(?:00|20111|eyJ)?…\(\d+$/.test(word)) return all
          return scheme + gap + hide(word)
        },
      )
      .replace(/(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))00[\w-]{40}(?![\w-])/g, hide)
      .replace(/(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))20111[\w-]{20,}/g, hide)
      // The id of a session is what its cookie says.
      .replace(SESSION_ID, (id, at: number, whole: string) => (isNamedInLog(whole, at) ? id : hide(id)))
  )
}

const SESSION_ID = /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))102[\w-]{22}(?![\w-])/g

// What the System Log calls a session looks like its id and opens nothing (documented: a proxy for it).
const LOG_NAME = /(?:external|root)SessionId/.source

/** Is this the name that the System Log has for a session? */
export function isSessionInLog(name: string, value: string): boolean {
  return new RegExp(`^${LOG_NAME}$`).test(name) && /^102[\w-]{22}$/.test(value)
}

const logNameBefore = new RegExp(
  `${LOG_NAME}[\\\\"']{0,8}(?:\\s{0,4}(?:=>?|:)\\s{0,4}|[\\s+]{1,4}(?:eq|ne|sw|co)[\\s+]{1,4})[\\\\"'\`]{0,8}$`,
)

// In an event, or in a filter: `authenticationContext.externalSessionId eq "102…"`.
function isNamedInLog(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - 80), at)
  return logNameBefore.test(
    near.replace(/%(2[027]|5[Cc])/g, (_, hex: string) => String.fromCharCode(Number(`0x${hex}`))),
  )
}
