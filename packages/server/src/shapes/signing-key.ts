// What do a key that the org signs with, and a request for a certificate about one, look like? Apps and identity
// providers both show them.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { certificateTypes } from '../certificate-requests.ts'
import { isoDate } from '../clock.ts'
import { certificateOf, publicKeyOf } from '../der.ts'
import type { KeyMaterial } from '../oauth/keyring.ts'
import type { Org } from '../org.ts'

/** What is kept of a key beside the key itself. */
interface Kept {
  createdAt: number
  expiresAt: number
  /** As base64, where somebody else has signed it. */
  certificate?: string
}

/** A key as Okta shows it, with its certificate. */
export function showSigningKey(org: Org, { kid, privatePem, publicJwk }: KeyMaterial, kept: Kept) {
  const der =
    kept.certificate === undefined
      ? ownCertificate(org, kid, privatePem, kept)
      : Buffer.from(kept.certificate, 'base64')
  return {
    kty: 'RSA',
    created: isoDate(kept.createdAt),
    lastUpdated: isoDate(kept.createdAt),
    expiresAt: isoDate(kept.expiresAt),
    kid,
    use: 'sig',
    x5c: [der.toString('base64')],
    'x5t#S256': thumbprintOf(new X509Certificate(der)),
    e: publicJwk.e,
    n: publicJwk.n,
  }
}

/** SHA-256 of a certificate, as JWKs carry it. */
export function thumbprintOf(certificate: X509Certificate): string {
  return Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
}

// A key that nobody else has signed for signs for itself.
function ownCertificate(org: Org, kid: string, privatePem: string, { createdAt, expiresAt }: Kept): Buffer {
  const name = [
    ['country', 'US'],
    ['organization', 'Okta'],
    ['unit', 'SSOProvider'],
    ['commonName', org.fixed.orgId],
  ] as const
  const privateKey = createPrivateKey(privatePem)
  return certificateOf(privateKey, {
    issuer: name,
    subject: name,
    publicKey: publicKeyOf(privateKey),
    // Positive and the key's own.
    serial: Buffer.concat([Buffer.of(1), Buffer.from(kid).subarray(0, 8)]),
    notBefore: createdAt,
    notAfter: expiresAt,
  })
}

/** A request for a certificate, below the URL of the list that it is in. */
export function showCsr(list: string, id: string, { createdAt, csr }: { createdAt: number; csr: string }) {
  const self = `${list}/${id}`
  return {
    id,
    created: isoDate(createdAt),
    csr,
    kty: 'RSA',
    _links: {
      self: { href: self, hints: { allow: ['GET', 'DELETE'] } },
      publish: {
        href: `${self}/lifecycle/publish`,
        hints: { allow: ['POST'], accept: certificateTypes.filter((type) => type !== 'application/json') },
      },
    },
  }
}
