// Which refusals of brands have codes that are younger than the reference?
import type { Cause } from '@errorg/errors'
import { failWithNewer } from '../../fail-newer.ts'

const documented = (what: string): Cause['sources'] => [
  { mark: 'documented', where: `Okta's OpenAPI description, example ${what}` },
]

const causes = {
  'brand-name-taken': {
    code: 'E0000202',
    kind: 'duplicate-object',
    says: 'Another brand of the org has this name.',
    fix: ['List the brands: GET /api/v1/brands, and use that one, or choose another name.'],
    sources: documented('ErrorCreateBrandExists'),
  },
  'default-brand-fixed': {
    code: 'E0000200',
    kind: 'object-state-forbids-operation',
    says: 'The default brand was to be deleted; it stays as long as the org does.',
    fix: ['Skip brands with "isDefault": true.'],
    sources: documented('ErrorDeleteDefaultBrand'),
  },
  'brand-has-domain': {
    code: 'E0000201',
    kind: 'object-state-forbids-operation',
    says: 'A custom domain or an email domain belongs to the brand that was to be deleted.',
    fix: ['Give its domains to another brand (PUT /api/v1/domains/{id}) or delete them first.'],
    sources: documented('ErrorDeleteBrandAssociatedWithDomain'),
  },
  'default-taken': {
    code: 'E0000182',
    kind: 'duplicate-object',
    says: 'The template has a default customization already, and this one was to be the default too.',
    fix: ['Send "isDefault": false, or change the one that is the default.'],
    sources: documented('ErrorEmailCustomizationDefaultAlreadyExists'),
  },
  'language-taken': {
    code: 'E0000183',
    kind: 'duplicate-object',
    says: 'The template has a customization in this language already.',
    fix: ['List the customizations and replace the one in this language.'],
    sources: documented('ErrorEmailCustomizationLanguageAlreadyExists'),
  },
  'default-not-deletable': {
    code: 'E0000184',
    kind: 'object-state-forbids-operation',
    says: 'The default customization was to be deleted while there are others.',
    fix: ['Delete the others first, or delete all of them at once: DELETE …/customizations.'],
    sources: documented('ErrorEmailCustomizationCannotDeleteDefault'),
  },
  'default-not-cleared': {
    code: 'E0000185',
    kind: 'object-state-forbids-operation',
    says: 'The default customization was to be the default no longer; a template keeps exactly one.',
    fix: ['Leave isDefault out, or send true.'],
    sources: documented('ErrorEmailCustomizationCannotClearDefault'),
  },
  'default-brand-page': {
    code: 'E0000213',
    kind: 'object-state-forbids-operation',
    says: 'A page of the default brand was to be written or deleted; only other brands have pages of their own.',
    fix: ['Make a brand (POST /api/v1/brands), give it a domain, and write the page there.'],
    sources: [
      { mark: 'documented', where: "Okta's list of error codes (status and summary)" },
      { mark: 'reported', where: 'okta/okta-sdk-dotnet, CustomPagesApiTests.cs' },
    ],
  },
  'default-brand-uri': {
    code: 'E0000257',
    kind: 'object-state-forbids-operation',
    says: 'A well-known URI of the default brand was to be written.',
    fix: ['Use a brand with a domain of its own.'],
    wire: { causes: ['Cannot update the content for the default brand.'] },
    sources: documented('CannotUpdateWellKnownUriForDefaultBrandError'),
  },
} as const satisfies Record<string, Cause & { code: string }>

/** Refuses with a code of today's list. */
export function failNewer(cause: keyof typeof causes): never {
  const { code, ...rest } = causes[cause]
  return failWithNewer(code, cause, 'service', rest)
}
