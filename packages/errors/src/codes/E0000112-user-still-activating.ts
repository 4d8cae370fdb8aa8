// Why can a user not be changed for a while after activation?
import { defineError } from '../define.ts'
import { advance, call, settings } from '../proofs/step.ts'

/** The user is still being activated. */
export const E0000112 = defineError({
  code: 'E0000112',
  title: 'User is still being activated',
  area: 'users',
  retry: 'with-backoff',
  reference: {
    status: 409,
    description: 'Cannot update this user because they are still being activated. Please try again in a few minutes.',
  },
  current: {
    status: 409,
    summary: 'Cannot update this user because they are still being activated. Please try again in a few minutes.',
  },
  note: 'The refused change was not carried out, so it may be sent again as it is. Activation runs in the background when it has to provision apps or import from a directory.',
  causes: {
    'user-still-activating': {
      kind: 'user-status-forbids-operation',
      says: 'The activation of the user is still running: `transitioningToStatus` is set.',
      fix: [
        'Read the user, `GET /api/v1/users/{id}`, every few seconds until `transitioningToStatus` is null.',
        'Then send the same change again.',
        'Better still, put the whole profile and the groups into the request that creates the user, so that no change is needed right after it.',
      ],
      operations: ['POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}'],
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs docs/release-notes/2017 OKTA-120458' },
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs@2022-09 docs/reference/api/users: activation is asynchronous',
        },
      ],
      proof: {
        given: [
          settings({ delays: { activationSeconds: 60 } }),
          call('POST /api/v1/users?activate=false', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', login: 'ada@example.com' },
            },
            keep: { user: '/id' },
          }),
          call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false'),
        ],
        call: call('POST /api/v1/users/{user}', { body: { profile: { nickName: 'Countess' } } }),
        cure: [advance(61)],
      },
    },
  },
})
