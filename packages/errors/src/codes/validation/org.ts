// Which rules about the org's own settings can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const account = { accountId: '0200bs0617vvhv2v675mch1cukp' }

const customizations = 'POST /api/v1/brands/{brand}/templates/email/UserActivation/customizations'
// biome-ignore lint/suspicious/noTemplateCurlyInString: Okta's own variable, not ours
const message = (name: string) => ({ name, type: 'SMS_VERIFY_CODE', template: 'Your code: ${code}' })
const activationMail = (body: string) => ({ language: 'en', subject: 'Welcome', body })

/** Causes of E0000001 in this part of the API. */
export const orgCauses = {
  'email-variable-missing': {
    kind: 'validation-invalid-value',
    says: 'The mail does not name the variable that it is sent for, such as the activation link: its readers could not go on.',
    tellApart:
      'The call makes or replaces the customization of an e-mail template, and the cause is "Invalid email text".',
    fix: [
      'Read what Okta sends by itself, `GET /api/v1/brands/{id}/templates/email/{name}/default-content`, and keep its link.',
      'Write the variable as Velocity has it, a $ and its name in braces. In Terraform a second $ keeps it from being filled in too early.',
    ],
    operations: [
      'POST /api/v1/brands/{id}/templates/email/{name}/customizations',
      'PUT /api/v1/brands/{id}/templates/email/{name}/customizations/{customizationId}',
    ],
    wire: { summary: 'Api validation failed: body', causes: ['Invalid email text'] },
    sources: [
      {
        mark: 'documented',
        where:
          'Terraform provider for Okta, okta_email_customization (400 for a body without a required variable reference)',
      },
      {
        mark: 'reported',
        where: 'okta/okta-sdk-dotnet, CustomTemplatesApiTests.cs (the sentence; that it is the cause is inferred)',
      },
    ],
    proof: {
      given: [call('POST /api/v1/brands', { body: { name: 'Harbour' }, keep: { brand: '/id' } })],
      call: call(customizations, { body: activationMail('Welcome') }),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Okta's own variable, not ours
      mend: call(customizations, { body: activationMail('Welcome: ${activationLink}') }),
    },
  },
  'aerial-consent-exists': {
    kind: 'duplicate-object',
    says: 'The org has given its consent to an Aerial account already; one is all that it can give.',
    tellApart: 'The path ends in /privacy/aerial/grant, and the cause speaks of a consent grant.',
    fix: [
      'See whose it is: GET /api/v1/org/privacy/aerial.',
      'If it is the account you meant, there is nothing to do. Otherwise revoke it first: POST /api/v1/org/privacy/aerial/revoke with its accountId.',
    ],
    operations: ['POST /api/v1/org/privacy/aerial/grant'],
    wire: {
      summary: 'Api validation failed: account',
      causes: ['The org already has a consent grant added to Aerial.'],
    },
    sources: [
      { mark: 'documented', where: 'Org settings reference, example "Grant is already present" of the Aerial consent' },
    ],
    proof: {
      given: [call('POST /api/v1/org/privacy/aerial/grant', { body: account })],
      call: call('POST /api/v1/org/privacy/aerial/grant', { body: account }),
      cure: [call('POST /api/v1/org/privacy/aerial/revoke', { body: account })],
    },
  },
  'sms-template-type-taken': {
    kind: 'duplicate-object',
    says: 'The org has a custom text message of this type already; there is one of each beside the one that Okta brings.',
    tellApart: 'The call makes or changes a template of text messages, and the cause is about its type.',
    fix: [
      'Find it: GET /api/v1/templates/sms. The one whose id is default is that of Okta; the other is yours.',
      'Change that one: POST /api/v1/templates/sms/{id} for some of it, PUT for all. To begin anew, delete it first.',
    ],
    operations: ['POST /api/v1/templates/sms', 'POST /api/v1/templates/sms/{id}', 'PUT /api/v1/templates/sms/{id}'],
    wire: {
      summary: 'Api validation failed: type',
      causes: ['type: An object with this field already exists in the current organization'],
    },
    sources: [{ mark: 'reported', where: 'okta/okta-sdk-dotnet, TemplateApiTests.cs (400; the text is inferred)' }],
    proof: {
      given: [call('POST /api/v1/templates/sms', { body: message('Short'), keep: { template: '/id' } })],
      call: call('POST /api/v1/templates/sms', { body: message('Shorter') }),
      cure: [call('DELETE /api/v1/templates/sms/{template}')],
    },
  },
} as const satisfies Record<string, Cause>
