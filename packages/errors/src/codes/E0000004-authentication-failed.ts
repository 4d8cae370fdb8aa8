// What does E0000004 mean: why was the sign-in refused, although the answer never says so?
import { defineError } from '../define.ts'
import { call, parallel, settings } from '../proofs/step.ts'

const login = 'ada@example.com'
const right = 'Correct-Horse-9'
const profile = { firstName: 'Ada', lastName: 'Byron', email: login, login }
const ada = call('POST /api/v1/users?activate=true', {
  body: { profile, credentials: { password: { value: right } } },
  keep: { user: '/id' },
})
const signIn = (password: string, more: Parameters<typeof call>[1] = {}) =>
  call('POST /api/v1/authn', { body: { username: login, password }, as: 'nobody', ...more })
const policy = call('POST /api/v1/policies', {
  body: { type: 'OKTA_SIGN_ON', name: 'Strict', conditions: {} },
  keep: { policy: '/id' },
})

/** A sign-in was refused. */
export const E0000004 = defineError({
  code: 'E0000004',
  title: 'Authentication failed',
  area: 'authentication',
  retry: 'after-new-credentials',
  reference: { status: 401, description: 'Authentication failed.' },
  current: { status: 401, summary: 'Authentication failed' },
  note:
    'On purpose the answer is the same for a wrong password, an unknown user and a hidden lockout, so that nobody can ' +
    'find out which accounts exist. The true reason stands in the System Log: eventType eq "user.session.start", ' +
    'outcome.reason. The answer has no WWW-Authenticate header.',
  causes: {
    'credentials-wrong': {
      kind: 'credentials-invalid',
      says: 'The username is unknown or the password is wrong.',
      tellApart: 'The log says INVALID_CREDENTIALS. For an unknown login the actor is "unknown".',
      fix: [
        'Let the user try again, and offer forgot password.',
        'Check the form of the username: the login, usually an e-mail address; a short name works only where the org allows it.',
        'Do not repeat the same password by program: each try counts towards the lockout.',
      ],
      operations: ['POST /api/v1/authn'],
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/api/authn' }],
      proof: [
        { given: [ada], call: signIn('Wrong-Horse-9'), mend: signIn(right) },
        { given: [], call: signIn(right), cure: [ada] },
      ],
    },
    'user-locked-out': {
      kind: 'user-locked-out',
      says: 'The user is locked out, and the password policy hides that (showLockoutFailures is false).',
      tellApart: 'GET /api/v1/users/{id} shows LOCKED_OUT; the right password fails too.',
      fix: [
        'Unlock: POST /api/v1/users/{id}/lifecycle/unlock, or wait for the automatic unlock of the policy.',
        'Find what keeps trying an old password: a phone, a script, a stored credential.',
        'To let users see the lock, turn on "Show lock out failures" in the password policy; the answer is then 200 with status LOCKED_OUT.',
      ],
      operations: ['POST /api/v1/authn'],
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs docs/reference/api/authn' },
        {
          mark: 'reported',
          where:
            'https://github.com/okta/okta-auth-java/issues/138, https://github.com/okta/okta-auth-js/issues/1592, https://github.com/okta/okta-signin-widget/issues/2057',
        },
      ],
      proof: {
        given: [
          settings({ passwordPolicy: { maxAttempts: 3 } }),
          ada,
          parallel(signIn('Wrong-Horse-9'), signIn('Wrong-Horse-9'), signIn('Wrong-Horse-9')),
        ],
        call: signIn(right),
        cure: [call('POST /api/v1/users/{user}/lifecycle/unlock')],
      },
    },
    'status-forbids-sign-in': {
      kind: 'user-status-forbids-operation',
      says: 'The password is right, and the user is suspended, deactivated, not activated yet, or in the middle of a password reset.',
      tellApart: 'GET /api/v1/users/{id} shows a status other than ACTIVE, PASSWORD_EXPIRED and LOCKED_OUT.',
      fix: [
        'Read the user and look at status.',
        'SUSPENDED: unsuspend. STAGED or DEPROVISIONED: activate. PROVISIONED: let the user follow the activation mail.',
        'RECOVERY: the old password does not count any more. Let the user follow the mail with the reset link, or reset again.',
      ],
      operations: ['POST /api/v1/authn'],
      sources: [
        {
          mark: 'inferred',
          where: 'the Authentication API tells nothing about an account before the sign-in succeeds',
        },
      ],
      proof: {
        given: [ada, call('POST /api/v1/users/{user}/lifecycle/suspend')],
        call: signIn(right),
        cure: [call('POST /api/v1/users/{user}/lifecycle/unsuspend')],
      },
    },
    'sign-on-policy-denies': {
      kind: 'sign-on-policy-denied',
      says: 'The password is right, and the first sign-on rule that fits this user and network says DENY.',
      tellApart:
        'The log has policy.evaluate_sign_on with result DENY; its targets name policy and rule. The same user gets in from another network.',
      fix: [
        'Find the rule: System Log, eventType eq "policy.evaluate_sign_on" and outcome.result eq "DENY".',
        'Compare its network zone with the address that Okta saw (client.ipAddress in the event).',
        'Sign in from an allowed network, or change the rule or its place: Security > Global Session Policy.',
      ],
      operations: ['POST /api/v1/authn'],
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-developer-docs docs/reference/api/authn of later years (the pages of 2016 and 2017 have E0000085 with 403)',
        },
      ],
      proof: {
        given: [
          ada,
          call('POST /api/v1/zones', {
            body: {
              type: 'IP',
              name: 'Office',
              status: 'ACTIVE',
              gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }],
            },
            keep: { zone: '/id' },
          }),
          policy,
          call('POST /api/v1/policies/{policy}/rules', {
            body: {
              name: 'Only from the office',
              conditions: { network: { connection: 'ZONE', exclude: ['{zone}'] } },
              actions: { signon: { access: 'DENY' } },
            },
          }),
        ],
        call: signIn(right, { headers: { 'x-forwarded-for': '203.0.113.9' } }),
        mend: signIn(right, { headers: { 'x-forwarded-for': '198.51.100.7' } }),
      },
    },
    'session-token-dead': {
      kind: 'token-expired',
      says: 'The session token is wrong, was used already, or is older than 5 minutes.',
      tellApart: 'The request makes a session and the body has sessionToken.',
      fix: [
        'Sign in again and use the new sessionToken at once, a single time.',
        'Do not log or store session tokens, and make sure that no retry sends one twice.',
      ],
      operations: ['POST /api/v1/sessions'],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/okta-sdk-python tests/integration/cassettes, test_sessions_it, test_create_session_invalid_token',
        },
      ],
      proof: {
        given: [
          ada,
          signIn(right, { keep: { used: '/sessionToken' } }),
          call('POST /api/v1/sessions', { body: { sessionToken: '{used}' } }),
          signIn(right, { keep: { fresh: '/sessionToken' } }),
        ],
        call: call('POST /api/v1/sessions', { body: { sessionToken: '{used}' } }),
        mend: call('POST /api/v1/sessions', { body: { sessionToken: '{fresh}' } }),
      },
    },
    'activation-token-dead': {
      kind: 'token-expired',
      says: 'The activation token is wrong, expired, or was used already.',
      tellApart: 'The body has token instead of username and password.',
      fix: [
        'Send a new activation: POST /api/v1/users/{id}/lifecycle/reactivate?sendEmail=true.',
        'If the user is ACTIVE already, a normal sign-in or forgot password is enough.',
      ],
      operations: ['POST /api/v1/authn'],
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-developer-docs of 2022-09, docs/reference/api/authn, Activation Token',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/users?activate=false', { body: { profile }, keep: { user: '/id' } }),
          call('POST /api/v1/users/{user}/lifecycle/activate?sendEmail=false', { keep: { old: '/activationToken' } }),
          call('POST /api/v1/users/{user}/lifecycle/reactivate?sendEmail=false', {
            keep: { fresh: '/activationToken' },
          }),
        ],
        call: call('POST /api/v1/authn', { body: { token: '{old}' }, as: 'nobody' }),
        mend: call('POST /api/v1/authn', { body: { token: '{fresh}' }, as: 'nobody' }),
      },
    },
    'second-factor-demanded': {
      kind: 'mfa-required',
      says: 'The password is right, and the sign-on policy demands a second factor that this user does not have and may not enroll here.',
      tellApart:
        'The log has policy.evaluate_sign_on with result CHALLENGE. In Identity Engine orgs the same user and password may work in the browser, where the factor is asked for.',
      fix: [
        'Let the user enroll a factor: in the browser, or as an administrator with POST /api/v1/users/{id}/factors.',
        'Or let users enroll at sign-in: the rule of the authenticator enrollment policy (MFA_ENROLL) must not say NEVER.',
        'In an Identity Engine org, sign in by redirect (OIDC) or with the embedded SDK instead of /api/v1/authn.',
        'Or make a rule in the global session policy that lets these users in with a password only.',
      ],
      operations: ['POST /api/v1/authn'],
      sources: [
        { mark: 'reported', where: 'https://github.com/Versent/saml2aws/issues/1149 (status shown, code not)' },
      ],
      proof: {
        given: [
          ada,
          policy,
          call('POST /api/v1/policies/{policy}/rules', {
            body: {
              name: 'Two factors',
              actions: { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } },
            },
          }),
          call('GET /api/v1/policies?type=MFA_ENROLL', { keep: { enrollment: '/0/id' } }),
          call('GET /api/v1/policies/{enrollment}/rules', { keep: { rule: '/0/id' } }),
          call('PUT /api/v1/policies/{enrollment}/rules/{rule}', {
            body: { name: 'Default Rule', actions: { enroll: { self: 'NEVER' } } },
          }),
        ],
        call: signIn(right),
        cure: [call('POST /api/v1/policies/{policy}/lifecycle/deactivate')],
      },
    },
  },
})
