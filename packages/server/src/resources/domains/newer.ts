// Which refusals of domains have codes that are younger than the reference?
import type { Cause } from '@errorg/errors'
import { failWithNewer } from '../../fail-newer.ts'

// The codes and their texts are in Okta's list; which operation answers with which is inferred from them.
const sources: Cause['sources'] = [{ mark: 'inferred', where: "texts of Okta's current list of error codes" }]

const causes = {
  'domain-taken': {
    code: 'E0000161',
    kind: 'duplicate-object',
    says: 'The org has this custom domain already.',
    fix: ['List the domains: GET /api/v1/domains, and use that one.'],
    sources,
  },
  'domain-missing': {
    code: 'E0000163',
    kind: 'resource-not-found',
    says: 'There is no custom domain with this id.',
    fix: ['List the domains: GET /api/v1/domains.'],
    sources,
  },
  'domain-not-verified': {
    code: 'E0000165',
    kind: 'object-state-forbids-operation',
    says: 'The certificate of a domain was to be set before the domain was verified.',
    fix: ['Put the DNS records of the answer into your zone, then verify the domain.'],
    sources,
  },
  'default-brand-has-no-domain': {
    code: 'E0000203',
    kind: 'validation-invalid-value',
    says: 'A custom domain was to be given to the default brand, which belongs to the address of the org itself.',
    fix: ['Name another brand: GET /api/v1/brands lists them, and POST /api/v1/brands makes one.'],
    sources: [{ mark: 'reported', where: 'okta/okta-sdk-dotnet CustomDomainApiTests.cs ("curl validation")' }],
  },
  'email-domain-taken': {
    code: 'E0000197',
    kind: 'duplicate-object',
    says: 'The org has this email domain already.',
    fix: ['List the email domains: GET /api/v1/email-domains, and use that one.'],
    sources,
  },
  'email-domain-missing': {
    code: 'E0000198',
    kind: 'resource-not-found',
    says: 'There is no email domain with this id.',
    fix: ['List the email domains: GET /api/v1/email-domains.'],
    sources,
  },
  'email-domain-verified': {
    code: 'E0000217',
    kind: 'object-state-forbids-operation',
    says: 'The email domain is verified already.',
    fix: ['Read its validationStatus first; VERIFIED means there is nothing to do.'],
    sources,
  },
  'email-domain-deleted': {
    code: 'E0000217',
    kind: 'object-state-forbids-operation',
    says: 'The email domain is deleted.',
    fix: ['Make it again: POST /api/v1/email-domains.'],
    sources,
  },
  'email-domain-unverifiable': {
    code: 'E0000218',
    kind: 'validation-invalid-value',
    says: 'The DNS records of the email domain are not (yet) as they have to be.',
    fix: ['Compare dnsValidationRecords with your zone, wait until the change is known everywhere, and try again.'],
    sources,
  },
} as const satisfies Record<string, Cause & { code: string }>

/** Refuses with a code of today's list. */
export function failNewer(cause: keyof typeof causes): never {
  const { code, ...rest } = causes[cause]
  return failWithNewer(code, cause, 'service', rest)
}
