import { sdkFlowConfigMismatch } from './sdk-flow-config-mismatch.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

judge(sdkFlowConfigMismatch, {
  speaks: [
    ['a callback that is not read', { responseBody: 'AuthSdkError: Unable to parse a token from the url' }, 'likely'],
    ['a verifier that is gone', { responseBody: 'Could not load PKCE codes from storage' }, 'likely'],
    ['another state', { responseBody: "OAuth flow response state doesn't match request state" }, 'likely'],
  ],
  silent: [
    ['a verifier that the server refuses', oauth('invalid_grant', 'PKCE verification failed.')],
    [
      'a state that the server misses',
      oauth('invalid_request', "The authentication request has an invalid 'state' parameter."),
    ],
    ['the state of a user', { responseBody: 'the state of the user is STAGED' }],
  ],
})
