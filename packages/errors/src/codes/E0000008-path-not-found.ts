// What does E0000008 mean, and how does it differ from an object that is missing?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** No endpoint has this path. */
export const E0000008 = defineError({
  code: 'E0000008',
  title: 'Path not found',
  area: 'request',
  retry: 'never',
  reference: { status: 404, description: 'The requested path was not found.' },
  current: { status: 404, summary: 'The requested path was not found' },
  note:
    'The code says nothing about any object; a missing object is E0000007. No recording holds this code: for a path ' +
    'that no router knows, recorded orgs send {"status":404,"message":"Resource not found"} without Content-Type, ' +
    'request id or code. Expect both.',
  causes: {
    'path-unknown': {
      kind: 'path-not-found',
      says: 'The org has no endpoint with this path.',
      tellApart: 'Every method on this path gives the same answer, with any id.',
      fix: [
        'Compare the path with the API reference: spelling, plural, order of the parts.',
        'Check for a missing or doubled /api/v1, and that no variable in the URL was empty.',
        'Check the host: {org}.okta.com, not the -admin host.',
        'A path of a newer feature may not be there in your org yet.',
      ],
      sources: [{ mark: 'inferred', where: 'title of the code in Okta\'s current list: "Not found exception"' }],
      proof: {
        // Today's orgs answer such a path at the edge, without a code.
        contract: 'reference',
        given: [],
        call: call('GET /api/v1/user?limit=1'),
        mend: call('GET /api/v1/users?limit=1'),
      },
    },
    'ui-schema-missing': {
      kind: 'resource-not-found',
      says: 'The UI schema with this id does not exist.',
      tellApart:
        'The path is /api/v1/meta/uischemas/{id}. Recordings of 2025 answer E0000007 (UISchemaEntity) instead.',
      fix: ['List the UI schemas: GET /api/v1/meta/uischemas, and use an id from there (uis…).'],
      operations: [
        'GET /api/v1/meta/uischemas/{id}',
        'PUT /api/v1/meta/uischemas/{id}',
        'DELETE /api/v1/meta/uischemas/{id}',
      ],
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-developer-docs of 2023-03, docs/reference/api/uischema; recordings of 2025 contradict it (and okta/okta-sdk-dotnet, UISchemaApiTests.cs: DELETE answers 204)',
        },
      ],
      proof: {
        // Today's orgs answer E0000007.
        contract: 'reference',
        given: [
          call('POST /api/v1/meta/uischemas', {
            body: { uiSchema: { type: 'Group', label: 'Sign in', buttonLabel: 'Submit', elements: [] } },
            keep: { form: '/id' },
          }),
          call('DELETE /api/v1/meta/uischemas/{form}'),
          call('POST /api/v1/meta/uischemas', {
            body: { uiSchema: { type: 'Group', label: 'Sign in', buttonLabel: 'Submit', elements: [] } },
            keep: { other: '/id' },
          }),
        ],
        call: call('GET /api/v1/meta/uischemas/{form}'),
        mend: call('GET /api/v1/meta/uischemas/{other}'),
      },
    },
  },
})
