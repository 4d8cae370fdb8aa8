import { groupsClaimNotConfigured } from './groups-claim-not-configured.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

judge(groupsClaimNotConfigured, {
  speaks: [
    ['a program that finds none', { responseBody: { error: 'No groups found in token' } }, 'likely'],
    ['a role that is not there', { responseBody: 'login failed: roles claim missing' }, 'likely'],
    [
      'a custom server that gives none',
      { tokenClaims: { payload: { iss: 'https://example.okta.com/oauth2/default', groups: [] } } },
      'likely',
    ],
    [
      'a key that is missing where groups are expected',
      { responseBody: 'missing claim in profile', requestContext: { mapping: 'user.groups' } },
      'likely',
    ],
  ],
  silent: [
    [
      'a group of Okta that is missing',
      { httpStatus: 404, path: '/api/v1/groups/x', responseBody: { error: 'group not found' } },
    ],
    ['a key that is missing', { responseBody: 'missing key in profile' }],
    ['an error of the server', oauth('server_error', 'The groups claim matched too many groups')],
    [
      'a sign-in with groups',
      { tokenClaims: { payload: { iss: 'https://example.okta.com/oauth2/default', groups: ['A'] } } },
    ],
  ],
})
