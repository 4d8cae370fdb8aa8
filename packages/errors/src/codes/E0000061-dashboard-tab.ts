// Why was a change to the tabs of the dashboard refused?
import { defineError } from '../define.ts'
import { call, seed } from '../proofs/step.ts'

/** A change to the tabs of the dashboard was refused. */
export const E0000061 = defineError({
  code: 'E0000061',
  title: 'Dashboard tab refused',
  area: 'apps',
  retry: 'never',
  reference: { status: 403, description: 'Tab error.' },
  current: { status: 403, summary: 'Tab error: {message}' },
  note: 'The tabs (sections) of the end-user dashboard are managed by an internal endpoint without documentation. No answer with this code is public; the causes follow from its title, "Tab exception".',
  causes: {
    'default-tab-fixed': {
      kind: 'object-state-forbids-operation',
      says: 'The default tab cannot be removed.',
      tellApart: 'The id in the path is that of the first tab in GET /api/v1/users/me/home/tabs.',
      fix: [
        'Read the tabs: GET /api/v1/users/me/home/tabs. The first is the default one; leave it out.',
        'Move its apps to another tab if it should look empty.',
      ],
      operations: ['DELETE /api/v1/users/me/home/tabs/{tabId}'],
      wire: { summary: 'Tab error: The default tab cannot be deleted' },
      sources: [{ mark: 'inferred', where: 'the title of the code, "Tab exception"' }],
      proof: {
        given: [
          call('GET /api/v1/users/me/home/tabs', { keep: { first: '/0/id' } }),
          call('POST /api/v1/users/me/home/tabs', { body: { label: 'Travel' }, keep: { tab: '/id' } }),
        ],
        call: call('DELETE /api/v1/users/me/home/tabs/{first}'),
        mend: call('DELETE /api/v1/users/me/home/tabs/{tab}'),
      },
    },
    'tab-name-taken': {
      kind: 'duplicate-object',
      says: 'The user has a tab of this name already.',
      tellApart: 'The call creates or renames a tab.',
      fix: ['Read the tabs: `GET /api/v1/users/me/home/tabs`.', 'Use the tab that is there, or choose another name.'],
      operations: ['POST /api/v1/users/me/home/tabs', 'PUT /api/v1/users/me/home/tabs/{tabId}'],
      wire: { summary: 'Tab error: A tab with this name already exists' },
      sources: [{ mark: 'inferred', where: 'the title of the code, "Tab exception"' }],
      proof: {
        given: [call('POST /api/v1/users/me/home/tabs', { body: { label: 'Travel' }, keep: { tab: '/id' } })],
        call: call('POST /api/v1/users/me/home/tabs', { body: { label: 'Travel' } }),
        cure: [call('DELETE /api/v1/users/me/home/tabs/{tab}')],
      },
    },
    'tab-of-another-user': {
      kind: 'resource-not-found',
      says: 'The tab belongs to another user. Tabs can only be changed by their owner.',
      tellApart: 'The id is not in the list that GET /api/v1/users/me/home/tabs gives the caller.',
      fix: [
        'Send the call with credentials of the user who owns the tab; no admin can do it instead.',
        'For a tab of your own, take its id from GET /api/v1/users/me/home/tabs.',
      ],
      operations: ['PUT /api/v1/users/me/home/tabs/{tabId}', 'DELETE /api/v1/users/me/home/tabs/{tabId}'],
      wire: { summary: 'Tab error: The tab belongs to another user' },
      sources: [{ mark: 'inferred', where: 'the title of the code, "Tab exception"' }],
      proof: {
        given: [
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
            keep: { user: '/id' },
          }),
          seed({ tokens: [{ owner: '{user}', name: 'dashboard' }] }, { token: '/tokens/0/value' }),
          call('POST /api/v1/users/me/home/tabs', {
            body: { label: 'Travel' },
            as: { ssws: '{token}' },
            keep: { tab: '/id' },
          }),
        ],
        call: call('PUT /api/v1/users/me/home/tabs/{tab}', { body: { label: 'Journeys' } }),
        mend: call('PUT /api/v1/users/me/home/tabs/{tab}', { body: { label: 'Journeys' }, as: { ssws: '{token}' } }),
      },
    },
  },
})
