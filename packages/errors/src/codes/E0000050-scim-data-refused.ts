// Why did the SCIM server refuse the data that Okta sent?
import { defineError } from '../define.ts'

/** The SCIM server refused the data that Okta sent. */
export const E0000050 = defineError({
  code: 'E0000050',
  title: 'SCIM server refused the data',
  area: 'provisioning',
  retry: 'never',
  reference: { status: 400, description: 'Invalid SCIM data from client.' },
  current: { status: 400, summary: 'Invalid SCIM data from client.' },
  note: 'The "client" of the text is Okta, which sends what the mapping makes of the user. No answer with this code is public; its title is "OPP invalid SCIM data from client exception".',
  causes: {
    'scim-value-refused': {
      kind: 'scim-data-rejected',
      says: 'The SCIM server answered 400: a mapped value is missing, malformed or not allowed there.',
      fix: [
        'Read the `detail` of the SCIM answer in the server log, or in the failed task under Dashboard > Tasks. `scimType` is often `invalidValue` or `invalidSyntax`.',
        'Look at the value that Okta sends: the user profile and the mapping under Provisioning > To App.',
        'Fill the empty attribute, or give the mapping a default, for instance `user.department != null ? user.department : "none"`.',
        'Retry the task.',
      ],
      operations: ['POST /api/v1/apps/{id}/users', 'POST /api/v1/apps/{id}/users/{userId}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "OPP invalid SCIM data from client exception"' }],
    },
  },
})
