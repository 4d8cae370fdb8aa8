// Why was a profile mapping not accepted?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The profile mapping was not accepted. */
export const E0000045 = defineError({
  code: 'E0000045',
  title: 'Field mapping refused',
  area: 'provisioning',
  retry: 'never',
  reference: { status: 400, description: 'Field mapping bad request.' },
  current: { status: 400, summary: 'Field mapping bad request.' },
  note: 'No answer with this code is public. A mapping to an attribute that does not exist is recorded as E0000001, one from such an attribute is reported so.',
  causes: {
    'mapping-expression-wrong': {
      kind: 'validation-invalid-value',
      says: 'An expression of the mapping cannot be read.',
      fix: [
        'Send the properties one at a time to find the expression that is refused.',
        'Look for an unfinished name (`user.`), a missing quote or bracket, a single = in place of ==.',
        'Try the expression in Directory > Profile Editor > Mappings, which shows its result for one user.',
        'Repair it and send the mapping again.',
      ],
      operations: ['POST /api/v1/mappings/{id}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Field mapping API exception"' }],
      proof: {
        given: [
          call('POST /api/v1/apps', {
            body: {
              name: 'bookmark',
              label: 'Portal',
              signOnMode: 'BOOKMARK',
              settings: { app: { url: 'https://portal.example' } },
            },
            keep: { app: '/id' },
          }),
          call('GET /api/v1/mappings?sourceId={app}', { keep: { mapping: '/0/id' } }),
        ],
        call: call('POST /api/v1/mappings/{mapping}', {
          body: { properties: { nickName: { expression: 'String.toLowerCase(appuser.userName', pushStatus: 'PUSH' } } },
        }),
        mend: call('POST /api/v1/mappings/{mapping}', {
          body: {
            properties: { nickName: { expression: 'String.toLowerCase(appuser.userName)', pushStatus: 'PUSH' } },
          },
        }),
      },
    },
  },
})
