// Which further proof of identity does an app want?
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

/** The app wants a further factor. */
export const E0000058 = defineError({
  code: 'E0000058',
  title: 'App requires a further factor',
  area: 'factors',
  retry: 'after-new-credentials',
  reference: { status: 403, description: 'Access to this application requires MFA.' },
  current: { status: 403, summary: 'Access to this application requires MFA: {requirement}' },
  note: 'The reference ends after the first sentence; today a colon and what is wanted follow. No answer with this code is public; its title is "Policy factor required exception".',
  causes: {
    'session-lacks-factor': {
      kind: 'mfa-required',
      says: 'The session was made with a password alone, or its factor is too old, and the rule of the app wants a factor now.',
      tellApart: '`GET /api/v1/sessions/me` shows `amr` without a second factor.',
      fix: [
        'Let the user sign in to the app in a browser: Okta asks for the factor there.',
        'In an own sign-in page, follow the factor challenge (state MFA_REQUIRED, or the remediation that Identity Engine names) and then open the app again.',
        'For OpenID Connect, ask for the level with `acr_values` in the authorize request.',
        'A program that cannot answer a factor should not use a session: give it a service app.',
      ],
      operations: ['GET /app/{name}/{id}/sso/saml', 'GET /home/{name}/{id}/{assignment}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Policy factor required exception"' }],
      proof: {
        given: [
          ...member,
          call('GET /api/v1/policies?type=ACCESS_POLICY&q=Any%20two', { keep: { strict: '/0/id' } }),
          call('GET /api/v1/policies?type=ACCESS_POLICY&q=Password', { keep: { easy: '/0/id' } }),
          call('PUT /api/v1/apps/{app}/policies/{strict}'),
        ],
        call: open(),
        cure: [call('PUT /api/v1/apps/{app}/policies/{easy}')],
      },
    },
  },
})
