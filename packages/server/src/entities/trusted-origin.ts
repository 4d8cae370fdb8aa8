// What is a trusted origin, as the org keeps it? Pages from there may call the API, may be returned to, or may show
// Okta in a frame.
import type { Collection } from '../state/state.ts'

/** What a trusted origin is trusted with. */
export const originScopes = ['CORS', 'REDIRECT', 'IFRAME_EMBED'] as const

/** One of these. */
export type OriginScope = (typeof originScopes)[number]

/** A trusted origin. Moments are in ms since 1970. */
export interface TrustedOrigin {
  name: string
  origin: string
  status: 'ACTIVE' | 'INACTIVE'
  scopes: readonly { readonly type: OriginScope; readonly allowedOktaApps?: readonly string[] }[]
  createdAt: number
  createdBy: string
  lastUpdatedAt: number
  lastUpdatedBy: string
}

/** All trusted origins. */
export const trustedOrigins: Collection<TrustedOrigin> = {
  name: 'trustedOrigin',
  unique: ({ name, origin }) => [`name:${name.toLowerCase()}`, originKey(origin)],
}

/** Scheme, host and port as a browser sends them: lower case, without the scheme's own port or a slash at the end. */
export function plainOrigin(text: string): string {
  return text.toLowerCase().replace(/^(http:.*):80\/?$|^(https:.*):443\/?$|\/$/, '$1$2')
}

/** The unique key of an origin. */
export const originKey = (origin: string): string => `origin:${plainOrigin(origin)}`
