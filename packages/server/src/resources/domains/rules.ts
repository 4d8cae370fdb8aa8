// What may be done with domains?
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { CustomDomain } from '../../entities/domain.ts'
import { checkFields, type FieldTable, type JsonObject, objectBody, refuseFaults, refuseValue } from '../../fields.ts'
import { failNewer } from './newer.ts'
import { certificateFields } from './schema.ts'

/** A body whose fields are as they have to be. */
export function readBody(body: unknown, table: FieldTable): JsonObject {
  const object = objectBody(body)
  refuseFaults(checkFields(object, table))
  return object
}

/** A certificate of one's own: it must be one, for this name, with its key. */
export function readCertificate(
  body: unknown,
  domain: CustomDomain,
): { certificate: NonNullable<CustomDomain['certificate']> } {
  const sent = readBody(body, certificateFields)
  if (domain.validationStatus !== 'VERIFIED' && domain.validationStatus !== 'COMPLETED')
    failNewer('domain-not-verified')
  const found = parse(String(sent.certificate), String(sent.privateKey))
  if (!found) return refuseValue('certificate', 'must be a PEM certificate that belongs to the private key')
  if (!found.checkHost(domain.domain)) refuseValue('certificate', `must be made out to ${domain.domain}`)
  return {
    certificate: {
      subject: found.subject,
      fingerprint: found.fingerprint256,
      expiresAt: Date.parse(found.validTo),
    },
  }
}

function parse(certificate: string, privateKey: string): X509Certificate | undefined {
  try {
    const found = new X509Certificate(certificate)
    return found.checkPrivateKey(createPrivateKey(privateKey)) ? found : undefined
  } catch {
    return undefined
  }
}
