// How is a password set on the way to a session?
import { E0000014 } from '@errorg/errors/codes'
import type { User } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import type { Answer, Exchange } from '../../http/exchange.ts'
import { countTry } from '../../lockout.ts'
import { userParty } from '../../log/parties.ts'
import { withPassword } from '../../new-password.ts'
import type { Org } from '../../org.ts'
import { isPasswordOf } from '../../password-policy.ts'
import { passwordRulesFor, requirePassword } from '../../password-rules.ts'
import { isComparable } from '../../passwords.ts'
import { textsOf } from './body.ts'
import { proceed } from './proceed.ts'
import { loadTransaction, type UnderWay } from './transactions.ts'

/** `POST /authn/credentials/change_password`: with the old one. */
export async function changePassword(org: Org, x: Exchange): Promise<Answer> {
  const [, oldPassword, newPassword] = textsOf(x.body, ['stateToken', 'oldPassword', 'newPassword'])
  const underWay = await loadTransaction(org, x, ['PASSWORD_EXPIRED', 'PASSWORD_WARN'])
  const right = isComparable(oldPassword) && (await isPasswordOf(underWay.user.value, oldPassword))
  if (!right) {
    const { user } = underWay
    await countTry(org, x, user, await passwordRulesFor(org, user.id, x.address))
    fail(E0000014, 'old-password-wrong')
  }
  // What has expired may be changed at any time.
  return await setPassword(org, x, underWay, newPassword, underWay.transaction.value.status === 'PASSWORD_WARN')
}

/** `POST /authn/credentials/reset_password`: after a recovery or an activation. */
export async function resetPassword(org: Org, x: Exchange): Promise<Answer> {
  const [, newPassword] = textsOf(x.body, ['stateToken', 'newPassword'])
  return await setPassword(org, x, await loadTransaction(org, x, ['PASSWORD_RESET']), newPassword)
}

async function setPassword(org: Org, x: Exchange, underWay: UnderWay, password: string, aged = false): Promise<Answer> {
  const { user, transaction } = underWay
  await requirePassword(org, x, user, password, { aged })
  const value: User = {
    ...(await withPassword(org, user.value, password, x.now)),
    failedLogins: undefined,
    lastLoginAt: x.now,
  }
  const { relayState } = transaction.value
  const answer = await proceed(org, x, { user, value, amr: ['pwd'], relayState, underWay })
  org.log(x, {
    eventType: 'user.account.update_password',
    displayMessage: 'User update password for Okta',
    actor: userParty(user),
    targets: [userParty(user)],
  })
  return answer
}
