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
  )
}
