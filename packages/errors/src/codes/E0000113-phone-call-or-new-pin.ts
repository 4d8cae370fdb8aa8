// Was a phone call just made, or does a hardware token want a further step?
import { defineError } from '../define.ts'

/** A phone call was just made (reference), or the token wants a further step (today). */
export const E0000113 = defineError({
  code: 'E0000113',
  title: 'Phone call was just made, or the token wants a further step',
  area: 'factors',
  retry: 'after-reset',
  reference: {
    status: 429,
    description: 'A phone call was recently made. Please wait 30 seconds before trying again.',
  },
  current: { status: 409, summary: '{challenge}.' },
  summaryInReference: 'A phone call was recently made. Please wait 30 seconds before trying again.',
  note: 'The code has changed its meaning. In the reference it is 429 for a call that was made a moment ago; today that is E0000133, and E0000113 is 409 with the question of a token server as its summary. Decide by the status.',
  causes: {
    'phone-call-just-made': {
      kind: 'rate-limit-exceeded',
      says: 'A voice call was asked for within 30 seconds of the last one to the same phone.',
      tellApart: 'The status is 429 and the factor is of type `call`.',
      fix: [
        'Wait 30 seconds, then ask again.',
        'Block the button for 30 seconds after each call, and say when it opens.',
        'Look for double calls of the endpoint: a verify without a passcode makes a phone call as well.',
      ],
      operations: [
        'POST /api/v1/users/{id}/factors/{factorId}/resend',
        'POST /api/v1/users/{id}/factors/{factorId}/verify',
        'POST /api/v1/authn/factors/{factorId}/verify/resend',
      ],
      wire: {
        status: 429,
        summary: 'A phone call was recently made. Please wait 30 seconds before trying again.',
      },
      sources: [{ mark: 'documented', where: 'the error code reference; as E0000133 in the list of today' }],
    },
    'token-wants-new-pin': {
      kind: 'mfa-required',
      says: 'The token server (RSA SecurID or another one on premises) took the code and now wants a new PIN or the next code.',
      tellApart: 'The status is 409 and the summary is the question of the token server.',
      fix: [
        'Show the summary to the user and let them answer it.',
        'Send the answer as `passCode` to the same verify endpoint, in the same transaction.',
        'Wait for the token to change before the next code is sent, when the question asks for the next code.',
      ],
      operations: ['POST /api/v1/authn/factors/{factorId}/verify'],
      wire: { status: 409, summary: '{challenge}' },
      sources: [
        {
          mark: 'documented',
          where:
            'okta/okta-signin-widget test/unit/helpers/xhr/RSA_ERROR_change_pin.js ("Enter a new PIN having from 4 to 8 digits:")',
        },
      ],
    },
  },
})
