import { featureNotEnabled } from './feature-not-enabled.ts'
import { judge } from './speaks-and-stays-silent.ts'

judge(featureNotEnabled, {
  speaks: [
    [
      'the code',
      {
        httpStatus: 401,
        method: 'POST',
        path: '/api/v1/authorizationServers',
        responseBody: {
          errorCode: 'E0000015',
          errorSummary: 'You do not have permission to access the feature you are requesting',
        },
      },
      'certain',
    ],
    [
      'a page of a custom server',
      {
        httpStatus: 400,
        path: '/oauth2/default/v1/authorize',
        responseBody: { page: 'The requested feature is not enabled in this environment.' },
      },
      'certain',
    ],
    [
      'an org without servers',
      {
        httpStatus: 401,
        path: '/oauth2/default/.well-known/openid-configuration',
        requestContext: { authorizationServersInOrg: 0 },
      },
      'likely',
    ],
  ],
  silent: [
    [
      'a missing role',
      {
        httpStatus: 403,
        responseBody: {
          errorCode: 'E0000006',
          errorSummary: 'You do not have permission to perform the requested action',
        },
      },
    ],
    [
      'an org with servers',
      { httpStatus: 401, path: '/oauth2/default/v1/token', requestContext: { authorizationServersInOrg: 2 } },
    ],
    ['a dead token', { httpStatus: 401, responseBody: { errorCode: 'E0000011' } }],
  ],
})
