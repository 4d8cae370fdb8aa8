// Which names say that a secret stands behind them?

/** Headers whose whole value is a credential. */
export const secretHeaders = new Set(['authorization', 'proxyauthorization', 'cookie', 'setcookie', 'dpop'])

/** Names that end in one of these hold a secret: `OKTA_CLIENT_SECRET`, `sessionToken`, `id_token`, `x-api-key`. */
const secretEnding =
  /(?:password|passwd|passphrase|passcode|pwd|secret|secretkey|privatekey|apikey|accesskey|token|assertion|ssws|idtokenhint|codeverifier|devicecode|interactionhandle|statehandle|authorization|samlresponse|cookie|cookies|jwt)$/

/** Names that hold a secret only when they are the whole name. */
const secretNames = new Set(['code', 'otp', 'answer', 'sid', 'idx', 'jsessionid', 'xids', 'dpop', 'bearer', 'authcode'])

/** Members of a JSON Web Key that are the private half. */
export const privateMembers = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'])

/**
 * Members below a secret one that only describe it: `{"password":{"hash":{"algorithm":…}}}`, the cookies of HAR
 * files, links such as `{"resetPassword":{"href":…}}`.
 */
export const describing = new Set(
  'name path domain expires samesite question algorithm type href method allow'.split(' '),
)

/** Cookie attributes, which are no cookies. */
export const cookieAttributes = new Set([
  'path',
  'domain',
  'expires',
  'max-age',
  'samesite',
  'version',
  'comment',
  'priority',
])

/** How a hook shows its server who is calling: `{"type":"HEADER","key":"X-Any-Name","value":"…"}`. */
export const AUTH_SCHEME = 'authScheme'

/** Its other headers, `"headers":[{"key":"X-Any-Name","value":"…"}]`, are used for the same: no name says which of them. */
export const HOOK_HEADERS = 'headers'

/** A name as it is compared: without case and punctuation. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/%5b|%5d|[^a-z0-9]/g, '')
}

/** Does what has this name hold a secret? */
export function isSecretName(name: string): boolean {
  const plain = plainName(name)
  return secretNames.has(plain) || secretEnding.test(plain)
}

// `code` is the authorization code in a form and the error code in a log: the words and numbers of errors stay.
const errorWord =
  /^(?:E\d{7}|[1-5]\d\d|E[A-Z]{4,11}|ERR_[A-Z_]{3,30}|(?:invalid|unsupported|unauthorized|access|consent|login|interaction|server|insufficient)_[a-z_]{2,24})$/

/** May this value be shown although its name is a secret one? */
export function isHarmless(name: string, value: string): boolean {
  return value === '' || (plainName(name) === 'code' && errorWord.test(value))
}

/** Is this the name of a header that holds a credential? */
export function isHeaderName(name: string): boolean {
  return secretHeaders.has(plainName(name)) || /^x-[\w-]*(?:token|key|secret)$/i.test(name)
}
