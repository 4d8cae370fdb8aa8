// What does E0000004 mean: why was the sign-in refused, although the answer never says so?
import { defineError } from '../define.ts'

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
    },
    'second-factor-demanded': {
      kind: 'mfa-required',
      says: 'The password is right, and the global session policy of the Identity Engine org demands a factor that this flow cannot give.',
      tellApart: 'The same user and password work in the browser, where a second factor is asked for.',
      fix: [
        'Sign in by redirect (OIDC) or with the embedded Identity Engine SDK instead of /api/v1/authn.',
        'Or make a rule in the global session policy that lets these users in with a password only.',
      ],
      operations: ['POST /api/v1/authn'],
      sources: [
        { mark: 'reported', where: 'https://github.com/Versent/saml2aws/issues/1149 (status shown, code not)' },
      ],
    },
  },
})
