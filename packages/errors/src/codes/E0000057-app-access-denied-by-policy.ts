// Which policy denies the way into an app?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const member = [
  call('POST /api/v1/users?activate=true', {
    body: {
      profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
      credentials: { password: { value: 'Correct-Horse-9' } },
    },
    keep: { user: '/id' },
  }),
  call('POST /api/v1/apps', {
    body: {
      name: 'bookmark',
      label: 'Handbook',
      signOnMode: 'BOOKMARK',
      settings: { app: { requestIntegration: false, url: 'https://handbook.example.com' } },
    },
    keep: { app: '/id', link: '/_links/appLinks/0/href' },
  }),
  call('POST /api/v1/apps/{app}/users', { body: { id: '{user}' } }),
  call('POST /api/v1/authn', {
    body: { username: 'ada@example.com', password: 'Correct-Horse-9' },
    as: 'nobody',
    keep: { token: '/sessionToken' },
  }),
  call('POST /api/v1/sessions', { body: { sessionToken: '{token}' }, keep: { session: '/id' } }),
]
const open = (headers: Record<string, string> = {}) =>
  call('GET {link}', { as: 'nobody', headers: { cookie: 'sid={session}', ...headers } })
const policy = [
  call('POST /api/v1/policies', { body: { type: 'ACCESS_POLICY', name: 'Handbook' }, keep: { policy: '/id' } }),
  call('PUT /api/v1/apps/{app}/policies/{policy}'),
]

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
      proof: {
        given: [
          ...member,
          ...policy,
          call('POST /api/v1/zones', {
            body: {
              type: 'IP',
              name: 'Office',
              status: 'ACTIVE',
              gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }],
            },
            keep: { zone: '/id' },
          }),
          call('POST /api/v1/policies/{policy}/rules', {
            body: {
              name: 'Only from the office',
              conditions: { network: { connection: 'ZONE', exclude: ['{zone}'] } },
              actions: { appSignOn: { access: 'DENY' } },
            },
          }),
          call('POST /api/v1/policies/{policy}/rules', {
            body: {
              name: 'Password',
              actions: { appSignOn: { access: 'ALLOW', verificationMethod: { type: 'ASSURANCE', factorMode: '1FA' } } },
            },
          }),
        ],
        call: open({ 'x-forwarded-for': '203.0.113.9' }),
        mend: open({ 'x-forwarded-for': '198.51.100.7' }),
      },
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
      proof: {
        given: [
          ...member,
          ...policy,
          call('POST /api/v1/policies/{policy}/rules', {
            body: {
              name: 'Known devices',
              conditions: { device: { registered: true, managed: true } },
              actions: { appSignOn: { access: 'ALLOW', verificationMethod: { type: 'ASSURANCE', factorMode: '1FA' } } },
            },
            keep: { rule: '/id' },
          }),
          call('POST /api/v1/policies/{policy}/rules', {
            body: { name: 'All others', actions: { appSignOn: { access: 'DENY' } } },
          }),
        ],
        call: open(),
        cure: [
          call('PUT /api/v1/policies/{policy}/rules/{rule}', {
            body: {
              name: 'Any device',
              conditions: {},
              actions: { appSignOn: { access: 'ALLOW', verificationMethod: { type: 'ASSURANCE', factorMode: '1FA' } } },
            },
          }),
        ],
      },
    },
  },
})
