// Where do signing keys come from? They are made when first needed, because that takes longer than starting the org;
// a test or a program may hand over its own. What was made once is given again after the org was put back.
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Jwk } from '../entities/app.ts'
import type { Random } from '../ids.ts'

/** What a signing key is made of. */
export interface KeyMaterial {
  kid: string
  /** PKCS#8 PEM. */
  privatePem: string
  publicJwk: Jwk
}

/** The keys of one org's authorization servers. */
export interface Keyring {
  /** The name of the nth key of a server, known before the key is made. */
  kid(serverId: string, n: number): string
  /** The nth key of a server; always the same for the same n. */
  make(serverId: string, n: number): Promise<KeyMaterial>
  /** A private key, parsed once. */
  privateKey(kid: string, privatePem: string): KeyObject
  /** A public key, parsed once. */
  publicKey(kid: string, jwk: Jwk): KeyObject
}

const generate = promisify(generateKeyPair)

/** Makes the keyring of one org. Every server takes the keys of `pems` (RSA) first, in their order. */
export function createKeyring(random: Random, pems: readonly string[] = []): Keyring {
  const given = pems.map(readPem)
  const salt = random(32).toString('hex')
  // As long as Okta's. The server's id is in it, so that servers that share a given key do not share its name: a
  // token of one must not be found among the keys of another. A given key has the same name in every run.
  const kid: Keyring['kid'] = (serverId, n) =>
    createHash('sha256')
      .update(`${serverId} ${given[n] ?? `${salt} ${n}`}`)
      .digest('base64url')
  const made = new Map<string, Promise<KeyMaterial>>()
  const privateKeys = new Map<string, KeyObject>()
  const publicKeys = new Map<string, KeyObject>()
  return {
    kid,
    make(serverId, n) {
      const name = `${serverId} ${n}`
      let material = made.get(name)
      if (!material) {
        const pem = given[n]
        material = (pem === undefined ? generatePem() : Promise.resolve(pem)).then((privatePem) =>
          materialOf(kid(serverId, n), privatePem),
        )
        made.set(name, material)
        // A failure is not kept: the next request tries again.
        material.catch(() => made.delete(name))
      }
      return material
    },
    privateKey: (kid, pem) => remembered(privateKeys, kid, () => createPrivateKey(pem)),
    publicKey: (kid, jwk) => remembered(publicKeys, kid, () => createPublicKey({ key: { ...jwk }, format: 'jwk' })),
  }
}

function readPem(pem: string, n: number): string {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs8', format: 'pem' }).toString()
  } catch {
    // Told below; what the parser says names no member.
  }
  throw new TypeError(`\`signingKeys[${n}]\` must be an RSA private key as PEM`)
}

async function generatePem(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function materialOf(kid: string, privatePem: string): KeyMaterial {
  const { n, e } = createPublicKey(privatePem).export({ format: 'jwk' })
  return { kid, privatePem, publicJwk: { kty: 'RSA', alg: 'RS256', kid, use: 'sig', e, n } }
}

function remembered(keys: Map<string, KeyObject>, kid: string, parse: () => KeyObject): KeyObject {
  let key = keys.get(kid)
  if (!key) {
    key = parse()
    keys.set(kid, key)
  }
  return key
}
