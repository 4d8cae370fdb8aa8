import { logoutRequestInvalid } from './logout-request-invalid.ts'
import { judge } from './speaks-and-stays-silent.ts'

const LOGOUT = '/oauth2/default/v1/logout'

judge(logoutRequestInvalid, {
  speaks: [
    [
      'an address that is not registered',
      {
        responseBody: {
          errorSummary:
            "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings.",
        },
      },
      'certain',
    ],
    ['a call without an ID token', { httpStatus: 400, path: `${LOGOUT}?state=a1` }, 'certain'],
    ['a refusal without words', { httpStatus: 400, method: 'GET', path: LOGOUT }, 'likely'],
  ],
  silent: [
    ['a sign-out that worked', { httpStatus: 302, path: `${LOGOUT}?id_token_hint=x` }],
    ['a fault of the server', { httpStatus: 503, path: LOGOUT }],
    [
      'the address of a sign-in',
      {
        httpStatus: 400,
        responseBody: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
      },
    ],
  ],
})
