// Which operations does the Authentication API have?
import type { RouteRow } from '../../routes.ts'
import { changePassword, resetPassword } from './passwords.ts'
import { answerQuestion, forgotPassword, unlockAccount, verifyRecoveryToken } from './recovery.ts'
import { authenticate, cancel, previous, skip } from './sign-in.ts'

const AUTHN = '/api/v1/authn'
const open = { needs: 'anyone', body: 'json' } as const

/** Rows of the route table. */
export const authnRoutes: readonly RouteRow[] = [
  { on: `POST ${AUTHN}`, operation: 'authenticate', ...open, whileReadOnly: true, handle: authenticate },
  { on: `POST ${AUTHN}/cancel`, operation: 'authnCancel', ...open, whileReadOnly: true, handle: cancel },
  { on: `POST ${AUTHN}/skip`, operation: 'authnSkip', ...open, whileReadOnly: true, handle: skip },
  { on: `POST ${AUTHN}/previous`, operation: 'authnPrevious', ...open, whileReadOnly: true, handle: previous },
  {
    on: `POST ${AUTHN}/credentials/change_password`,
    operation: 'authnChangePassword',
    ...open,
    handle: changePassword,
  },
  { on: `POST ${AUTHN}/credentials/reset_password`, operation: 'authnResetPassword', ...open, handle: resetPassword },
  { on: `POST ${AUTHN}/recovery/password`, operation: 'authnForgotPassword', ...open, handle: forgotPassword },
  { on: `POST ${AUTHN}/recovery/unlock`, operation: 'authnUnlockAccount', ...open, handle: unlockAccount },
  { on: `POST ${AUTHN}/recovery/token`, operation: 'authnVerifyRecoveryToken', ...open, handle: verifyRecoveryToken },
  {
    on: `POST ${AUTHN}/recovery/answer`,
    operation: 'authnAnswerRecoveryQuestion',
    ...open,
    handle: answerQuestion,
  },
]
