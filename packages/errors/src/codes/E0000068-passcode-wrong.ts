// Which code, answer or password did not match?
import { defineError } from '../define.ts'

/** The passcode or answer does not match. */
export const E0000068 = defineError({
  code: 'E0000068',
  title: 'Passcode or answer is wrong',
  area: 'factors',
  retry: 'never',
  reference: { status: 401, description: 'Invalid Passcode/Answer.' },
  current: { status: 403, summary: 'Invalid Passcode/Answer' },
  note: "The reference gives status 401; today's list and all fixtures give 403. A user may try again with another code, a program must not repeat this one: too many tries lock the user (E0000069) or use up the limit (E0000047). A code that was used before is E0000082, one that came too late E0000083.",
  causes: {
    'passcode-wrong': {
      kind: 'credentials-invalid',
      says: 'The passcode is not the one that the factor expects: mistyped, from an older message, or of another account.',
      tellApart: 'The error cause speaks of a passcode. A second try with a fresh code works.',
      fix: [
        'Ask for the code again and show the sentence of the error cause.',
        'With messages and calls, only the newest code counts: take it from the last message.',
        'With an authenticator app that holds several accounts, check that the right one is open.',
      ],
      operations: [
        'POST /api/v1/authn/factors/{factorId}/verify',
        'POST /api/v1/users/{id}/factors/{factorId}/verify',
        'POST /api/v1/users/{id}/factors/{factorId}/lifecycle/activate',
      ],
      wire: { causes: ["Your passcode doesn't match our records. Please try again."] },
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs docs/reference/api/authn and factors' },
        { mark: 'documented', where: 'okta/okta-auth-js test fixture mfa-required-error.js' },
      ],
    },
    'code-clock-adrift': {
      kind: 'clock-skew',
      says: 'The clock of the phone or token is off, so every code it shows belongs to another moment.',
      tellApart: 'The factor is `token:software:totp` or a hardware token, and each fresh code is refused.',
      fix: [
        'Set the clock of the device to automatic time.',
        'Resynchronise a hardware token, or remove the factor and enrol it again.',
      ],
      operations: ['POST /api/v1/authn/factors/{factorId}/verify', 'POST /api/v1/users/{id}/factors/{factorId}/verify'],
      wire: { causes: ["Your passcode doesn't match our records. Please try again."] },
      sources: [{ mark: 'inferred', where: 'time-based codes (RFC 6238) need clocks that agree' }],
    },
    'answer-wrong': {
      kind: 'credentials-invalid',
      says: 'The answer to the security question does not match the one that was enrolled.',
      tellApart: 'The factor is of type `question` and the error cause speaks of an answer.',
      fix: [
        'Ask for the answer again and show the question beside it.',
        'If the user has forgotten it, an administrator removes the factor with `DELETE /api/v1/users/{id}/factors/{factorId}` and the user enrols a new one.',
      ],
      operations: ['POST /api/v1/authn/factors/{factorId}/verify', 'POST /api/v1/users/{id}/factors/{factorId}/verify'],
      wire: { causes: ["Your answer doesn't match our records. Please try again."] },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/authn' }],
    },
    'recovery-code-wrong': {
      kind: 'credentials-invalid',
      says: 'The code of a recovery message or call does not match.',
      tellApart: 'The path is under `/api/v1/authn/recovery` and the error cause speaks of a token.',
      fix: ['Take the code from the newest message.', 'If it is older than a few minutes, begin the recovery again.'],
      operations: ['POST /api/v1/authn/recovery/factors/sms/verify', 'POST /api/v1/authn/recovery/factors/call/verify'],
      wire: { causes: ["Your token doesn't match our records. Please try again."] },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/authn' }],
    },
    'factor-password-wrong': {
      kind: 'credentials-invalid',
      says: 'The password asked for as a factor is wrong.',
      tellApart: 'The path ends with `/factors/password/verify`.',
      fix: ['Ask for the password again.', 'If it is forgotten, offer the recovery of the sign-in page.'],
      operations: ['POST /api/v1/authn/factors/password/verify'],
      wire: { causes: ['Password is incorrect'] },
      sources: [
        { mark: 'documented', where: 'okta/okta-signin-widget test/unit/helpers/xhr/MFA_VERIFY_invalid_password.js' },
      ],
    },
  },
})
