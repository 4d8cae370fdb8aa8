// Which operations does the API have on users?
import type { RouteRow } from '../../routes.ts'
import { createUser } from './create.ts'
import {
  changePassword,
  changeRecoveryQuestion,
  expirePassword,
  expirePasswordWithTemp,
  forgotPassword,
  forgotPasswordSetNewPassword,
  resetFactors,
  resetPassword,
} from './credentials.ts'
import { verifyEmail } from './email-change.ts'
import {
  getUserGrant,
  listClientGrants,
  listUserGrants,
  revokeClientGrants,
  revokeUserGrant,
  revokeUserGrants,
} from './grants.ts'
import { activate, deactivate, reactivate, suspend, unlock, unsuspend } from './lifecycle.ts'
import { listQuestions } from './questions.ts'
import {
  endOwnSessions,
  getUser,
  listNothing,
  listUserBlocks,
  listUserGroups,
  listUsers,
  revokeUserSessions,
} from './read.ts'
import { deleteUser } from './remove.ts'
import { getUserToken, listUserClients, listUserTokens, revokeUserToken, revokeUserTokens } from './tokens.ts'
import { replaceUser, updateUser } from './update.ts'

const USERS = '/api/v1/users'
const ONE = `${USERS}/:id`
const LIFE = `${ONE}/lifecycle`
const GRANTS = `${USERS}/:userId/grants`
const CLIENTS = `${USERS}/:userId/clients`
const SECRETS = `${USERS}/:userId/credentials`

const own = { ownToo: true, ownScopes: true }

/** Rows of the route table. */
export const userRoutes: readonly RouteRow[] = [
  { on: `GET ${USERS}`, operation: 'listUsers', needs: 'users.read', handle: listUsers },
  { on: `POST ${USERS}`, operation: 'createUser', needs: 'users.create', body: 'json', handle: createUser },
  { on: `GET ${ONE}`, operation: 'getUser', needs: 'users.read', ...own, handle: getUser },
  { on: `POST ${ONE}`, operation: 'updateUser', needs: 'users.update', ...own, body: 'json', handle: updateUser },
  { on: 'GET /email/verify/:token', needs: 'anyone', answers: ['text/html', 'application/json'], handle: verifyEmail },
  { on: `PUT ${ONE}`, operation: 'replaceUser', needs: 'users.update', body: 'json', handle: replaceUser },
  { on: `DELETE ${ONE}`, operation: 'deleteUser', needs: 'users.delete', handle: deleteUser },

  { on: `GET ${ONE}/groups`, operation: 'listUserGroups', needs: 'users.read', handle: listUserGroups },
  { on: `GET ${ONE}/blocks`, operation: 'listUserBlocks', needs: 'users.read', handle: listUserBlocks },
  { on: `GET ${ONE}/idps`, operation: 'listUserIdentityProviders', needs: 'users.read', handle: listNothing },
  { on: `GET ${CLIENTS}`, operation: 'listUserClients', needs: 'users.read', handle: listUserClients },
  { on: `GET ${GRANTS}`, operation: 'listUserGrants', needs: 'users.read', handle: listUserGrants },
  { on: `DELETE ${GRANTS}`, operation: 'revokeUserGrants', needs: 'users.credentials', handle: revokeUserGrants },
  { on: `GET ${GRANTS}/:grantId`, operation: 'getUserGrant', needs: 'users.read', handle: getUserGrant },
  {
    on: `DELETE ${GRANTS}/:grantId`,
    operation: 'revokeUserGrant',
    needs: 'users.credentials',
    handle: revokeUserGrant,
  },
  {
    on: `GET ${CLIENTS}/:clientId/grants`,
    operation: 'listGrantsForUserAndClient',
    needs: 'users.read',
    handle: listClientGrants,
  },
  {
    on: `DELETE ${CLIENTS}/:clientId/grants`,
    operation: 'revokeGrantsForUserAndClient',
    needs: 'users.credentials',
    handle: revokeClientGrants,
  },
  {
    on: `GET ${CLIENTS}/:clientId/tokens`,
    operation: 'listRefreshTokensForUserAndClient',
    needs: 'users.read',
    handle: listUserTokens,
  },
  {
    on: `DELETE ${CLIENTS}/:clientId/tokens`,
    operation: 'revokeTokensForUserAndClient',
    needs: 'users.credentials',
    handle: revokeUserTokens,
  },
  {
    on: `GET ${CLIENTS}/:clientId/tokens/:tokenId`,
    operation: 'getRefreshTokenForUserAndClient',
    needs: 'users.read',
    handle: getUserToken,
  },
  {
    on: `DELETE ${CLIENTS}/:clientId/tokens/:tokenId`,
    operation: 'revokeTokenForUserAndClient',
    needs: 'users.credentials',
    handle: revokeUserToken,
  },
  {
    on: `DELETE ${USERS}/:userId/sessions`,
    operation: 'revokeUserSessions',
    needs: 'users.credentials',
    handle: revokeUserSessions,
  },

  {
    on: `POST ${USERS}/me/lifecycle/delete_sessions`,
    needs: 'self',
    body: 'optional',
    handle: endOwnSessions,
  },
  {
    on: `GET ${USERS}/:userId/factors/questions`,
    operation: 'listSupportedSecurityQuestions',
    needs: 'users.read',
    handle: listQuestions,
  },
  { on: `POST ${LIFE}/activate`, operation: 'activateUser', needs: 'users.lifecycle', handle: activate },
  { on: `POST ${LIFE}/reactivate`, operation: 'reactivateUser', needs: 'users.lifecycle', handle: reactivate },
  { on: `POST ${LIFE}/deactivate`, operation: 'deactivateUser', needs: 'users.lifecycle', handle: deactivate },
  { on: `POST ${LIFE}/suspend`, operation: 'suspendUser', needs: 'users.lifecycle', handle: suspend },
  { on: `POST ${LIFE}/unsuspend`, operation: 'unsuspendUser', needs: 'users.lifecycle', handle: unsuspend },
  { on: `POST ${LIFE}/unlock`, operation: 'unlockUser', needs: 'users.credentials', handle: unlock },
  {
    on: `POST ${LIFE}/expire_password`,
    operation: 'expirePassword',
    needs: 'users.credentials',
    handle: expirePassword,
  },
  {
    on: `POST ${LIFE}/expire_password_with_temp_password`,
    operation: 'expirePasswordWithTempPassword',
    needs: 'users.credentials',
    handle: expirePasswordWithTemp,
  },
  { on: `POST ${LIFE}/reset_password`, operation: 'resetPassword', needs: 'users.credentials', handle: resetPassword },
  { on: `POST ${LIFE}/reset_factors`, operation: 'resetFactors', needs: 'users.credentials', handle: resetFactors },

  {
    on: `POST ${SECRETS}/change_password`,
    operation: 'changePassword',
    needs: 'users.credentials',
    ownToo: true,
    body: 'json',
    handle: changePassword,
  },
  {
    on: `POST ${SECRETS}/change_recovery_question`,
    operation: 'changeRecoveryQuestion',
    needs: 'users.credentials',
    ownToo: true,
    body: 'json',
    handle: changeRecoveryQuestion,
  },
  {
    on: `POST ${SECRETS}/forgot_password`,
    operation: 'forgotPassword',
    needs: 'users.credentials',
    handle: forgotPassword,
  },
  {
    on: `POST ${SECRETS}/forgot_password_recovery_question`,
    operation: 'forgotPasswordSetNewPassword',
    needs: 'users.credentials',
    body: 'json',
    handle: forgotPasswordSetNewPassword,
  },
]
