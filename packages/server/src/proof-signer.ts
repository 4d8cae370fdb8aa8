// What signs for a proof? A proof is data and has no private keys: whoever runs it hands over this tool.
import { generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { certificateOf, partsOf, publicKeyOf } from './der.ts'

/** Makes what a `sign` step asks for. */
export type ProofSigner = (what: string, claims: Record<string, unknown>) => Promise<unknown>

const generate = promisify(generateKeyPair)

/**
 * Makes the tool `sign` of a proof run; `now` is the org's time in ms. One key serves all that is signed.
 *
 * - `key` gives `{ jwk, kid }`: the public key, as an app registers it. `claims.kid` names it.
 * - `assertion` gives `{ jwt }`: the claims, signed with RS256. `iat` is now and `exp` five minutes later unless said
 *   otherwise; `claims.kid` goes into the header.
 * - `certificate` gives `{ certificate }`: DER as base64, good for `claims.days` from now. It is about the key of
 *   `claims.csr` (PKCS #10, DER as base64), without one about the signer's own.
 */
export function createProofSigner(): (now: () => number | Promise<number>) => ProofSigner {
  let made: Promise<{ privateKey: KeyObject; publicKey: KeyObject }> | undefined
  return (now) => async (what, claims) => {
    made ??= generate('rsa', { modulusLength: 2048 })
    const { privateKey, publicKey } = await made
    const { kid = 'proof', ...rest } = claims
    if (what === 'key') {
      const { kty, n, e } = publicKey.export({ format: 'jwk' })
      return { kid, jwk: { kty, kid, use: 'sig', alg: 'RS256', e, n } }
    }
    if (what === 'certificate') return { certificate: issue(privateKey, claims, await now()) }
    if (what !== 'assertion') throw new Error(`nothing called "${what}" can be signed`)
    const issuedAt = Math.floor((await now()) / 1000)
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${encode({ alg: 'RS256', kid })}.${encode({ iat: issuedAt, exp: issuedAt + 300, ...rest })}`
    return { jwt: `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}` }
  }
}

function issue(signer: KeyObject, { csr, days }: Record<string, unknown>, now: number): string {
  // A request holds version, name and key, in this order.
  const ofRequest = typeof csr === 'string' ? partsOf(partsOf(Buffer.from(csr, 'base64'))[0]!)[2] : undefined
  const certificate = certificateOf(signer, {
    issuer: [['commonName', 'Certificate authority of a proof']],
    subject: [['commonName', 'proof.example.com']],
    publicKey: ofRequest ?? publicKeyOf(signer),
    serial: Buffer.of(1),
    notBefore: now,
    notAfter: now + Number(days) * 86_400_000,
  })
  return certificate.toString('base64')
}
