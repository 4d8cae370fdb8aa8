// Is this an access token or an ID token? Told by claims that only one of the two has.

/** Header and claims of a decoded token. */
export interface Decoded {
  header: Readonly<Record<string, unknown>>
  payload: Readonly<Record<string, unknown>>
}

/** What a token is for. */
export interface TokenType {
  type: 'access' | 'id' | 'unknown'
  /** Where it shows, such as `payload.scp`; undefined when nothing does. */
  by?: string
}

/** The type that Okta puts into the header of the org server's access tokens (recorded). */
export const ORG_ACCESS_TYP = 'application/okta-internal-at+jwt'

/** Which of the two it is. `jti` says it outright; the other claims follow from what each is for. */
export function typeOfToken({ header, payload }: Decoded): TokenType {
  if (typeof header.typ === 'string' && /(?:^|[/-])at\+jwt$/i.test(header.typ))
    return { type: 'access', by: 'header.typ' }
  const jti = typeof payload.jti === 'string' ? payload.jti : ''
  if (jti.startsWith('AT.')) return { type: 'access', by: 'payload.jti' }
  if (jti.startsWith('ID.')) return { type: 'id', by: 'payload.jti' }
  for (const claim of ['scp', 'cid', 'scope', 'client_id'])
    if (payload[claim] !== undefined) return { type: 'access', by: `payload.${claim}` }
  for (const claim of ['nonce', 'at_hash', 'c_hash'])
    if (payload[claim] !== undefined) return { type: 'id', by: `payload.${claim}` }
  if (typeof payload.aud === 'string' && /^0oa\w{5,}$/.test(payload.aud)) return { type: 'id', by: 'payload.aud' }
  return { type: 'unknown' }
}

/** An access token of the org's own server: its `aud` and `iss` are both the bare URL of the org. */
export function isOrgAccessToken(token: Decoded): boolean {
  if (token.header.typ === ORG_ACCESS_TYP) return true
  const { iss, aud } = token.payload
  return (
    typeof iss === 'string' && iss === aud && /^https?:\/\/[^/]+$/.test(iss) && typeOfToken(token).type === 'access'
  )
}
