import { groupsClaimOnlyInUserinfo } from './groups-claim-only-in-userinfo.ts'
import { judge } from './speaks-and-stays-silent.ts'

const ORG = 'https://example.okta.com'

judge(groupsClaimOnlyInUserinfo, {
  speaks: [
    [
      'an ID token that was looked at for groups',
      { tokenClaims: { payload: { iss: ORG, nonce: 'n', groups: null } } },
      'likely',
    ],
    [
      'an ID token and a mapping by groups',
      { tokenClaims: { payload: { iss: ORG, nonce: 'n' } }, requestContext: { mapping: 'admins by groups' } },
      'likely',
    ],
  ],
  silent: [
    ['groups that are there', { tokenClaims: { payload: { iss: ORG, nonce: 'n', groups: ['Everyone'] } } }],
    ['a custom server', { tokenClaims: { payload: { iss: `${ORG}/oauth2/default`, nonce: 'n', groups: null } } }],
    ['an access token', { tokenClaims: { payload: { iss: ORG, scp: ['openid'], groups: null } } }],
    ['nobody who asks for groups', { tokenClaims: { payload: { iss: ORG, nonce: 'n' } } }],
  ],
})
