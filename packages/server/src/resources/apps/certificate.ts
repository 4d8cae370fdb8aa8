// What is the certificate of a key that signs for an app? X.509 version 3, signed by the key itself, written by hand:
// Node reads certificates but makes none.
import { createPublicKey, type KeyObject, sign } from 'node:crypto'

/** What a certificate says. Moments are in ms since 1970. */
export interface CertificateFacts {
  organization: string
  unit: string
  commonName: string
  /** A positive number, most significant byte first. */
  serial: Buffer
  notBefore: number
  notAfter: number
}

/** The certificate as DER. */
export function selfSigned(key: KeyObject, facts: CertificateFacts): Buffer {
  // sha256WithRSAEncryption
  const algorithm = sequence(oid('2a864886f70d01010b'), tagged(0x05, Buffer.alloc(0)))
  const name = sequence(
    attribute('550406', tagged(0x13, Buffer.from('US'))),
    attribute('55040a', utf8(facts.organization)),
    attribute('55040b', utf8(facts.unit)),
    attribute('550403', utf8(facts.commonName)),
  )
  const content = sequence(
    // Version 3 is written as 2.
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, facts.serial),
    algorithm,
    name,
    sequence(moment(facts.notBefore), moment(facts.notAfter)),
    name,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
  )
  return sequence(content, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), sign('sha256', content, key)])))
}

function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), value])
  const size = length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
  return Buffer.concat([Buffer.of(tag), size, value])
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts))
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text))
const attribute = (type: string, value: Buffer): Buffer => tagged(0x31, sequence(oid(type), value))

// Two digits of the year until 2049, four from then on. (RFC 5280, 4.1.2.5)
function moment(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)
  return digits < '2050' ? tagged(0x17, Buffer.from(`${digits.slice(2)}Z`)) : tagged(0x18, Buffer.from(`${digits}Z`))
}
