// Which limit was exceeded, and how long is the wait?
import { defineError } from '../define.ts'
import { openAuthorize, readyApp } from '../proofs/oauth-steps.ts'
import { advance, call, meanwhile, seed, settings, times } from '../proofs/step.ts'

const signIn = call('POST /api/v1/authn', {
  body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
  as: 'nobody',
})
const readLogs = 'GET /api/v1/logs?limit=1'

/** Too many calls: a limit is used up. */
export const E0000047 = defineError({
  code: 'E0000047',
  title: 'Rate limit exceeded',
  area: 'limits',
  retry: 'after-reset',
  reference: { status: 429, description: 'API call exceeded rate limit due to too many requests.' },
  current: { status: 429, summary: 'API call exceeded rate limit due to too many requests.' },
  note: 'The refused call was not carried out, so every method may be sent again. There is no `retry-after`. Compare `x-rate-limit-reset` (epoch seconds) with the `date` header of the same answer, not with your own clock, and add a second. A limit and a remaining of 0 together mean the concurrency limit, where the reset is only an estimate. OAuth endpoints use this same body.',
  causes: {
    'bucket-used-up': {
      kind: 'rate-limit-exceeded',
      says: 'All callers of the org together have used up the bucket that this endpoint belongs to, for this minute.',
      tellApart:
        '`x-rate-limit-remaining` is 0 and `x-rate-limit-limit` is the full limit of the bucket. Other tokens are refused too.',
      fix: [
        'Wait until `x-rate-limit-reset`, measured from the `date` header, plus one second. Add a little random time when several workers wait.',
        'Find out who else calls: Reports > Rate limits in the Admin Console, or the System Log with `eventType eq "system.org.rate_limit.violation"`.',
        'Call less: ask for larger pages, keep answers that rarely change, use event hooks instead of polling.',
        'Slow down while `x-rate-limit-remaining` falls, instead of waiting for the refusal.',
      ],
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python tests/integration/cassettes test_agent_pools_it, test_application_features_it',
        },
        { mark: 'documented', where: 'okta/okta-developer-docs docs/reference/rate-limits' },
      ],
      // On this edition a token gets 10 of the 20 calls for the System Log: two tokens empty the bucket, and a
      // third one with an untouched share is refused.
      proof: {
        given: [
          settings({ rateLimits: { edition: 'integrator' } }),
          call('GET /api/v1/users/me', { keep: { me: '/id' } }),
          seed(
            {
              tokens: [
                { owner: '{me}', name: 'nightly export' },
                { owner: '{me}', name: 'dashboard' },
              ],
            },
            { exportToken: '/tokens/0/value', dashboardToken: '/tokens/1/value' },
          ),
          times(10, call(readLogs)),
          times(10, call(readLogs, { as: { ssws: '{exportToken}' } })),
        ],
        call: call(readLogs, { as: { ssws: '{dashboardToken}' } }),
        cure: [advance(61)],
      },
    },
    'token-share-used-up': {
      kind: 'rate-limit-exceeded',
      says: 'This API token or app has used up its own share of the bucket: half of it, unless an administrator changed that.',
      tellApart:
        '`x-rate-limit-limit` is half (or another part) of the limit of the bucket. Other tokens still get answers.',
      fix: [
        'Wait until `x-rate-limit-reset`, measured from the `date` header, plus one second.',
        'Raise the share of this token or app: Security > API > Tokens (or the app), or `/api/v1/principal-rate-limits`.',
        'Or spread the work over several tokens, one for each job, so that no job starves the others.',
      ],
      sources: [
        { mark: 'recorded', where: 'okta/okta-sdk-python cassettes: limits of 10 and 50, half of their buckets' },
        { mark: 'documented', where: 'okta/okta-developer-docs docs/reference/rl2-* (50 % by default)' },
      ],
      proof: {
        given: [settings({ rateLimits: { edition: 'integrator' } }), times(10, call(readLogs))],
        call: call(readLogs),
        cure: [advance(61)],
      },
    },
    'concurrency-exceeded': {
      kind: 'concurrent-limit-exceeded',
      says: 'Too many calls are in flight at the same moment (35 on the free edition, 75 on most others).',
      tellApart:
        '`x-rate-limit-limit` and `x-rate-limit-remaining` are both 0. `x-rate-limit-reset` is only an estimate.',
      fix: [
        'Send fewer calls at once: limit the number of workers, not the calls in a minute.',
        'Try again after a short random wait of about a second. Do not wait for `x-rate-limit-reset`: it can lie minutes ahead.',
        'Look for slow calls (large pages, deep searches); each one holds its place longer.',
        'The System Log event `core.concurrency.org.limit.violation` shows when it happened.',
      ],
      sources: [
        {
          mark: 'recorded',
          where: 'okta/okta-sdk-python, git history of test_dpop_it (limit 0, remaining 0, reset 111 s ahead)',
        },
        { mark: 'documented', where: 'okta/okta-developer-docs docs/reference/rl2-monitor' },
      ],
      // Two calls whose bodies are still coming hold both places that this org has.
      proof: {
        given: [
          settings({ rateLimits: { edition: 'integrator', concurrency: 2 } }),
          meanwhile(
            call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } } }),
            call('POST /api/v1/groups', { body: { profile: { name: 'Makers' } } }),
          ),
        ],
        call: call('GET /api/v1/groups'),
        cure: [advance(1)],
      },
    },
    'client-limit-used-up': {
      kind: 'rate-limit-exceeded',
      says: 'One client at one address has used up the limit that sign-in pages have for each client: 60 calls a minute.',
      tellApart:
        'The path is an authorize or sign-in page and `x-rate-limit-limit` is 60. Other clients are not affected.',
      fix: [
        'Wait until `x-rate-limit-reset`.',
        'Look for a redirect loop: an app that sends the browser back to authorize again and again.',
        'Several programs behind one address share the limit. An administrator can set the mode to PREVIEW (log only) with `PUT /api/v1/rate-limit-settings/per-client`.',
      ],
      operations: ['GET /oauth2/v1/authorize', 'GET /oauth2/{authorizationServerId}/v1/authorize'],
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs docs/reference/rl2-* (client-based rate limits)' },
      ],
      proof: {
        given: [
          ...readyApp(),
          settings({ rateLimits: { edition: 'workforce' } }),
          times(60, { ...openAuthorize(), expect: 302 }),
        ],
        call: openAuthorize(),
        cure: [advance(61)],
      },
    },
    'user-limit-used-up': {
      kind: 'rate-limit-exceeded',
      says: 'One user has made too many calls in a few seconds: 4 sign-ins a second for a user name, or 40 calls in 10 seconds.',
      tellApart: 'Only one user is refused. The System Log names the reason `user_rate_limited` for sign-ins.',
      fix: [
        'If the answer has no `x-rate-limit-reset`, wait ten seconds.',
        'In load tests, spread the sign-ins over several user names.',
        'Look for a program that signs in for each request. Sign in once and keep the session or the token.',
      ],
      operations: ['POST /api/v1/authn', 'POST /oauth2/v1/token'],
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs docs/reference/rl-additional-limits (text before 2025-12-16)',
        },
      ],
      proof: {
        given: [
          settings({ rateLimits: { edition: 'workforce' } }),
          call('POST /api/v1/users?activate=true', {
            body: {
              profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              credentials: { password: { value: 'Correct-Horse-9' } },
            },
          }),
          // The window is a second long: with the clock at rest it does not matter how fast the calls are.
          advance(0, { freeze: true }),
          times(4, signIn),
        ],
        call: signIn,
        cure: [advance(2)],
      },
    },
    'passcode-tries-used-up': {
      kind: 'rate-limit-exceeded',
      says: 'A user has tried or asked for a passcode more than five times within five minutes.',
      tellApart: 'The call verifies, activates or resends a factor.',
      fix: [
        'Wait five minutes. Sending another code is blocked for as long.',
        'Then ask for one new code and use that one; older codes are void.',
      ],
      operations: [
        'POST /api/v1/users/{id}/factors/{factorId}/verify',
        'POST /api/v1/users/{id}/factors/{factorId}/lifecycle/activate',
        'POST /api/v1/users/{id}/factors/{factorId}/resend',
      ],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/rl2-*: five in five minutes' }],
    },
    'factor-call-just-made': {
      kind: 'rate-limit-exceeded',
      says: 'A voice call to this phone was asked for within 30 seconds of the last one.',
      tellApart: 'The factor is of type `call`. Some orgs answer E0000113 or the newer E0000133 instead.',
      fix: ['Wait 30 seconds before asking for another call.', 'Block the button for 30 seconds after each use.'],
      operations: [
        'POST /api/v1/users/{id}/factors/{factorId}/resend',
        'POST /api/v1/users/{id}/factors/{factorId}/verify',
      ],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/factors' }],
    },
  },
})
