// Which policy denies the way into an app?
import { defineError } from '../define.ts'

/** A policy denies access to the app. */
export const E0000057 = defineError({
  code: 'E0000057',
  title: 'App access denied by policy',
  area: 'apps',
  retry: 'after-change',
  reference: { status: 403, description: 'Access to this application is denied due to a policy.' },
  current: { status: 403, summary: 'Access to this application is denied due to a policy.' },
  note: 'Apps with OpenID Connect hear `access_denied` at their redirect URI instead. No answer with this code is public; its title is "Policy deny exception".',
  causes: {
    'app-rule-denies': {
      kind: 'sign-on-policy-denied',
      says: 'The first rule of the sign-on policy that fits this user, network and device says DENY.',
      tellApart: 'The System Log event names a zone, a group or a risk, or just the rule.',
      fix: [
        'Find the rule: System Log, `eventType eq "policy.evaluate_sign_on" and outcome.result eq "DENY"`. The targets name policy and rule.',
        'Compare its conditions with the sign-in: network zone, groups, risk.',
        'Sign in from an allowed network, or change the order or the conditions of the rules under Security > Authentication Policies.',
      ],
      operations: ['GET /app/{name}/{id}/sso/saml', 'GET /home/{name}/{id}/{assignment}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Policy deny exception"' }],
    },
    'device-not-accepted': {
      kind: 'device-not-trusted',
      says: 'The rule lets in only registered or managed devices, and this device is neither.',
      tellApart:
        'The same user gets in from a managed device. The log event has no `device`, or one that is not registered.',
      fix: [
        'Look at `device` in the System Log event `policy.evaluate_sign_on`.',
        'Register the device with Okta Verify, or use a managed one.',
        'Or ask an administrator for a rule that covers this device.',
      ],
      operations: ['GET /app/{name}/{id}/sso/saml', 'GET /home/{name}/{id}/{assignment}'],
      sources: [
        { mark: 'inferred', where: 'sign-on rules can demand a device; no public answer shows this code for it' },
      ],
    },
  },
})
