// How long must a user wait for another text message?
import { defineError } from '../define.ts'

/** A text message went to this phone less than 30 seconds ago. */
export const E0000109 = defineError({
  code: 'E0000109',
  title: 'Text message was just sent',
  area: 'factors',
  retry: 'after-reset',
  reference: {
    status: 429,
    description: 'An SMS message was recently sent. Please wait 30 seconds before trying again.',
  },
  current: {
    status: 429,
    summary: 'An SMS message was recently sent. Please wait 30 seconds before trying again.',
  },
  note: 'Wait at least 30 seconds, whatever the headers say. `x-rate-limit-reset` can appear twice on this answer: do not fail on it, take the first value that can be read. The message before this one is on its way, so most users need no second one.',
  causes: {
    'message-just-sent': {
      kind: 'rate-limit-exceeded',
      says: 'A text message was asked for within 30 seconds of the last one to the same phone.',
      fix: [
        'Wait 30 seconds, then ask again.',
        'Block the button for 30 seconds after each message, and say when it opens.',
        'Look for double calls: a form sent twice, or a verify without a passcode, which sends a message as well.',
      ],
      operations: [
        'POST /api/v1/users/{id}/factors/{factorId}/resend',
        'POST /api/v1/users/{id}/factors/{factorId}/verify',
        'POST /api/v1/authn/factors/{factorId}/verify/resend',
      ],
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/factors' },
        { mark: 'reported', where: 'okta/okta-sdk-java issue 259 (the header that appears twice)' },
      ],
    },
  },
})
