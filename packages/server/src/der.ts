// How are certificates and requests for them written? DER by hand: Node reads certificates but makes none.
import { createPublicKey, type KeyObject, sign } from 'node:crypto'

/** One value with its tag and length. */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), value])
  const size = length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
  return Buffer.concat([Buffer.of(tag), size, value])
}

/** A SEQUENCE. */
export const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts))
/** A SET of one. */
const setOf = (part: Buffer): Buffer => tagged(0x31, part)
/** An OBJECT IDENTIFIER, its bytes in hex. */
export const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
/** A whole number, most significant byte first; positive as long as its first bit is not set. */
export const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes)

// sha256WithRSAEncryption
const algorithm = sequence(oid('2a864886f70d01010b'), tagged(0x05, Buffer.alloc(0)))

/** The parts of a name, in the order in which they are written. */
export type NamePart = readonly [type: keyof typeof nameTypes, text: string]

const nameTypes = {
  country: '550406',
  state: '550408',
  locality: '550407',
  organization: '55040a',
  unit: '55040b',
  commonName: '550403',
} as const

/** A distinguished name. */
export function nameOf(parts: readonly NamePart[]): Buffer {
  return sequence(
    ...parts.map(([type, text]) => {
      // A country is two letters in the plainest form (X.520); all else is UTF-8.
      const tag = type === 'country' && /^[A-Za-z]{2}$/.test(text) ? 0x13 : 0x0c
      return setOf(sequence(oid(nameTypes[type]), tagged(tag, Buffer.from(text))))
    }),
  )
}

/** What a certificate says. Moments are in ms since 1970. */
export interface CertificateFacts {
  issuer: readonly NamePart[]
  subject: readonly NamePart[]
  /** The key that it is about, as SubjectPublicKeyInfo. */
  publicKey: Buffer
  /** A positive number, most significant byte first. */
  serial: Buffer
  notBefore: number
  notAfter: number
}

/** A certificate (X.509 version 3) as DER, signed with this RSA key. */
export function certificateOf(signer: KeyObject, facts: CertificateFacts): Buffer {
  const content = sequence(
    // Version 3 is written as 2.
    tagged(0xa0, integer(Buffer.of(2))),
    integer(facts.serial),
    algorithm,
    nameOf(facts.issuer),
    sequence(moment(facts.notBefore), moment(facts.notAfter)),
    nameOf(facts.subject),
    facts.publicKey,
  )
  return signed(content, signer)
}

/** A request for a certificate (PKCS #10) as DER. */
export function requestOf(key: KeyObject, subject: readonly NamePart[], dnsNames: readonly string[]): Buffer {
  const names = sequence(...dnsNames.map((name) => tagged(0x82, Buffer.from(name, 'latin1'))))
  // extensionRequest with subjectAltName.
  const extension = sequence(oid('551d11'), tagged(0x04, names))
  const attribute = sequence(oid('2a864886f70d01090e'), setOf(sequence(extension)))
  const content = sequence(
    integer(Buffer.of(0)),
    nameOf(subject),
    publicKeyOf(key),
    tagged(0xa0, dnsNames.length > 0 ? attribute : Buffer.alloc(0)),
  )
  return signed(content, key)
}

/** The public half of a key as SubjectPublicKeyInfo. */
export function publicKeyOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' })
}

function signed(content: Buffer, key: KeyObject): Buffer {
  return sequence(content, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), sign('sha256', content, key)])))
}

// Two digits of the year until 2049, four from then on. (RFC 5280, 4.1.2.5)
function moment(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)
  return digits < '2050' ? tagged(0x17, Buffer.from(`${digits.slice(2)}Z`)) : tagged(0x18, Buffer.from(`${digits}Z`))
}

/** The parts of a SEQUENCE, each with its tag and length. Only for bytes that we have written ourselves. */
export function partsOf(der: Buffer): Buffer[] {
  const parts: Buffer[] = []
  let at = headerOf(der, 0).begin
  while (at < der.length) {
    const { begin, length } = headerOf(der, at)
    parts.push(der.subarray(at, begin + length))
    at = begin + length
  }
  return parts
}

function headerOf(der: Buffer, at: number): { begin: number; length: number } {
  const first = der[at + 1] ?? 0
  if (first < 0x80) return { begin: at + 2, length: first }
  const size = first & 0x7f
  return { begin: at + 2 + size, length: der.readUIntBE(at + 2, size) }
}
