// What is missing in the target system of an app?
import { defineError } from '../define.ts'

/** The target system of the app does not have the object any more. */
export const E0000048 = defineError({
  code: 'E0000048',
  title: 'Object missing in the target system',
  area: 'provisioning',
  retry: 'never',
  reference: { status: 404, description: 'Entity not found exception.' },
  current: { status: 404, summary: 'Entity not found exception.' },
  note: 'The missing object is in the provisioned app, not in Okta: for objects of Okta see E0000007. No answer with this code is public; its title is "OPP entity not found exception" (OPP: on-premises provisioning).',
  causes: {
    'target-object-gone': {
      kind: 'scim-data-rejected',
      says: 'The SCIM server answered 404 for the id that Okta keeps for this user or group.',
      fix: [
        'Take the external id from the assignment, `GET /api/v1/apps/{id}/users/{userId}`, and ask the SCIM server for it: `GET {base}/Users/{externalId}`.',
        'If the object was deleted there, import from the app again, or unassign the user and assign them again. Okta then creates the object anew.',
        'If the object is there, the server gave it a new id. SCIM ids must never change.',
      ],
      operations: ['POST /api/v1/apps/{id}/users/{userId}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "OPP entity not found exception"' }],
    },
  },
})
