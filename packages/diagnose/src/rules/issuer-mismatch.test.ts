import { issuerMismatch } from './issuer-mismatch.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

judge(issuerMismatch, {
  speaks: [
    [
      'Spring',
      {
        responseBody: {
          sdkError:
            'The Issuer "https://a.okta.com/oauth2/default" provided in the configuration metadata did not match the requested issuer "https://login.example.com/oauth2/default"',
        },
      },
      'certain',
    ],
    [
      '.NET',
      {
        responseBody: {
          error:
            "IDX10205: Issuer validation failed. Issuer: 'https://a.okta.com'. Did not match: validationParameters.ValidIssuer",
        },
      },
      'certain',
    ],
    [
      'okta-auth-js',
      { responseBody: { sdkError: 'The issuer [https://a.okta.com] does not match [https://login.example.com]' } },
      'certain',
    ],
    ['jose', { responseBody: { sdkError: 'unexpected "iss" claim value' } }, 'certain'],
    ['Java', { responseBody: { sdkError: 'JWT iss claim has value https://a, must be https://b' } }, 'certain'],
  ],
  silent: [
    [
      'a token of another server, refused by Okta',
      {
        httpStatus: 401,
        responseHeaders: {
          'www-authenticate':
            'Bearer error="invalid_token", error_description="The access token provided has an invalid issuer."',
        },
      },
    ],
    ['an audience', { responseBody: { sdkError: 'audience validation failed' } }],
    ['an assertion', oauth('invalid_client', 'The issuer claim for client_assertion is not a valid client_id.')],
    ['keys', { responseBody: { sdkError: 'Could not obtain the keys' } }],
  ],
})
