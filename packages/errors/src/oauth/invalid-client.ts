// Which part of the client's identity is not right?
import { defineRedirectError } from '../define.ts'
import { askToken, makeApp, makeScope, openAuthorize, readyApp, withSecret } from '../proofs/oauth-steps.ts'
import { call } from '../proofs/step.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const
const token = ['POST /oauth2/v1/token', 'POST /oauth2/{authorizationServerId}/v1/token'] as const

const service = makeApp({
  application_type: 'service',
  grant_types: ['client_credentials'],
  response_types: ['token'],
})

/** The client is not known, or has not proved who it is. */
export const invalidClient = defineRedirectError({
  error: 'invalid_client',
  title: 'Client is not valid',
  retry: 'never',
  reference: { description: 'The specified client is not valid.' },
  current: {
    descriptions: [
      "Invalid value for 'client_id' parameter.",
      'No client credentials found.',
      'The client secret supplied for a confidential client is invalid.',
      'Client authentication failed. Either the client or the client credentials are invalid.',
    ],
  },
  note: 'Today this is not sent to the redirect URI: without a known client there is no address to trust. The browser shows a page with status 400. Programs get 400 with an envelope whose `errorCode` is `invalid_client`; a known client with a wrong secret gets the plain OAuth form with 401. So the form of the answer tells the two apart.',
  causes: {
    'client-id-unknown': {
      kind: 'client-id-invalid',
      says: 'No app of this org has the client id of the request.',
      tellApart:
        'The description is "Invalid value for \'client_id\' parameter." Programs see `errorCode` instead of `error`, and status 400.',
      fix: [
        'Copy the client id from Applications > your app > General. It begins with `0oa`.',
        'Compare the host of the issuer with the org in which you see the app: two orgs, or a preview org, never share clients.',
        'Check that id and secret are not swapped, and that no blank or line end came along.',
      ],
      operations: [...authorize, ...token],
      wire: { status: 400, summary: "Invalid value for 'client_id' parameter." },
      sources: [
        { mark: 'documented', where: list },
        { mark: 'reported', where: 'okta/okta-idx-java issue 500; okta/samples-nodejs-express-4 issue 60' },
        { mark: 'documented', where: 'okta/okta-management-openapi-spec dist/current/oauth-minimal.yaml (metadata)' },
      ],
      proof: { given: readyApp(), call: openAuthorize({ client_id: '0oaNobodyHasThisId000' }), mend: openAuthorize() },
    },
    'client-deactivated': {
      kind: 'client-inactive',
      says: 'The app exists but is INACTIVE.',
      tellApart: 'The answer is that of an unknown client id, but you find the id in the list of apps.',
      fix: [
        'Look at the status: `GET /api/v1/apps/{clientId}`, or Applications > Inactive.',
        'Activate it: `POST /api/v1/apps/{clientId}/lifecycle/activate`.',
      ],
      operations: [...authorize, ...token],
      wire: { status: 400, summary: "Invalid value for 'client_id' parameter." },
      sources: [{ mark: 'reported', where: 'client libraries treat unknown and inactive clients alike' }],
      proof: {
        given: [...readyApp(), call('POST /api/v1/apps/{app}/lifecycle/deactivate')],
        call: openAuthorize(),
        cure: [call('POST /api/v1/apps/{app}/lifecycle/activate')],
      },
    },
    'client-secret-wrong': {
      kind: 'client-secret-invalid',
      says: 'The client is known, but its secret is not the one that was sent.',
      tellApart: 'The status is 401 and the description speaks of the client secret.',
      fix: [
        'Copy the secret again from Applications > your app > General, without blanks or a line end.',
        'With Basic authentication, encode id and secret for the URL before you join them with `:` and encode with base64.',
        'After a rotation, check that the old secret is still active, or roll out the new one everywhere.',
      ],
      operations: token,
      wire: { status: 401, summary: 'The client secret supplied for a confidential client is invalid.' },
      sources: [
        { mark: 'documented', where: list },
        { mark: 'reported', where: 'alephdata/aleph issue 2121' },
      ],
      proof: {
        given: [makeScope('orders'), service],
        call: askToken(
          { grant_type: 'client_credentials', scope: 'orders', client_id: '{client}', client_secret: 'an-old-secret' },
          { server: 'default' },
        ),
        mend: askToken({ grant_type: 'client_credentials', scope: 'orders', ...withSecret }, { server: 'default' }),
      },
    },
    'no-client-credentials': {
      kind: 'client-auth-method-mismatch',
      says: 'The app has to prove who it is, and the request carries no secret and no assertion.',
      tellApart: 'The status is 401 and the description is "No client credentials found."',
      fix: [
        'Look at the client authentication of the app: `token_endpoint_auth_method`, or General > Client authentication.',
        'Send the secret in the way it names (header or body), or a signed assertion for `private_key_jwt`.',
        'An app in a browser or on a phone cannot keep a secret: create a single-page or native app, which needs none.',
      ],
      operations: token,
      wire: { status: 401, summary: 'No client credentials found.' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [makeScope('orders'), service],
        call: askToken(
          { grant_type: 'client_credentials', scope: 'orders', client_id: '{client}' },
          { server: 'default' },
        ),
        mend: askToken({ grant_type: 'client_credentials', scope: 'orders', ...withSecret }, { server: 'default' }),
      },
    },
  },
})
