// Which further proof of identity does an app want?
import { defineError } from '../define.ts'

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
    },
  },
})
