// What does E0000022 mean: is the method wrong, or did the path become another one?
import { defineError } from '../define.ts'
import { type CallStep, call } from '../proofs/step.ts'

const WELL_KNOWN_URIS = 0
const UNIQUE_LABELS = 2
const CLOSED_BETA = 5

// The list of features is short and always in the same order.
function findFeature(place: number, name = 'feature'): CallStep {
  return call('GET /api/v1/features', { keep: { [name]: `/${place}/id` } })
}

/** The path exists, and not with this HTTP method. */
export const E0000022 = defineError({
  code: 'E0000022',
  title: 'HTTP method not supported',
  area: 'request',
  retry: 'never',
  reference: { status: 404, description: 'The endpoint does not support the provided HTTP method.' },
  current: { status: 405, summary: 'The endpoint does not support the provided HTTP method' },
  note:
    "The reference lists it with 404; today's list and every recording have 405. The answer has no Allow header, " +
    'no request id and no rate-limit headers: the request is refused before it reaches the org. What the features and ' +
    'brands refuse with this code is found out later, so those answers carry them (inferred).',
  causes: {
    'method-not-supported': {
      kind: 'method-not-allowed',
      says: 'The endpoint has other methods, and not this one.',
      tellApart: 'The path, with its id, is one that the reference lists.',
      fix: [
        'Compare the method with the reference. Okta often updates with PUT where you would expect POST or PATCH; users take POST for a partial update.',
        'Membership and assignment are PUT: PUT /api/v1/groups/{id}/users/{userId}.',
        'Check that a redirect did not turn your POST into a GET: use https and the exact host.',
      ],
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python tests/integration/cassettes, test_realms_it: POST on a realm',
        },
      ],
      proof: {
        given: [call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } })],
        call: call('POST /api/v1/groups/{group}', { body: { profile: { name: 'Makers' } } }),
        mend: call('PUT /api/v1/groups/{group}', { body: { profile: { name: 'Makers' } } }),
      },
    },
    'id-empty': {
      kind: 'method-not-allowed',
      says: 'The id in the path is empty, so the item path has become a collection path.',
      tellApart: 'The path ends in a slash or has two slashes in a row.',
      fix: ['Print the URL before you send it, and find out why the variable for the id is empty.'],
      operations: ['GET /api/v1/sessions/'],
      sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes, test_sessions_it' }],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
          }),
          call('POST /api/v1/authn', {
            body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
            as: 'nobody',
            keep: { token: '/sessionToken' },
          }),
          call('POST /api/v1/sessions', { body: { sessionToken: '{token}' }, keep: { session: '/id' } }),
        ],
        call: call('GET /api/v1/sessions/'),
        mend: call('GET /api/v1/sessions/{session}'),
      },
    },
    'lifecycle-word-unknown': {
      kind: 'method-not-allowed',
      says: 'The last part of the path is no lifecycle word of this object, or one that only Okta support may use.',
      tellApart: 'The path is that of a feature and ends in a word other than enable or disable.',
      fix: [
        'End the path in enable or disable: POST /api/v1/features/{id}/enable. Features are not activated.',
        'If the word is right, the feature can be changed only by Okta support.',
      ],
      operations: ['POST /api/v1/features/{id}/{lifecycle}'],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/features' }],
      proof: {
        given: [findFeature(UNIQUE_LABELS)],
        call: call('POST /api/v1/features/{feature}/activate'),
        mend: call('POST /api/v1/features/{feature}/enable'),
      },
    },
    'feature-already-so': {
      kind: 'method-not-allowed',
      says: 'The feature was to be switched to the state that it is in already.',
      tellApart:
        'GET /api/v1/features/{id} shows status ENABLED although the path ends in enable, or DISABLED although it ends in disable.',
      fix: [
        'Read the feature first: GET /api/v1/features/{id}. If its status is what you want, there is nothing to do.',
        'Look at _links: only the step that is possible now is linked.',
      ],
      operations: ['POST /api/v1/features/{id}/{lifecycle}'],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/features' }],
      proof: {
        given: [findFeature(UNIQUE_LABELS), call('POST /api/v1/features/{feature}/enable')],
        call: call('POST /api/v1/features/{feature}/enable'),
        cure: [call('POST /api/v1/features/{feature}/disable')],
      },
    },
    'feature-in-closed-beta': {
      kind: 'method-not-allowed',
      says: 'The feature is in closed Beta and was to be enabled; such a feature can only be switched off.',
      tellApart: 'The path ends in enable, and GET /api/v1/features/{id} shows a stage of value BETA and state CLOSED.',
      fix: [
        'Ask Okta support to let your org in, or wait until the feature opens.',
        'In a program, enable only those whose _links have an enable.',
      ],
      operations: ['POST /api/v1/features/{id}/{lifecycle}'],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/features' }],
      proof: {
        given: [findFeature(CLOSED_BETA), findFeature(UNIQUE_LABELS, 'other')],
        call: call('POST /api/v1/features/{feature}/enable'),
        mend: call('POST /api/v1/features/{other}/enable'),
      },
    },
    'default-brand-lacks-it': {
      kind: 'endpoint-unsupported',
      says: 'The default brand of the org has no well-known URIs.',
      tellApart: 'The same call with the id of another brand succeeds.',
      fix: [
        'List the brands: GET /api/v1/brands. The default one has isDefault true; use the id of another.',
        'If there is no other, make one: POST /api/v1/brands.',
      ],
      operations: ['GET /api/v1/brands/{brandId}/well-known-uris'],
      sources: [
        {
          mark: 'reported',
          where: 'okta/okta-sdk-dotnet, AssociatedDomainCustomizationsApiTests.cs',
        },
      ],
      proof: {
        given: [
          findFeature(WELL_KNOWN_URIS),
          call('POST /api/v1/features/{feature}/enable'),
          call('GET /api/v1/brands', { keep: { standard: '/0/id' } }),
          call('POST /api/v1/brands', { body: { name: 'Harbour' }, keep: { brand: '/id' } }),
        ],
        call: call('GET /api/v1/brands/{standard}/well-known-uris'),
        mend: call('GET /api/v1/brands/{brand}/well-known-uris'),
      },
    },
  },
})
