import { pkceRequired } from './pkce-required.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(pkceRequired, {
  speaks: [
    [
      'the app demands it',
      {
        redirectUrl:
          'https://app.example.com/cb?error=invalid_request&error_description=PKCE+code+challenge+is+required+by+the+application.',
      },
      'certain',
    ],
    [
      'a public client',
      oauth(
        'invalid_request',
        "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
      ),
      'certain',
    ],
    [
      'a browser',
      oauth('invalid_client', 'Browser requests to the token endpoint must use Proof Key for Code Exchange.', {
        requestHeaders: { origin: 'https://app.example.com' },
      }),
      'certain',
    ],
    ['the reason in the log', logEvent('pkce_missing_challenge', 'app.oauth2.authorize'), 'certain'],
  ],
  silent: [
    ['a verifier that does not fit', oauth('invalid_grant', 'PKCE verification failed.')],
    ['a verifier that is missing', oauth('invalid_request', 'PKCE code verifier is required by the application.')],
    ['another parameter', oauth('invalid_request', "The authentication request has an invalid 'state' parameter.")],
  ],
})
