// What can sign, out of all the forms in which people keep a private key?
import type { CryptoKey, JWK, KeyObject } from 'jose'
import type { OAuthCredential } from './credential.ts'

/** A key that is ready to sign. */
export interface SigningKey {
  key: CryptoKey | KeyObject | Uint8Array
  alg: string
  kid?: string
}

/** The key cannot be used; the message says why and quotes nothing of it. */
export class KeyFault extends Error {
  override name = 'KeyFault'
}

/** Reads it. Rejects with a KeyFault. */
export async function readSigningKey({ privateKey, keyId }: OAuthCredential): Promise<SigningKey> {
  const given = typeof privateKey === 'string' ? await readText(privateKey) : privateKey!
  if ('kty' in given) {
    const jwk = given as JWK
    if (typeof jwk.d !== 'string') throw new KeyFault('`auth.privateKey` is the public half of a JSON Web Key.')
    const { importJWK } = await import('jose')
    const alg = jwk.alg ?? (jwk.kty === 'EC' ? algOfCurve(jwk.crv) : 'RS256')
    const key = await importJWK(jwk, alg).catch(() => {
      throw new KeyFault('`auth.privateKey` is no whole JSON Web Key: members are missing or damaged.')
    })
    return { key, alg, kid: keyId ?? jwk.kid }
  }
  const key = given as CryptoKey | KeyObject
  if (key.type !== 'private') throw new KeyFault(`\`auth.privateKey\` is a ${key.type} key.`)
  return { key, alg: algOf(key), kid: keyId }
}

async function readText(text: string): Promise<KeyObject | JWK> {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text) as JWK
    } catch {
      throw new KeyFault('`auth.privateKey` begins like a JSON Web Key and is no JSON.')
    }
  }
  const { createPrivateKey } = await import('node:crypto')
  try {
    // Variables of the environment and .env files often hold `\n` as two characters.
    return createPrivateKey(text.replaceAll('\\n', '\n'))
  } catch {
    throw new KeyFault(`\`auth.privateKey\` ${whyNoPem(text)}`)
  }
}

function whyNoPem(text: string): string {
  if (/-----BEGIN [A-Z ]*PUBLIC KEY-----/.test(text)) return 'is the public half of the key.'
  if (text.includes('BEGIN CERTIFICATE')) return 'is a certificate, which holds the public half alone.'
  if (text.includes('ENCRYPTED')) return 'is encrypted: give it without its passphrase (`openssl pkey -in key.pem`).'
  if (!text.includes('-----BEGIN'))
    return 'is no PEM text: it must begin with `-----BEGIN`. Give the text, not the path.'
  return 'is a damaged PEM text: compare it with the file, line breaks included.'
}

function algOf(key: CryptoKey | KeyObject): string {
  if ('algorithm' in key) {
    const { name, hash, namedCurve } = key.algorithm as { name: string; hash?: { name: string }; namedCurve?: string }
    if (name === 'RSASSA-PKCS1-v1_5') return `RS${hash?.name.slice(4) ?? '256'}`
    if (name === 'ECDSA') return algOfCurve(namedCurve)
    throw new KeyFault(`\`auth.privateKey\` is a key for ${name}: Okta takes RSA keys (RS256) and ECDSA keys (ES256).`)
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key as {
    asymmetricKeyType?: string
    asymmetricKeyDetails?: { namedCurve?: string }
  }
  if (type === 'rsa') return 'RS256'
  if (type === 'ec') return algOfCurve(details?.namedCurve)
  throw new KeyFault(`\`auth.privateKey\` is a key of the kind ${type}: Okta takes RSA and ECDSA keys.`)
}

function algOfCurve(curve: string | undefined): string {
  const alg = algByCurve.get(curve ?? '')
  if (alg === undefined)
    throw new KeyFault(`\`auth.privateKey\` is on the curve ${curve}: Okta takes P-256, P-384, P-521.`)
  return alg
}

// Node names the curves as OpenSSL does.
const algByCurve: ReadonlyMap<string, string> = new Map([
  ['P-256', 'ES256'],
  ['prime256v1', 'ES256'],
  ['P-384', 'ES384'],
  ['secp384r1', 'ES384'],
  ['P-521', 'ES512'],
  ['secp521r1', 'ES512'],
])
