// With which keys does this authorization server sign? Its metadata says where they are published.
import { readAddress } from './addresses.ts'
import { getJson } from './get-json.ts'
import { type Io, Refusal, whyUnreadable } from './io.ts'

/** A key set and where it came from, or why there is none. */
export type Keys = { jwks: unknown; from: string } | { trouble: string }

/** The keys of an issuer: `{issuer}/.well-known/openid-configuration`, then its `jwks_uri`. */
export async function keysOfIssuer(issuer: string, what: string, io: Io): Promise<Keys> {
  const base = readAddress(issuer, what)
  const metadata = `${base.origin}${base.pathname.replace(/\/+$/, '')}/.well-known/openid-configuration`
  const got = await getJson(io.fetch, metadata)
  if ('trouble' in got) return { trouble: `${metadata} could not be read. ${got.trouble}` }
  const body = got.body as { jwks_uri?: unknown } | null | undefined
  if (got.status !== 200 || typeof body?.jwks_uri !== 'string')
    return {
      trouble: `${metadata} answered with ${got.status}${got.status === 200 ? ' and no `jwks_uri`' : ''}. Check the issuer: it is the bare org URL, or has /oauth2/default or /oauth2/aus… behind it.`,
    }
  try {
    return await keysAt(readAddress(body.jwks_uri, '`jwks_uri`').href, io)
  } catch (error) {
    // What a server names is not what the person typed: no fault of usage.
    return { trouble: (error as Error).message }
  }
}

/** The keys at an address, or in a file. */
export async function keysFrom(place: string, io: Io): Promise<Keys> {
  if (/^https?:\/\//i.test(place)) return await keysAt(readAddress(place, '--jwks').href, io)
  const text = await io.readFile(place).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      3,
      `cannot read ${place}: ${whyUnreadable(error)}. --jwks takes an address or a file with a JSON Web Key Set.`,
    )
  })
  try {
    return { jwks: asKeySet(JSON.parse(text)), from: place }
  } catch {
    throw new Refusal(3, `${place} is no JSON Web Key Set: an object with a list \`keys\` is expected.`)
  }
}

async function keysAt(url: string, io: Io): Promise<Keys> {
  const got = await getJson(io.fetch, url)
  if ('trouble' in got) return { trouble: `${url} could not be read. ${got.trouble}` }
  try {
    if (got.status === 200) return { jwks: asKeySet(got.body), from: url }
  } catch {
    // Said below.
  }
  return { trouble: `${url} answered with ${got.status} and no key set.` }
}

/** A single key counts as a set of one. */
function asKeySet(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray((value as { keys?: unknown }).keys)) return value
    if (typeof (value as { kty?: unknown }).kty === 'string') return { keys: [value] }
  }
  throw new TypeError('no key set')
}
