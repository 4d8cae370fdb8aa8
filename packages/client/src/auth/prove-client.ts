// How does the client prove to the token endpoint who it is? By a signed assertion, by its secret, or, for public
// apps, not at all.
import { type Concealer, formEncoded } from './conceal.ts'
import type { OAuthCredential } from './credential.ts'
import { readSigningKey, type SigningKey } from './signing-key.ts'

/** What goes into a token request. */
export interface Proof {
  form: Record<string, string>
  headers: Record<string, string>
}

/** Makes the proof for a request to this URL at this time of the server. */
export type ProveClient = (url: string, serverNowMs: number) => Promise<Proof>

/** How long an assertion counts. Okta allows an hour; a stolen one should be worth little. */
const assertionSeconds = 300

/** Chooses the way by what the credential has. */
export function proveClient(credential: OAuthCredential, newId: () => string, concealer: Concealer): ProveClient {
  const { clientId, clientSecret, privateKey } = credential
  if (clientSecret !== undefined) {
    // RFC 6749, section 2.3.1: both halves are form-encoded before they are joined.
    const pair = btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)
    concealer.learn(clientSecret)
    concealer.learn(pair)
    return async () => ({ form: {}, headers: { authorization: `Basic ${pair}` } })
  }
  if (privateKey === undefined) return async () => ({ form: { client_id: clientId }, headers: {} })
  let read: SigningKey | undefined
  return async (url, serverNowMs) => {
    read ??= await readSigningKey(credential)
    const { key, alg, kid } = read
    // Loaded here: programs with a token or a secret never need it.
    const { SignJWT } = await import('jose')
    const iat = Math.floor(serverNowMs / 1000)
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
      .setAudience(url)
      .setIssuer(clientId)
      .setSubject(clientId)
      .setIssuedAt(iat)
      .setExpirationTime(iat + assertionSeconds)
      .setJti(newId())
      .sign(key)
    concealer.learn(assertion)
    return {
      form: {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      },
      headers: {},
    }
  }
}
