// Why can a user not be taken off an app?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}
const ada = {
  profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
  credentials: { password: { value: 'Correct-Horse-9' } },
}

/** The user cannot be taken off the app. */
export const E0000046 = defineError({
  code: 'E0000046',
  title: 'User cannot be taken off the app',
  area: 'apps',
  retry: 'never',
  reference: { status: 403, description: 'Deactivate application for user forbidden.' },
  current: { status: 403, summary: 'Deactivate application for user forbidden.' },
  causes: {
    'group-grants-app': {
      kind: 'object-state-forbids-operation',
      says: 'The user has the app through a group. An assignment that comes from a group cannot be removed for one user.',
      fix: [
        'Read the assignment: `GET /api/v1/apps/{id}/users/{userId}`. `scope` GROUP names this case; a USER assignment can have a group behind it as well.',
        'List the groups of the app, `GET /api/v1/apps/{id}/groups`, and those of the user, `GET /api/v1/users/{userId}/groups`. The shared ones grant the app.',
        'Remove the user from those groups, `DELETE /api/v1/groups/{groupId}/users/{userId}`, or the groups from the app, `DELETE /api/v1/apps/{id}/groups/{groupId}`.',
        'A group rule would put the user back: change the rule, or add the user to its exceptions.',
      ],
      operations: ['DELETE /api/v1/apps/{id}/users/{userId}'],
      wire: {
        causes: ['The application cannot be unassigned from the user while their group memberships grant them access'],
      },
      sources: [
        { mark: 'reported', where: 'articulate/terraform-provider-okta issue 120' },
        { mark: 'reported', where: 'gravitational/teleport issue 53947' },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } }),
          call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
          call('POST /api/v1/users?activate=true', { body: ada, keep: { user: '/id' } }),
          call('PUT /api/v1/groups/{group}/users/{user}'),
          call('PUT /api/v1/apps/{app}/groups/{group}', { body: {} }),
          call('POST /api/v1/apps/{app}/users', { body: { id: '{user}', scope: 'USER' } }),
        ],
        call: call('DELETE /api/v1/apps/{app}/users/{user}'),
        cure: [call('DELETE /api/v1/groups/{group}/users/{user}')],
      },
    },
  },
})
