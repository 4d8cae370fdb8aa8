import { pkceVerifierMismatch } from './pkce-verifier-mismatch.ts'
import { judge, logEvent, oauth } from './speaks-and-stays-silent.ts'

judge(pkceVerifierMismatch, {
  speaks: [
    ["Okta's sentence", oauth('invalid_grant', 'PKCE verification failed.'), 'certain'],
    [
      'a verifier that is missing',
      oauth('invalid_request', 'PKCE code verifier is required by the application.'),
      'certain',
    ],
    [
      'a challenge that was never sent',
      oauth(
        'invalid_request',
        'PKCE code challenge should be specified in the authorize request for code verification.',
      ),
      'certain',
    ],
    ['the reason in the log', logEvent('pkce_verification_failed'), 'certain'],
    [
      'an SDK whose storage is empty',
      { responseBody: { sdkError: 'AuthSdkError: Could not load PKCE codeVerifier from storage.' } },
      'likely',
    ],
  ],
  silent: [
    ['PKCE that is required', oauth('invalid_request', 'PKCE code challenge is required by the application.')],
    ['a code that is used up', oauth('invalid_grant', 'The authorization code is invalid or has expired.')],
  ],
})
