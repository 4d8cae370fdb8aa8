import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { exportJWK, importPKCS8, jwtVerify, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { OAuthCredential } from './credential.ts'
import { readSigningKey } from './signing-key.ts'
import { appKey as rsa } from './testing.ts'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ec384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8') =>
  key.export({ type: type as 'pkcs8', format: 'pem' }).toString()
const read = (privateKey: unknown, keyId?: string) =>
  readSigningKey({ clientId: 'a', scope: 's', privateKey, keyId } as OAuthCredential)

describe('a private key signs', () => {
  const rsaJwk = { ...rsa.privateKey.export({ format: 'jwk' }), kid: 'own' }
  test.each<[string, () => unknown, KeyObject, string]>([
    ['PKCS #8', () => pem(rsa.privateKey), rsa.publicKey, 'RS256'],
    ['PKCS #1', () => pem(rsa.privateKey, 'pkcs1'), rsa.publicKey, 'RS256'],
    ['SEC 1', () => pem(ec.privateKey, 'sec1'), ec.publicKey, 'ES256'],
    ['PKCS #8 with an EC key', () => pem(ec384.privateKey), ec384.publicKey, 'ES384'],
    ['PEM with \\n as two characters', () => pem(rsa.privateKey).replaceAll('\n', '\\n'), rsa.publicKey, 'RS256'],
    ['JWK', () => rsaJwk, rsa.publicKey, 'RS256'],
    ['JWK as JSON', () => JSON.stringify(rsaJwk), rsa.publicKey, 'RS256'],
    ['JWK with its alg', () => ({ ...rsaJwk, alg: 'RS512' }), rsa.publicKey, 'RS512'],
    ['JWK on a curve', () => ec384.privateKey.export({ format: 'jwk' }), ec384.publicKey, 'ES384'],
    ['KeyObject', () => ec.privateKey, ec.publicKey, 'ES256'],
    ['CryptoKey', () => importPKCS8(pem(rsa.privateKey), 'RS384'), rsa.publicKey, 'RS384'],
    ['CryptoKey on a curve', () => importPKCS8(pem(ec.privateKey), 'ES256'), ec.publicKey, 'ES256'],
  ])('as %s', async (_title, given, publicKey, alg) => {
    const found = await read(await given())
    expect(found.alg).toBe(alg)
    const jwt = await new SignJWT({ a: 1 }).setProtectedHeader({ alg }).sign(found.key)
    expect((await jwtVerify(jwt, publicKey)).payload).toEqual({ a: 1 })
  })

  test('under the kid that is given, else that of the JSON Web Key', async () => {
    expect((await read(rsaJwk)).kid).toBe('own')
    expect((await read(rsaJwk, 'given')).kid).toBe('given')
    expect((await read(pem(rsa.privateKey))).kid).toBeUndefined()
  })
})

describe('what cannot sign is told without being quoted', () => {
  const whole = pem(rsa.privateKey)
  const locked = rsa.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString()
  const ed = generateKeyPairSync('ed25519').privateKey
  test.each<[string, () => unknown, RegExp]>([
    ['the public PEM', () => rsa.publicKey.export({ type: 'spki', format: 'pem' }), /is the public half of the key/],
    ['the public JWK', () => exportJWK(rsa.publicKey), /is the public half of a JSON Web Key/],
    ['a public KeyObject', () => rsa.publicKey, /is a public key/],
    ['an encrypted PEM', () => locked, /is encrypted/],
    ['a cut PEM', () => whole.slice(0, 400), /is a damaged PEM text/],
    ['a path', () => './keys/app.pem', /is no PEM text.*Give the text, not the path/],
    ['cut JSON', () => '{"kty":"RSA","d":"abc', /is no JSON/],
    ['a JWK without its parts', () => ({ kty: 'RSA', d: 'abc' }), /members are missing or damaged/],
    ['another kind of key', () => ed, /of the kind ed25519/],
    [
      'another curve',
      () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
      /on the curve secp256k1/,
    ],
    ['a certificate', () => '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----', /is a certificate/],
  ])('%s', async (_title, given, says) => {
    const error = await read(await given()).catch((caught: unknown) => caught as Error)
    expect(error).toMatchObject({ name: 'KeyFault' })
    const { message } = error as Error
    expect(message).toMatch(says)
    for (const line of whole.split('\n').slice(1, 5)) expect(message).not.toContain(line.slice(0, 20))
  })
})
