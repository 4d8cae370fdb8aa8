// Which authorization server does this issuer or key address belong to? The org's own one and custom ones differ in who
// may verify their tokens, and mixing them up is the most frequent fault of all.

/** A server, by the form of its address. */
export interface IssuingServer {
  kind: 'org' | 'custom' | 'other'
  /** Scheme and host, in lower case. */
  origin: string
  /** `default` or `aus…`, of a custom server. */
  id?: string
}

/** The server of an `iss` claim or a configured issuer; undefined where the text is no web address. */
export function serverOfIssuer(issuer: unknown): IssuingServer | undefined {
  return read(issuer, /^\/?$/, /^\/oauth2\/([^/]+)\/?$/)
}

/** The server whose keys or metadata stand at this address. */
export function serverOfAddress(address: unknown): IssuingServer | undefined {
  return read(
    address,
    /^\/oauth2\/v1(?:\/|$)|^\/?$|^\/\.well-known\/[\w-]+\/?$/,
    /^\/oauth2\/([^/]+)\/(?:v1|\.well-known)(?:\/|$)|^\/\.well-known\/[\w-]+\/oauth2\/([^/]+)\/?$/,
  )
}

/** Two addresses of one server, whatever host it goes by. */
export function isSameServer(one: IssuingServer, other: IssuingServer): boolean {
  return one.kind === other.kind && one.id === other.id
}

/** The server in words. */
export function serverInWords(server: IssuingServer): string {
  if (server.kind === 'org') return `the org authorization server of ${server.origin}`
  if (server.kind === 'custom') return `the custom authorization server \`${server.id}\` of ${server.origin}`
  return `a server at ${server.origin} that has not the form of an Okta issuer`
}

function read(text: unknown, org: RegExp, custom: RegExp): IssuingServer | undefined {
  if (typeof text !== 'string' || text.length > 2_000 || !URL.canParse(text)) return undefined
  const { protocol, origin, pathname } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  if (org.test(pathname)) return { kind: 'org', origin }
  const found = custom.exec(pathname)
  const id = found?.[1] ?? found?.[2]
  // `/oauth2/v1` alone is the way to the org server, not a server with the id v1.
  return id !== undefined && id !== 'v1' ? { kind: 'custom', origin, id } : { kind: 'other', origin }
}
