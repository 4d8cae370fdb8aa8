import { refreshTokenInvalid } from './refresh-token-invalid.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(refreshTokenInvalid, {
  speaks: [
    ["Okta's sentence", oauth('invalid_grant', 'The refresh token is invalid or expired.'), 'certain'],
    ['reuse in the log', logEvent(null, 'app.oauth2.as.token.detect_reuse'), 'certain'],
    ['the reason in the log', logEvent('invalid_refresh_token'), 'certain'],
    ['the word alone', oauth('invalid_grant', undefined, { requestContext: { grantType: 'refresh_token' } }), 'likely'],
  ],
  silent: [
    ['a code', oauth('invalid_grant', 'The authorization code is invalid or has expired.')],
    ['a password', oauth('invalid_grant', 'The credentials provided were invalid.')],
    [
      'scopes of a refresh',
      oauth(
        'access_denied',
        'Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: x.',
      ),
    ],
    [
      'an access token',
      {
        httpStatus: 401,
        responseHeaders: {
          'www-authenticate': 'Bearer error="invalid_token", error_description="The token has expired."',
        },
      },
    ],
  ],
})
