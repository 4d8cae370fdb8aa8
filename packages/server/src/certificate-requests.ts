// What does a caller say about a certificate: what shall stand in one that is asked for, and is one that comes back the
// right one? Apps and identity providers have the same operations.
import { createPublicKey, X509Certificate } from 'node:crypto'
import { E0000001 } from '@errorg/errors/codes'
import type { NamePart } from './der.ts'
import { fail } from './fail.ts'
import {
  checkFields,
  isBlank,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
  refuseValue,
  textList,
} from './fields.ts'
import type { Exchange } from './http/exchange.ts'

/** Media types of certificates. */
export const certificateTypes = [
  'application/x-x509-ca-cert',
  'application/pkix-cert',
  'application/x-pem-file',
  // Some SDKs send the certificate as a JSON text.
  'application/json',
] as const

const text = { type: 'string', max: 64 } as const
const subjectFields = {
  countryName: text,
  stateOrProvinceName: text,
  localityName: text,
  organizationName: text,
  organizationalUnitName: text,
  commonName: text,
} as const

const nameParts: readonly (readonly [keyof typeof subjectFields, NamePart[0]])[] = [
  ['countryName', 'country'],
  ['stateOrProvinceName', 'state'],
  ['localityName', 'locality'],
  ['organizationName', 'organization'],
  ['organizationalUnitName', 'unit'],
  ['commonName', 'commonName'],
]

const MOST_NAMES = 100

/** A year, as certificates count it. */
export const yearMs = 365 * 86_400_000

/** How long a key is to be good that the org makes: `validityYears`, 2 to 10. */
export function readValidityMs(x: Exchange): number {
  const text = x.query.get('validityYears') ?? ''
  const years = Number(text)
  if (!/^\d{1,2}$/.test(text) || years < 2 || years > 10) fail(E0000001, 'key-validity-out-of-range')
  return years * yearMs
}

/** What a body wants to stand in a certificate. */
export function readCsrMetadata(body: unknown): { subject: NamePart[]; dnsNames: readonly string[] } {
  const given = objectBody(body)
  const subject = objectMember(given, 'subject') ?? {}
  const alternatives = objectMember(given, 'subjectAltNames') ?? {}
  const faults = checkFields(subject, subjectFields)
  const dnsNames = textList(alternatives.dnsNames ?? [])
  if (dnsNames.length > MOST_NAMES || !dnsNames.every(isDnsName)) {
    faults.push({ field: 'dnsNames', says: 'The field has an invalid value', kind: 'invalid' })
  }
  refuseFaults(faults)
  return { subject: nameParts.flatMap(([field, part]) => partOf(subject, field, part)), dnsNames }
}

function partOf(subject: JsonObject, field: string, part: NamePart[0]): NamePart[] {
  const value = subject[field]
  return isBlank(value) ? [] : [[part, String(value)]]
}

const isDnsName = (name: string): boolean => name.length <= 253 && /^(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.?$/i.test(name)

/** A certificate that was sent: as bytes, as base64 (of DER, or PEM as it is), or as a JSON text of either. */
export function readCertificate(x: Exchange): X509Certificate {
  const bytes = Buffer.from(x.body as Uint8Array)
  try {
    const type = String(x.incoming.headers['content-type'])
    const given: unknown = /^\s*application\/json/i.test(type) ? JSON.parse(bytes.toString('utf8')) : bytes
    return new X509Certificate(typeof given === 'string' ? bytesOf(given) : isText(bytes) ? bytesOf(`${bytes}`) : bytes)
  } catch {
    return refuseValue('certificate', 'The certificate cannot be parsed')
  }
}

const isText = (bytes: Buffer): boolean => /^[\s\x20-\x7e]+$/.test(bytes.toString('latin1'))

function bytesOf(given: string): Buffer {
  return given.includes('-----BEGIN') ? Buffer.from(given) : Buffer.from(given.replace(/\s/g, ''), 'base64')
}

const SHORTEST_MS = 90 * 86_400_000

/** Is it about the key of the request, and good for long enough? */
export function mayPublish(certificate: X509Certificate, privatePem: string, now: number): void {
  if (!certificate.publicKey.equals(createPublicKey(privatePem))) fail(E0000001, 'certificate-not-of-csr')
  if (Date.parse(certificate.validTo) - now <= SHORTEST_MS) fail(E0000001, 'certificate-expires-soon')
}
