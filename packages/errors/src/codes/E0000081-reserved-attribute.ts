// Which attributes of an app user may not be written?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}
const badge = { title: 'Badge', type: 'string', required: false }
const ada = {
  profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
  credentials: { password: { value: 'Correct-Horse-9' } },
}

/** The attribute is reserved for the app. */
export const E0000081 = defineError({
  code: 'E0000081',
  title: 'Attribute is reserved',
  area: 'provisioning',
  retry: 'never',
  reference: {
    status: 400,
    description: 'Cannot modify the test attribute because it is a reserved attribute for this application.',
  },
  current: {
    status: 403,
    summary: 'Cannot modify the {attribute} attribute because it is a reserved attribute for this application.',
  },
  note: 'The reference gives status 400 and has the word "test" where the name of the attribute belongs; today\'s list gives 403. An attribute that is mapped and pushed is E0000075, a read-only one E0000077.',
  causes: {
    'attribute-reserved': {
      kind: 'validation-invalid-value',
      says: 'The profile sets an attribute that the app keeps for itself (scope SYSTEM in its schema).',
      fix: [
        'The summary names the attribute. Look it up: `GET /api/v1/meta/schemas/apps/{id}/default`.',
        'Leave it out of `profile` and send the rest.',
        'Clients that read a whole profile and write it back must drop such attributes first.',
      ],
      operations: ['POST /api/v1/apps/{id}/users/{userId}', 'POST /api/v1/apps/{id}/users'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "System scope attribute exception"' }],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } }),
          call('POST /api/v1/meta/schemas/apps/{app}/default', {
            body: {
              definitions: {
                custom: { id: '#custom', type: 'object', properties: { badge: { ...badge, scope: 'SYSTEM' } } },
              },
            },
          }),
          call('POST /api/v1/users?activate=true', { body: ada, keep: { user: '/id' } }),
        ],
        call: call('POST /api/v1/apps/{app}/users', { body: { id: '{user}', scope: 'USER', profile: { badge: '7' } } }),
        mend: call('POST /api/v1/apps/{app}/users', { body: { id: '{user}', scope: 'USER', profile: {} } }),
      },
    },
  },
})
