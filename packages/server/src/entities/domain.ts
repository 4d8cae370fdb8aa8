// Under which names of its own can the org be reached, and from which does it send mails?
import type { Collection } from '../state/state.ts'

/** A domain for the org's pages. */
export interface CustomDomain {
  domain: string
  brandId: string
  certificateSourceType: 'MANUAL' | 'OKTA_MANAGED'
  validationStatus: 'NOT_STARTED' | 'FAILED_TO_VERIFY' | 'VERIFIED' | 'COMPLETED'
  /** What the owner of the name has to put into its TXT record. */
  proof: string
  /** Of a certificate that somebody brought along. */
  certificate?: { subject: string; fingerprint: string; expiresAt: number }
}

/** All of them. */
export const customDomains: Collection<CustomDomain> = {
  name: 'customDomain',
  unique: (domain) => [`name:${domain.domain.toLowerCase()}`],
  indexes: { brand: (domain) => domain.brandId },
}

/** A domain that mails come from. */
export interface EmailDomain {
  domain: string
  brandId: string
  displayName: string
  userName: string
  validationSubdomain: string
  validationStatus: 'NOT_STARTED' | 'POLLING' | 'VERIFIED' | 'ERROR' | 'DELETED'
  proof: string
}

const isGone = ({ validationStatus }: EmailDomain) => validationStatus === 'DELETED'

/** All of them. One that is deleted stays to be read; its name and its brand are free. */
export const emailDomains: Collection<EmailDomain> = {
  name: 'emailDomain',
  unique: (domain) => (isGone(domain) ? [] : [`name:${domain.domain.toLowerCase()}`]),
  indexes: { brand: (domain) => (isGone(domain) ? undefined : domain.brandId) },
}

/** Are the DNS records of this name as they have to be? The settings of the org say so: it asks no name server. */
export function isInDns(names: readonly string[], domain: string): boolean {
  return names.some((name) => name.toLowerCase() === domain.toLowerCase())
}
