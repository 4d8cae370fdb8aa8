// Which codes do realms answer that the reference does not have?
import { failWithNewer } from '../../fail-newer.ts'

/** Refuses to delete a realm, with the reason. */
export function failRealmStays(detail: string): never {
  return failWithNewer(
    'E0000178',
    'realm-in-use',
    'users',
    {
      kind: 'object-state-forbids-operation',
      says: 'The realm was to be deleted, and users or assignments are still in it, or it is the default realm.',
      fix: [
        'Move its users to another realm (POST /api/v1/users/{id} with realmId), and delete the assignments that lead to it.',
        'The default realm stays.',
      ],
      sources: [
        { mark: 'documented', where: "Okta's current list of error codes; Realms reference, Delete a realm" },
        { mark: 'inferred', where: 'the sentence that names the reason' },
      ],
    },
    { detail },
  )
}
