// Who may recover a forgotten password without an administrator?
import { E0000034 } from '@errorg/errors/codes'
import { keepsPassword, type User, type UserStatus } from './entities/user.ts'
import { fail } from './fail.ts'
import type { PasswordRules } from './password-rules.ts'

/** Documented for ACTIVE; recorded users who are PASSWORD_EXPIRED have the link too. */
export const recoverable: readonly UserStatus[] = ['ACTIVE', 'PASSWORD_EXPIRED']

/** Refuses recovery by status, by who keeps the password, and by the user's password policy. */
export function mayRecover(user: User, rules: Pick<PasswordRules, 'mayReset'>): void {
  if (!recoverable.includes(user.status)) {
    fail(E0000034, 'user-cannot-recover', { status: user.status })
  }
  if (!keepsPassword(user)) fail(E0000034, 'password-kept-elsewhere', { provider: user.provider.type })
  if (!rules.mayReset) fail(E0000034, 'self-service-recovery-off')
}

/** Where nothing but a recovery question proves who asks, there has to be one. */
export function hasQuestion(user: User): void {
  if (!user.recoveryQuestion) fail(E0000034, 'no-recovery-question')
}
