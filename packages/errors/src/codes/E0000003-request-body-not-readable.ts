// What does E0000003 mean: why could the server not read the body, and what should be sent instead?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }

/** The body could not be turned into the object that the operation takes. */
export const E0000003 = defineError({
  code: 'E0000003',
  title: 'Request body not readable',
  area: 'request',
  retry: 'never',
  reference: { status: 400, description: 'The request body was not well-formed.' },
  current: { status: 400, summary: 'The request body was not well-formed.' },
  note:
    'The answer never says where the fault is, and errorCauses stays empty. A body that can be read but breaks a rule ' +
    'is E0000001; a wrong Content-Type is E0000021.',
  causes: {
    'body-not-json': {
      kind: 'request-body-malformed',
      says: 'The body is not valid JSON.',
      tellApart: 'A JSON parser on your side rejects the bytes that you sent.',
      fix: [
        'Let a JSON library make the body instead of putting strings together.',
        'Look for a trailing comma, single quotes, an unescaped quote in a value, or a body cut off half way.',
        'In a shell, put the JSON in single quotes or in a file (curl --data @body.json).',
      ],
      sources: [{ mark: 'inferred', where: 'title of the code in Okta\'s current list: "Reader exception"' }],
      proof: {
        given: [],
        call: call('POST /api/v1/users?activate=false', {
          body: '{"profile":',
          headers: { 'content-type': 'application/json' },
        }),
        mend: call('POST /api/v1/users?activate=false', { body: { profile: ada } }),
      },
    },
    'body-missing': {
      kind: 'request-body-malformed',
      says: 'The operation needs a body and none was sent.',
      tellApart: 'The request has Content-Length 0 or none at all.',
      fix: [
        'Send the JSON object that the operation describes.',
        'Check that the HTTP library does not drop the body, for example after a redirect or on a retry of a stream that was read already.',
      ],
      operations: [
        'POST /api/v1/sessions',
        'POST /api/v1/realms',
        'POST /api/v1/users',
        'PUT /api/v1/apps/{id}/features/USER_PROVISIONING',
      ],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/okta-sdk-python tests/integration/cassettes, test_sessions_it, test_realms_it, test_application_features_it',
        },
      ],
      proof: {
        given: [],
        call: call('POST /api/v1/groups', { headers: { 'content-type': 'application/json' } }),
        mend: call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } } }),
      },
    },
    'body-unreadable-shape': {
      kind: 'request-body-malformed',
      says: 'The body is JSON, and one of its values has a type, a key or an enum word that the model cannot hold.',
      tellApart:
        'A JSON parser accepts the body; a text stands where a list is wanted, or keys are in snake_case, or unset fields are sent as null.',
      fix: [
        'Compare each value with its type in the API reference: list, object, text, number, true or false.',
        'Write keys in camelCase (groupIds, costCenter).',
        'Leave unset fields out instead of sending them as null.',
        'Send enum words exactly as documented.',
      ],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/okta-sdk-python tests/integration/cassettes, test_policies_it, and its history, TestUsersResource.test_create_get_user (2020)',
        },
      ],
      proof: {
        given: [],
        call: call('POST /api/v1/users?activate=false', { body: { profile: 'Ada Byron' } }),
        mend: call('POST /api/v1/users?activate=false', { body: { profile: ada } }),
      },
    },
  },
})
