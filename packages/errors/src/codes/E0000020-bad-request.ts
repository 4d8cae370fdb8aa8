// What does E0000020 mean, when the answer says nothing but "Bad request"?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** An argument was refused without a word about which one. */
export const E0000020 = defineError({
  code: 'E0000020',
  title: 'Bad request',
  area: 'request',
  retry: 'never',
  reference: { status: 400, description: 'Bad request.' },
  current: { status: 400, summary: 'Bad request.' },
  note: 'The answer names no field and has no causes. Compare your call with the one that the Admin Console makes for the same step.',
  causes: {
    'factor-must-stay-active': {
      kind: 'object-state-forbids-operation',
      says: 'The factor type, such as the password, must stay active in the org and was to be deactivated.',
      tellApart: 'The path is /api/v1/org/factors/okta_password/lifecycle/deactivate.',
      fix: [
        'Leave okta_password out of the list of factors that you turn off.',
        'To let users sign in without a password, change the sign-on policy instead of the factor.',
      ],
      operations: ['POST /api/v1/org/factors/okta_password/lifecycle/deactivate'],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta history of test/fixtures/vcr, TestAccOktaDefaultMFAPolicy (Classic, 2022)',
        },
      ],
      proof: {
        given: [call('POST /api/v1/org/factors/okta_sms/lifecycle/activate')],
        call: call('POST /api/v1/org/factors/okta_password/lifecycle/deactivate'),
        mend: call('POST /api/v1/org/factors/okta_sms/lifecycle/deactivate'),
      },
    },
    'idx-request-malformed': {
      kind: 'sdk-flow-config-mismatch',
      says: 'A step of an Identity Engine sign-in does not fit the flow: a stateHandle of another flow, or fields that this step does not take.',
      tellApart: 'The path begins with /idp/idx, and the code stands in messages.value[].i18n.key.',
      fix: [
        'Send exactly the fields that the remediation of the last answer lists, with the stateHandle of that answer.',
        'If the flow is lost, begin a new one with /interact.',
        'Use an SDK of the same generation on all pages of the flow.',
      ],
      operations: ['POST /idp/idx/identify', 'POST /idp/idx/challenge/answer'],
      sources: [
        {
          mark: 'documented',
          where: 'okta/okta-signin-widget playground/mocks/data/idp/idx/error-400-bad-request.json',
        },
      ],
    },
  },
})
