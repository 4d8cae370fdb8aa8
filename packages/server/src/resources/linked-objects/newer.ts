// Which codes do linked objects answer today where the reference contract has E0000001?
import type { Cause } from '@errorg/errors'
import { failWithNewer } from '../../fail-newer.ts'

const nameTaken: Cause = {
  kind: 'duplicate-object',
  says: 'Another linked object definition has one of the two names, as its primary or its associated one.',
  fix: [
    'List the definitions: GET /api/v1/meta/schemas/user/linkedObjects, and use the one that is there.',
    'Otherwise choose other names. All names of all definitions must differ.',
  ],
  sources: [
    {
      mark: 'reported',
      where: 'okta/okta-sdk-dotnet LinkedObjectApiTests (a definition made twice is answered 409)',
    },
    { mark: 'inferred', where: "the code: of Okta's current list, the one about linked objects that has this status" },
  ],
}

/** Refuses a name that another definition has. `field` is the one that names it. */
export function failNameTaken(field: string): never {
  return failWithNewer('E0000127', 'link-name-taken', 'users', nameTaken, {
    detail: `${field}: An object with this field already exists in the current organization`,
  })
}
