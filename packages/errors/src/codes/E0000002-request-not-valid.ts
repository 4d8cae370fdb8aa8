// What does E0000002 mean: which argument is of the wrong kind?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** An argument in the path or query is well-formed and of the wrong kind. */
export const E0000002 = defineError({
  code: 'E0000002',
  title: 'Request not valid',
  area: 'request',
  retry: 'never',
  reference: { status: 400, description: 'The request was not valid.' },
  current: { status: 400, summary: 'The request was not valid: {message}' },
  note: 'The current list adds a message after a colon; the reference has the sentence alone. errorCauses stays empty.',
  causes: {
    'mapping-source-wrong': {
      kind: 'validation-invalid-value',
      says: 'sourceId or targetId of a mapping query is neither an app instance nor a user type.',
      tellApart: 'The request went to /api/v1/mappings, and the id begins with something else than 0oa or oty.',
      fix: [
        'Use the id of an app (0oa…) or of a user type (oty…; GET /api/v1/meta/types/user).',
        'For an identity provider look its mapping up from the other side: list with the id of the user type, and pick the mapping whose source is the provider.',
      ],
      operations: ['GET /api/v1/mappings'],
      wire: {
        summary:
          'The request was not valid: Invalid source or target id. Source or target id must be of either App Instance or UserType id',
      },
      sources: [{ mark: 'reported', where: 'https://github.com/okta/terraform-provider-okta/issues/1728' }],
      proof: {
        given: [
          call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
          call('GET /api/v1/meta/types/user', { keep: { type: '/0/id' } }),
        ],
        call: call('GET /api/v1/mappings?sourceId={group}'),
        mend: call('GET /api/v1/mappings?sourceId={type}'),
      },
    },
    'policy-type-unknown': {
      kind: 'query-invalid',
      says: 'type names no kind of policy that this org has.',
      tellApart: 'The request went to /api/v1/policies.',
      fix: [
        'Send one of OKTA_SIGN_ON, PASSWORD, MFA_ENROLL, IDP_DISCOVERY, ACCESS_POLICY, PROFILE_ENROLLMENT, in capitals.',
        'ACCESS_POLICY and PROFILE_ENROLLMENT exist only in Identity Engine orgs.',
      ],
      operations: ['GET /api/v1/policies'],
      sources: [
        {
          mark: 'inferred',
          where: 'title of the code in Okta\'s current list, "Illegal API argument exception"; no public example',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/policies?type=SIGN_ON'),
        mend: call('GET /api/v1/policies?type=OKTA_SIGN_ON'),
      },
    },
  },
})
