// What does E0000011 mean: which token was refused, and how do you get one that is accepted?
import { defineError } from '../define.ts'
import type { Step } from '../proofs/step.ts'
import { advance, call, seed } from '../proofs/step.ts'

const owner: Step[] = [
  call('POST /api/v1/users?activate=true', {
    body: {
      profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
      credentials: { password: { value: 'Correct-Horse-9' } },
    },
    keep: { owner: '/id' },
  }),
  call('POST /api/v1/users/{owner}/roles', { body: { type: 'READ_ONLY_ADMIN' } }),
]
const signIn = (name: string): Step =>
  call('POST /api/v1/authn', {
    body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
    as: 'nobody',
    keep: { [name]: '/stateToken' },
  })
const forget = call('POST /api/v1/authn/recovery/password', {
  body: { username: 'ada@example.com', factorType: 'EMAIL' },
  as: 'nobody',
})
const token = seed(
  { tokens: [{ owner: '{owner}', name: 'ci' }] },
  { token: '/tokens/0/value', tokenId: '/tokens/0/id' },
)
const asToken = { as: { ssws: '{token}' } } as const

/** The token that came with the request is not, or no longer, a token of this org. */
export const E0000011 = defineError({
  code: 'E0000011',
  title: 'Invalid token',
  area: 'authentication',
  retry: 'after-new-credentials',
  reference: { status: 401, description: 'Invalid token provided.' },
  current: { status: 401, summary: 'Invalid token provided' },
  note:
    'The answer is the same for a wrong, a revoked and an expired API token, so look at the token and its owner. For ' +
    'API tokens it comes with WWW-Authenticate: SSWS and without rate-limit headers. An expired OAuth access token ' +
    'sent as Bearer does not get this code but a WWW-Authenticate: Bearer challenge. A refused API token leaves no ' +
    'event of its own in the System Log.',
  causes: {
    'token-unknown': {
      kind: 'api-token-revoked-or-expired',
      says: 'No API token with this value exists in the org.',
      tellApart: 'The token never worked against this host.',
      fix: [
        'Compare the value with the one that was shown when the token was made: 42 characters that begin with 00. The id of a token (00T…) is not its value.',
        'Check the host: a token of the preview org or another org means nothing here.',
        'Look for quotes, blanks or a line end inside the value.',
        'If the value is lost, make a new token: Security > API > Tokens. A value is shown only once.',
      ],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/okta-sdk-python history of tests/integration/cassettes, test_client_error_call_SSWS; Shopify/oktakit spec/cassettes (2016)',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?limit=1', { as: { ssws: '00NobodyEverMadeATokenWithThisValue0000000' } }),
        mend: call('GET /api/v1/users?limit=1'),
      },
    },
    'token-revoked': {
      kind: 'api-token-revoked-or-expired',
      says: 'The API token was revoked.',
      tellApart:
        'It worked before; it is gone from Security > API > Tokens, and the System Log has system.api_token.revoke.',
      fix: [
        'Find out who revoked it and why: System Log, eventType eq "system.api_token.revoke".',
        'Make a new token and put it wherever the old one was used.',
      ],
      sources: [{ mark: 'documented', where: "Okta's API token pages: a revoked token is refused at once" }],
      proof: {
        given: [
          ...owner,
          token,
          seed({ tokens: [{ owner: '{owner}', name: 'new' }] }, { fresh: '/tokens/0/value' }),
          call('DELETE /api/v1/api-tokens/{tokenId}'),
        ],
        call: call('GET /api/v1/users?limit=1', asToken),
        mend: call('GET /api/v1/users?limit=1', { as: { ssws: '{fresh}' } }),
      },
    },
    'token-expired-unused': {
      kind: 'api-token-revoked-or-expired',
      says: 'The API token was not used for 30 days and expired.',
      tellApart: 'It worked before, then lay idle: a job that runs monthly, an agent that was off.',
      fix: [
        'Make a new token.',
        'Use it at least once within 30 days, for example with GET /api/v1/users/me; each call renews it for 30 more.',
        'For rare jobs use a service app with OAuth 2.0 instead: its key does not expire.',
      ],
      sources: [
        {
          mark: 'documented',
          where:
            "Okta's API token pages; recorded tokens have tokenWindow P30D and expiresAt 30 days after the last use",
        },
      ],
      proof: {
        given: [
          ...owner,
          token,
          // In two steps, with a call of the admin between: only the idle token reaches its 30 days.
          advance(16 * 86_400),
          call('GET /api/v1/users/me'),
          advance(16 * 86_400),
          seed({ tokens: [{ owner: '{owner}', name: 'new' }] }, { fresh: '/tokens/0/value' }),
        ],
        call: call('GET /api/v1/users?limit=1', asToken),
        mend: call('GET /api/v1/users?limit=1', { as: { ssws: '{fresh}' } }),
      },
    },
    'owner-inactive': {
      kind: 'api-token-owner-inactive',
      says: 'The admin who made the API token is not active any more.',
      tellApart: 'The token itself did not change. Its owner is SUSPENDED, LOCKED_OUT or DEPROVISIONED.',
      fix: [
        'Find the owner: Security > API > Tokens names the admin who made the token.',
        'Unsuspend or unlock that user, and the token works again.',
        'If the owner was deactivated, the token is gone for good: make a new one.',
        'Let a service account own tokens, so that they do not leave with a person.',
      ],
      sources: [
        {
          mark: 'documented',
          where:
            'support.okta.com, "HTTP 401 Okta E0000011: Invalid Token provided error"; API token pages (tokens of a deactivated user are deprovisioned)',
        },
      ],
      proof: {
        given: [...owner, token, call('POST /api/v1/users/{owner}/lifecycle/suspend')],
        call: call('GET /api/v1/users?limit=1', asToken),
        cure: [call('POST /api/v1/users/{owner}/lifecycle/unsuspend')],
      },
    },
    'outside-network': {
      kind: 'api-token-ip-restricted',
      says: 'The API token may be used only from certain network zones, and the call comes from elsewhere.',
      tellApart:
        'The same token works from another machine. The System Log has system.api_token.request_outside_allowed_range with the address that Okta saw.',
      fix: [
        'Read the address in the System Log: behind a proxy or NAT it is not that of your machine.',
        'Add the address to the zone (PUT /api/v1/zones/{id}), or add the zone to the token (Security > API > Tokens).',
        'Or make the call from inside the zone.',
      ],
      sources: [
        {
          mark: 'inferred',
          where:
            "the restriction and its event are documented (Okta's event types, API token schema), code and status are not",
        },
      ],
      proof: {
        given: [
          ...owner,
          call('POST /api/v1/zones', {
            body: {
              type: 'IP',
              name: 'Office',
              status: 'ACTIVE',
              gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }],
            },
            keep: { zone: '/id' },
          }),
          seed(
            {
              tokens: [{ owner: '{owner}', name: 'ci', network: { connection: 'ZONE', include: ['{zone}'] } }],
            },
            { token: '/tokens/0/value' },
          ),
        ],
        call: call('GET /api/v1/users?limit=1', { ...asToken, headers: { 'x-forwarded-for': '203.0.113.9' } }),
        cure: [
          call('PUT /api/v1/zones/{zone}', {
            body: {
              type: 'IP',
              name: 'Office',
              status: 'ACTIVE',
              gateways: [
                { type: 'CIDR', value: '198.51.100.0/24' },
                { type: 'CIDR', value: '203.0.113.0/24' },
              ],
            },
          }),
        ],
      },
    },
    'jwt-sent-as-ssws': {
      kind: 'wrong-auth-scheme',
      says: 'An OAuth access token was sent with the scheme SSWS, which is for API tokens.',
      tellApart: 'The value after SSWS begins with eyJ.',
      fix: [
        'Send it as Authorization: Bearer {access token}.',
        'In an SDK, do not put an access token into the "token" setting: that one becomes SSWS. Use the setting for access tokens, or let the SDK fetch the token with a private key.',
      ],
      sources: [{ mark: 'reported', where: 'https://github.com/okta/okta-sdk-nodejs/issues/427' }],
      proof: {
        given: [],
        call: call('GET /api/v1/users?limit=1', {
          as: { ssws: 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIwb2ExIn0.c2lnbmF0dXJl' },
        }),
        mend: call('GET /api/v1/users?limit=1'),
      },
    },
    'ssws-word-missing': {
      kind: 'ssws-prefix-missing',
      says: 'The Authorization header holds the bare API token, without the word SSWS before it.',
      tellApart: 'The value of the header has no blank in it.',
      fix: ['Send Authorization: SSWS {API token}, with one blank between.'],
      sources: [{ mark: 'inferred', where: 'the documented form is "SSWS {token}"; no recording of a bare token' }],
      proof: {
        given: [...owner, token],
        call: call('GET /api/v1/users?limit=1', { headers: { authorization: '{token}' } }),
        mend: call('GET /api/v1/users?limit=1', asToken),
      },
    },
    'bearer-word-missing': {
      kind: 'wrong-auth-scheme',
      says: 'The Authorization header holds the bare access token, without the word Bearer before it.',
      tellApart: 'The value of the header is a JWT (it begins with eyJ) and has no blank in it.',
      fix: [
        'Send Authorization: Bearer {access token}, with one blank between.',
        'Look at where your program joins the word and the token: a missing blank ("BearereyJ…") is the same fault.',
      ],
      sources: [
        {
          mark: 'inferred',
          where: 'the guide counts a missing Bearer among malformed tokens; no recording of a bare JWT',
        },
      ],
      proof: {
        given: [],
        call: call('GET /api/v1/users?limit=1', {
          headers: { authorization: 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIwb2ExIn0.c2lnbmF0dXJl' },
        }),
        mend: call('GET /api/v1/users?limit=1'),
      },
    },
    'scheme-unknown': {
      kind: 'ssws-prefix-missing',
      says: 'The Authorization header uses a scheme that the API does not know.',
      tellApart: 'The first word of the header is neither SSWS, Bearer, DPoP nor Basic.',
      fix: [
        'For an API token write SSWS, for an access token Bearer.',
        'Look for a doubled word, such as "Token SSWS 00…", which tools make when they add a scheme of their own.',
      ],
      sources: [
        { mark: 'inferred', where: 'the documented schemes are SSWS and Bearer; no recording of another word' },
      ],
      proof: {
        given: [...owner, token],
        call: call('GET /api/v1/users?limit=1', { headers: { authorization: 'Token {token}' } }),
        mend: call('GET /api/v1/users?limit=1', asToken),
      },
    },
    'state-token-dead': {
      kind: 'token-expired',
      says: 'The state token of the sign-in has expired, was cancelled, or belongs to a sign-in that is finished.',
      tellApart: 'The body has stateToken; or a sign-in page stood open for a long time before the user went on.',
      fix: [
        'Start the sign-in again from the beginning: POST /api/v1/authn, or reload the page.',
        'Do not store a state token between visits: it lives for minutes and serves one sign-in.',
      ],
      operations: ['POST /api/v1/authn', 'POST /api/v1/authn/factors/{id}/verify', 'POST /api/v1/authn/cancel'],
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-developer-docs docs/reference/api/authn, State token; okta/okta-auth-js test/support/xhr/error-token.js',
        },
        { mark: 'reported', where: 'https://github.com/okta/okta-react-native/issues/143' },
      ],
      proof: {
        given: [
          ...owner,
          // An expired password: the sign-in stops half-way, with a state token.
          call('POST /api/v1/users/{owner}/lifecycle/expire_password'),
          signIn('old'),
          call('POST /api/v1/authn/cancel', { body: { stateToken: '{old}' }, as: 'nobody' }),
          signIn('fresh'),
        ],
        call: call('POST /api/v1/authn', { body: { stateToken: '{old}' }, as: 'nobody' }),
        mend: call('POST /api/v1/authn', { body: { stateToken: '{fresh}' }, as: 'nobody' }),
      },
    },
    'recovery-token-dead': {
      kind: 'token-expired',
      says: 'The recovery token has expired or was used already.',
      tellApart: 'The body has recoveryToken, often from a mailed link that was opened twice or too late.',
      fix: [
        'Let the user ask for a new link, and use it once.',
        'Mail scanners that open links can use a token up before the user does.',
      ],
      operations: ['POST /api/v1/authn/recovery/token'],
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/authn, Verify recovery token',
        },
      ],
      proof: {
        given: [
          ...owner,
          forget,
          { step: 'inbox', to: 'ada@example.com', keep: { old: '/code' } },
          // The second mail voids the first.
          forget,
          { step: 'inbox', to: 'ada@example.com', keep: { fresh: '/code' } },
        ],
        call: call('POST /api/v1/authn/recovery/token', { body: { recoveryToken: '{old}' }, as: 'nobody' }),
        mend: call('POST /api/v1/authn/recovery/token', { body: { recoveryToken: '{fresh}' }, as: 'nobody' }),
      },
    },
  },
})
