// What does a custom domain look like on the wire?
import { isoDate } from '../clock.ts'
import type { CustomDomain } from '../entities/domain.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

/** A custom domain as Okta shows it. */
export function showCustom(org: Org, { id, value }: Stored<CustomDomain>): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/domains/${id}`
  const link = (href: string, ...allow: string[]) => ({ href, hints: { allow } })
  return {
    id,
    domain: value.domain,
    brandId: value.brandId,
    certificateSourceType: value.certificateSourceType,
    validationStatus: value.validationStatus,
    dnsRecords: recordsOf(org, value),
    ...(value.certificate && {
      publicCertificate: {
        subject: value.certificate.subject,
        fingerprint: value.certificate.fingerprint,
        expiration: isoDate(value.certificate.expiresAt),
      },
    }),
    _links: {
      self: link(self, 'GET', 'PUT', 'DELETE'),
      verify: link(`${self}/verify`, 'POST'),
      certificate: link(`${self}/certificate`, 'PUT'),
      brand: link(`${org.baseUrl}/api/v1/brands/${value.brandId}`, 'GET', 'PUT', 'DELETE'),
    },
  }
}

// A certificate that Okta gets needs records of its own (okta/okta-sdk-dotnet CustomDomainApiTests, seen in a real org).
function recordsOf(org: Org, { domain, certificateSourceType, proof }: CustomDomain): unknown[] {
  const host = { recordType: 'CNAME', fqdn: domain, values: [new URL(org.baseUrl).hostname] }
  return certificateSourceType === 'MANUAL'
    ? [{ recordType: 'TXT', fqdn: `_oktaverification.${domain}`, values: [proof] }, host]
    : [
        { recordType: 'TXT', fqdn: `_acme-challenge.${domain}`, values: [proof] },
        { recordType: 'CAA', fqdn: domain, values: ['0 issue "letsencrypt.org"'] },
        host,
      ]
}
