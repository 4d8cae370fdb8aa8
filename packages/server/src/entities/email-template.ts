// Which mails does an org send, and what do they say when nobody has changed them?

/** A mail that can be put in words of one's own. */
export interface EmailTemplate {
  name: string
  subject: string
  body: string
}

const page = (text: string): string => `<!DOCTYPE html><html><body><p>${text}</p></body></html>`

// Written `<name>`, as a `$` before a brace means something else in a source like this one.
const withHoles = (text: string): string => text.replace(/<([\w.]+)>/g, '$${$1}')

const rows: readonly [name: string, subject: string, text: string][] = [
  ['ADForgotPassword', 'Reset your Windows password', 'Reset it here: <resetPasswordLink>'],
  ['ADForgotPasswordDenied', 'Reset your Windows password', 'Your password cannot be reset here. Ask <orgAdmin>.'],
  ['ADSelfServiceUnlock', 'Unlock your Windows account', 'Unlock it here: <unlockAccountLink>'],
  ['ADUserActivation', 'Welcome to <org.name>', 'Begin here: <activationLink>'],
  ['AuthenticatorEnrolled', 'A new way to sign in', 'It was added to your account.'],
  ['AuthenticatorReset', 'A way to sign in was reset', 'It was taken from your account.'],
  ['ChangeEmailConfirmation', 'Confirm your new address', 'Confirm it here: <verificationLink>'],
  ['EmailChallenge', 'Your code', 'Your code is <verificationToken>.'],
  ['EmailChangeConfirmation', 'Your address was changed', 'It was changed in your account.'],
  ['EmailFactorVerification', 'Confirm your address', 'Your code is <verificationToken>.'],
  ['ForgotPassword', 'Reset your password', 'Reset it here: <resetPasswordLink>'],
  ['ForgotPasswordDenied', 'Reset your password', 'Your password cannot be reset here. Ask <orgAdmin>.'],
  ['LDAPForgotPassword', 'Reset your LDAP password', 'Reset it here: <resetPasswordLink>'],
  ['LDAPForgotPasswordDenied', 'Reset your LDAP password', 'Your password cannot be reset here. Ask <orgAdmin>.'],
  ['LDAPSelfServiceUnlock', 'Unlock your LDAP account', 'Unlock it here: <unlockAccountLink>'],
  ['LDAPUserActivation', 'Welcome to <org.name>', 'Begin here: <activationLink>'],
  ['MyAccountChangeConfirmation', 'Your account was changed', 'Something was changed in your account.'],
  ['NewSignOnNotification', 'A new sign-in', 'Somebody signed in to your account.'],
  ['OktaVerifyActivation', 'Set up Okta Verify', 'Set it up here: <oktaVerifyActivationLink>'],
  ['PasswordChanged', 'Your password was changed', 'It was changed in your account.'],
  ['PasswordResetByAdmin', 'Your password was reset', 'An administrator reset it: <resetPasswordLink>'],
  ['PendingEmailChange', 'Your address is about to change', 'It changes once you confirm the new one.'],
  ['RegistrationActivation', 'Activate your account', 'Activate it here: <activationLink>'],
  ['RegistrationEmailVerification', 'Confirm your address', 'Confirm it here: <verificationLink>'],
  ['SelfServiceUnlock', 'Unlock your account', 'Unlock it here: <unlockAccountLink>'],
  ['SelfServiceUnlockOnUnlockedAccount', 'Your account is not locked', 'There is nothing to unlock.'],
  ['UserActivation', 'Welcome to <org.name>', 'Begin here: <activationLink>'],
]

/** The templates in the order of their names. Names are Okta's, words are not. */
export const emailTemplates: readonly EmailTemplate[] = rows.map(([name, subject, text]) => ({
  name,
  subject: withHoles(subject),
  body: page(withHoles(`Hello, <user.profile.firstName>. ${text}`)),
}))

const activation = ['activationLink', 'activationToken', 'oneTimePassword']
const reset = ['resetPasswordLink', 'resetPasswordToken', 'recoveryToken', 'oneTimePassword', 'verificationToken']
const unlock = ['unlockAccountLink', 'unlockAccountToken', 'recoveryToken', 'oneTimePassword', 'verificationToken']
const challenge = ['emailAuthenticationLink', 'verificationToken', 'oneTimePassword']

/**
 * Variables of which a mail needs one, as it would lead nowhere without. That there are such is documented (the body "does
 * not contain a required variable reference"), and links and tokens are from Okta's guides on magic links; mails of which
 * nothing certain is public need none here.
 */
export const neededVariables: Readonly<Record<string, readonly string[]>> = {
  UserActivation: activation,
  ADUserActivation: activation,
  LDAPUserActivation: activation,
  RegistrationActivation: activation,
  ForgotPassword: reset,
  ADForgotPassword: reset,
  LDAPForgotPassword: reset,
  SelfServiceUnlock: unlock,
  ADSelfServiceUnlock: unlock,
  LDAPSelfServiceUnlock: unlock,
  EmailChallenge: challenge,
}

/** Does a text name one of these variables, as `${name}` or `$name`? */
export function namesOneOf(text: string, names: readonly string[]): boolean {
  return names.some((name) => new RegExp(`\\$!?\\{?${name}\\b`).test(text))
}

/** A text with its variables filled in; those that are not known stay. */
export function fillTemplate(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\$\{([\w.]{1,100})\}/g, (hole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined || value === null ? hole : String(value)
  })
}
