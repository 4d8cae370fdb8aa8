import { authorizationCodeInvalid } from './authorization-code-invalid.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(authorizationCodeInvalid, {
  speaks: [
    ['used or old', oauth('invalid_grant', 'The authorization code is invalid or has expired.'), 'certain'],
    [
      'of another client',
      oauth(
        'invalid_grant',
        "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize request.",
      ),
      'certain',
    ],
    ['a device code', oauth('invalid_grant', 'The device code is invalid or has expired.'), 'certain'],
    ['the reason in the log', logEvent('invalid_authorization_code'), 'certain'],
    [
      'of another redirect URI',
      oauth(
        'invalid_grant',
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
      ),
      'likely',
    ],
    [
      'the word alone',
      oauth('invalid_grant', undefined, {
        path: '/oauth2/v1/token',
        requestBody: 'grant_type=authorization_code&code=x',
      }),
      'likely',
    ],
  ],
  silent: [
    ['a refresh token', oauth('invalid_grant', 'The refresh token is invalid or expired.')],
    [
      'the word alone, with another grant',
      oauth('invalid_grant', undefined, { requestBody: 'grant_type=refresh_token' }),
    ],
    ['PKCE', oauth('invalid_grant', 'PKCE verification failed.')],
    ['a one-time passcode', { responseBody: { errorCode: 'E0000068', errorSummary: 'Invalid Passcode/Answer' } }],
  ],
})
