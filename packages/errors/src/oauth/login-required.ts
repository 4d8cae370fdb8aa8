// Why can nobody be signed in without a prompt?
import { defineRedirectError } from '../define.ts'
import { openAuthorize, readyApp } from '../proofs/oauth-steps.ts'
import { advance, call } from '../proofs/step.ts'

const list = 'okta/okta-developer-docs data/oauth2-error-codes.json'

const authorize = ['GET /oauth2/{authorizationServerId}/v1/authorize', 'GET /oauth2/v1/authorize'] as const

/** A silent request found nobody signed in. */
export const loginRequired = defineRedirectError({
  error: 'login_required',
  title: 'Sign-in needed',
  retry: 'after-new-credentials',
  reference: { description: 'The client specified not to prompt, but the user is not logged in.' },
  current: {
    descriptions: [
      'The client specified not to prompt, but the user is not logged in.',
      'The client specified not to prompt, but the client app requires re-authentication or MFA.',
      "A 'prompt' value of 'none' requires an existing session to successfully authorize.",
      'Request expired, please start over and try again.',
    ],
  },
  note: 'For a silent request (`prompt=none`) this is an ordinary answer, not a fault: treat it as "please sign in".',
  causes: {
    'no-session': {
      kind: 'no-active-session',
      says: 'The user has no Okta session: it ended, or never began.',
      tellApart: 'Opening the org in the same browser asks for a sign-in.',
      fix: [
        'Send the user through authorize again without `prompt=none`.',
        'In an SDK, catch this error of the silent renewal and call the sign-in instead of showing it.',
        'If sessions end too early for you, look at the session lifetime in the sign-on policy, or use refresh tokens.',
      ],
      operations: authorize,
      wire: { summary: 'The client specified not to prompt, but the user is not logged in.' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [...readyApp(), call('DELETE /api/v1/sessions/{sid}')],
        call: openAuthorize({ prompt: 'none' }),
        mend: openAuthorize({}),
      },
    },
    'third-party-cookies-blocked': {
      kind: 'third-party-cookies-blocked',
      says: 'The user is signed in, but the browser keeps the session cookie of Okta back in a hidden frame or a call from a page.',
      tellApart:
        'Opening the org in the same browser shows the user signed in. It fails in some browsers (Safari, private windows) and works in others.',
      fix: [
        'Renew with refresh tokens instead of a hidden frame: ask for `offline_access` and allow the Refresh Token grant.',
        'Or give the org a custom domain under the domain of your app, so that its cookie counts as your own.',
        'Or redirect the whole page for the renewal.',
      ],
      operations: authorize,
      wire: { summary: 'The client specified not to prompt, but the user is not logged in.' },
      sources: [{ mark: 'inferred', where: 'the server sees no cookie and answers as for no session' }],
    },
    'app-wants-fresh-sign-in': {
      kind: 'mfa-required',
      says: 'There is a session, but the policy of the app wants a fresh sign-in or a further factor, which needs a prompt.',
      tellApart: 'The description speaks of re-authentication or MFA.',
      fix: [
        'Send the user through authorize without `prompt=none`. Okta asks only for what is missing.',
        'If it happens too often, look at the re-authentication time in the rule of the app.',
      ],
      operations: authorize,
      wire: { summary: 'The client specified not to prompt, but the client app requires re-authentication or MFA.' },
      sources: [{ mark: 'documented', where: list }],
      proof: {
        given: [...readyApp(), advance(120)],
        call: openAuthorize({ prompt: 'none', max_age: '60' }),
        mend: openAuthorize({ prompt: 'none' }),
      },
    },
    'sign-in-took-too-long': {
      kind: 'token-expired',
      says: 'The sign-in page stayed open longer than the request behind it lives.',
      tellApart: 'The description is "Request expired, please start over and try again."',
      fix: [
        'Start the sign-in from your app again; do not reload the old page.',
        'Do not bookmark the sign-in page: its address belongs to one request.',
      ],
      operations: authorize,
      wire: { summary: 'Request expired, please start over and try again.' },
      sources: [{ mark: 'documented', where: list }],
    },
  },
})
