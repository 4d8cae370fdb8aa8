// Which values cannot be turned into the type that the operation needs?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}
const template = { type: 'CUSTOM', template: 'user.login' }

/** A value cannot be turned into the type that the operation needs. */
export const E0000037 = defineError({
  code: 'E0000037',
  title: 'Value of the wrong type',
  area: 'request',
  retry: 'never',
  reference: { status: 400, description: 'Type mismatch exception.' },
  current: { status: 400, summary: 'Type mismatch exception. {message}' },
  note: 'The reference ends after the first sentence; today a sentence about the value follows it. A body whose JSON is broken is E0000003, and a value of the right type that breaks a rule is E0000001.',
  causes: {
    'number-unreadable': {
      kind: 'query-invalid',
      says: 'A query parameter or path value should be a whole number and is not one.',
      tellApart: 'The URL holds text, an empty value or a decimal where a number belongs, most often in `limit`.',
      fix: [
        'Look at the numbers in the query, `limit` first. An unset variable often arrives as `undefined`, `NaN` or nothing.',
        'Send a whole number, such as `limit=200`, or leave the parameter out.',
      ],
      operations: ['GET /api/v1/users', 'GET /api/v1/groups', 'GET /api/v1/logs'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Type mismatch exception"' }],
      proof: {
        given: [],
        call: call('GET /api/v1/users?limit=abc'),
        mend: call('GET /api/v1/users?limit=10'),
      },
    },
    'flag-unreadable': {
      kind: 'query-invalid',
      says: 'A query parameter should be true or false and is something else.',
      tellApart: 'The URL holds another word or a number where true or false belongs, such as `activate=yes`.',
      fix: ['Send `true` or `false`, or leave the parameter out.'],
      operations: ['POST /api/v1/users', 'POST /api/v1/users/{id}/lifecycle/activate'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Type mismatch exception"' }],
      proof: {
        given: [],
        call: call('POST /api/v1/users?activate=yes', {
          body: {
            profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
          },
        }),
        mend: call('POST /api/v1/users?activate=true', {
          body: {
            profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
          },
        }),
      },
    },
    'word-not-in-list': {
      kind: 'validation-invalid-value',
      says: 'A field of the body takes one of a few fixed words and holds another one, or an empty text.',
      tellApart: 'The URL is fine. The body holds a field with a fixed list of words, such as `pushStatus`.',
      fix: [
        'Compare the field with the words that the API reference lists for it; case counts.',
        'Leave the field out when it has no value. An empty text is not the same as an absent field.',
      ],
      operations: ['PUT /api/v1/apps/{id}'],
      sources: [
        {
          mark: 'inferred',
          where:
            'okta/terraform-provider-okta issue 2862 shows a type mismatch for an empty pushStatus; its code was not checked',
        },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } })],
        call: call('PUT /api/v1/apps/{app}', {
          body: { ...bookmark, credentials: { userNameTemplate: { ...template, pushStatus: '' } } },
        }),
        mend: call('PUT /api/v1/apps/{app}', {
          body: { ...bookmark, credentials: { userNameTemplate: { ...template, pushStatus: 'DONT_PUSH' } } },
        }),
      },
    },
  },
})
