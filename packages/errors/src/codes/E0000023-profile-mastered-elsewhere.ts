// What does E0000023 mean: who keeps this profile, and where can it be changed?
import { defineError } from '../define.ts'
import { call, seed } from '../proofs/step.ts'

/** The user's profile comes from another system, which alone may change it. */
export const E0000023 = defineError({
  code: 'E0000023',
  title: 'Profile mastered elsewhere',
  area: 'users',
  retry: 'after-change',
  reference: {
    status: 403,
    description: 'Operation failed because user profile is mastered under another system.',
  },
  current: {
    status: 403,
    summary: 'Operation failed because user profile is mastered under another system',
  },
  note:
    'A 403 that no admin role repairs. Okta Workflows shows the same sentence under E0000085. A full PUT touches ' +
    'every attribute and fails where a partial POST of an attribute that Okta keeps succeeds.',
  causes: {
    'user-sourced-elsewhere': {
      kind: 'user-sourced-externally',
      says: 'Active Directory, LDAP, an HR app or another source masters the user, and the request would change an attribute that comes from there.',
      tellApart: 'In the console the profile is locked and names its source; credentials.provider often names it too.',
      fix: [
        'Change the value at its source; the next import brings it over.',
        'Or let Okta keep this attribute: Directory > Profile Editor > the attribute > Source priority > Inherit from Okta (or override profile source).',
        'Send only attributes that Okta keeps, with POST /api/v1/users/{id}. PUT replaces the whole profile.',
      ],
      operations: ['POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}'],
      sources: [
        {
          mark: 'reported',
          where:
            'https://github.com/oktadev/okta-node-express-example/issues/4, https://github.com/okta/terraform-provider-okta/issues/1569, https://github.com/okta/okta-sdk-java/issues/968',
        },
      ],
      proof: {
        given: [
          seed(
            {
              users: [{ login: 'ada@example.com', firstName: 'Ada', lastName: 'Byron', source: 'ACTIVE_DIRECTORY' }],
            },
            { user: '/users/0/id' },
          ),
        ],
        call: call('POST /api/v1/users/{user}', { body: { profile: { title: 'Countess' } } }),
        // What Okta keeps itself may be changed: the recovery question is no attribute of the profile.
        mend: call('POST /api/v1/users/{user}', {
          body: { credentials: { recovery_question: { question: 'First machine?', answer: 'the difference engine' } } },
        }),
      },
    },
    'deactivation-misjudged': {
      kind: 'okta-service-error',
      says: 'A deactivation was refused with this message although the source does not matter for it: a fault of the service.',
      tellApart: 'The request deactivates the user and changes no attribute.',
      fix: [
        'Deactivate the user at the source and let the import carry it over, if you can.',
        'Otherwise send the errorId to Okta support.',
      ],
      operations: ['POST /api/v1/users/{id}/lifecycle/deactivate'],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/release-notes of 2017 (OKTA-119549)' }],
    },
  },
})
