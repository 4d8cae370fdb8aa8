// Which operations does the API have on authorization servers and their parts?
import type { Handle, RouteRow } from '../../routes.ts'
import { addClaim, dropClaim, getClaim, listClaims, replaceClaim } from './claims.ts'
import { getToken, listClients, listTokens, revokeToken, revokeTokens } from './clients.ts'
import {
  activateEncryptionKey,
  addEncryptionKey,
  deactivateEncryptionKey,
  dropEncryptionKey,
  getEncryptionKey,
  listEncryptionKeys,
} from './encryption-keys.ts'
import { getKey, listKeys, rotate } from './keys.ts'
import {
  activatePolicy,
  addPolicy,
  deactivatePolicy,
  dropPolicy,
  getPolicy,
  listPolicies,
  replacePolicy,
} from './policies.ts'
import { activateRule, addRule, deactivateRule, dropRule, getRule, listRules, replaceRule } from './policy-rules.ts'
import { SERVERS } from './schema.ts'
import { addScope, dropScope, getScope, listScopes, replaceScope } from './scopes.ts'
import {
  activateServer,
  addServer,
  deactivateServer,
  dropServer,
  getServer,
  listServers,
  replaceServer,
} from './servers.ts'
import { addTrusted, dropTrusted, listTrusted } from './trusts.ts'

const ONE = `${SERVERS}/:authServerId`
const POLICY = `${ONE}/policies/:policyId`
const RULE = `${POLICY}/rules/:ruleId`
const ENCRYPTION_KEYS = `${ONE}/resourceservercredentials/keys`
const ENCRYPTION_KEY = `${ENCRYPTION_KEYS}/:keyId`
const TOKENS = `${ONE}/clients/:clientId/tokens`

// All of it belongs to one feature; GETs read, the rest manages, POSTs without a lifecycle word bring a body.
function row(on: string, operation: string, handle: Handle): RouteRow {
  const [method, path = ''] = on.split(' ')
  return {
    on,
    operation,
    needs: method === 'GET' ? 'authServers.read' : 'authServers.manage',
    feature: 'API_ACCESS_MANAGEMENT',
    body: method === 'PUT' || (method === 'POST' && !/\/(de)?activate$/.test(path)) ? 'json' : undefined,
    handle,
  }
}

/** Rows of the route table. */
export const authorizationServerRoutes: readonly RouteRow[] = [
  row(`GET ${SERVERS}`, 'listAuthorizationServers', listServers),
  row(`POST ${SERVERS}`, 'createAuthorizationServer', addServer),
  row(`GET ${ONE}`, 'getAuthorizationServer', getServer),
  row(`PUT ${ONE}`, 'replaceAuthorizationServer', replaceServer),
  row(`DELETE ${ONE}`, 'deleteAuthorizationServer', dropServer),
  row(`POST ${ONE}/lifecycle/activate`, 'activateAuthorizationServer', activateServer),
  row(`POST ${ONE}/lifecycle/deactivate`, 'deactivateAuthorizationServer', deactivateServer),

  row(`GET ${ONE}/associatedServers`, 'listAssociatedServersByTrustedType', listTrusted),
  row(`POST ${ONE}/associatedServers`, 'createAssociatedServers', addTrusted),
  row(`DELETE ${ONE}/associatedServers/:associatedServerId`, 'deleteAssociatedServer', dropTrusted),

  row(`GET ${ONE}/scopes`, 'listOAuth2Scopes', listScopes),
  row(`POST ${ONE}/scopes`, 'createOAuth2Scope', addScope),
  row(`GET ${ONE}/scopes/:scopeId`, 'getOAuth2Scope', getScope),
  row(`PUT ${ONE}/scopes/:scopeId`, 'replaceOAuth2Scope', replaceScope),
  row(`DELETE ${ONE}/scopes/:scopeId`, 'deleteOAuth2Scope', dropScope),

  row(`GET ${ONE}/claims`, 'listOAuth2Claims', listClaims),
  row(`POST ${ONE}/claims`, 'createOAuth2Claim', addClaim),
  row(`GET ${ONE}/claims/:claimId`, 'getOAuth2Claim', getClaim),
  row(`PUT ${ONE}/claims/:claimId`, 'replaceOAuth2Claim', replaceClaim),
  row(`DELETE ${ONE}/claims/:claimId`, 'deleteOAuth2Claim', dropClaim),

  row(`GET ${ONE}/policies`, 'listAuthorizationServerPolicies', listPolicies),
  row(`POST ${ONE}/policies`, 'createAuthorizationServerPolicy', addPolicy),
  row(`GET ${POLICY}`, 'getAuthorizationServerPolicy', getPolicy),
  row(`PUT ${POLICY}`, 'replaceAuthorizationServerPolicy', replacePolicy),
  row(`DELETE ${POLICY}`, 'deleteAuthorizationServerPolicy', dropPolicy),
  row(`POST ${POLICY}/lifecycle/activate`, 'activateAuthorizationServerPolicy', activatePolicy),
  row(`POST ${POLICY}/lifecycle/deactivate`, 'deactivateAuthorizationServerPolicy', deactivatePolicy),

  row(`GET ${POLICY}/rules`, 'listAuthorizationServerPolicyRules', listRules),
  row(`POST ${POLICY}/rules`, 'createAuthorizationServerPolicyRule', addRule),
  row(`GET ${RULE}`, 'getAuthorizationServerPolicyRule', getRule),
  row(`PUT ${RULE}`, 'replaceAuthorizationServerPolicyRule', replaceRule),
  row(`DELETE ${RULE}`, 'deleteAuthorizationServerPolicyRule', dropRule),
  row(`POST ${RULE}/lifecycle/activate`, 'activateAuthorizationServerPolicyRule', activateRule),
  row(`POST ${RULE}/lifecycle/deactivate`, 'deactivateAuthorizationServerPolicyRule', deactivateRule),

  row(`GET ${ONE}/credentials/keys`, 'listAuthorizationServerKeys', listKeys),
  row(`GET ${ONE}/credentials/keys/:keyId`, 'getAuthorizationServerKey', getKey),
  row(`POST ${ONE}/credentials/lifecycle/keyRotate`, 'rotateAuthorizationServerKeys', rotate),

  row(`GET ${ENCRYPTION_KEYS}`, 'listOAuth2ResourceServerJsonWebKeys', listEncryptionKeys),
  row(`POST ${ENCRYPTION_KEYS}`, 'addOAuth2ResourceServerJsonWebKey', addEncryptionKey),
  row(`GET ${ENCRYPTION_KEY}`, 'getOAuth2ResourceServerJsonWebKey', getEncryptionKey),
  row(`DELETE ${ENCRYPTION_KEY}`, 'deleteOAuth2ResourceServerJsonWebKey', dropEncryptionKey),
  row(`POST ${ENCRYPTION_KEY}/lifecycle/activate`, 'activateOAuth2ResourceServerJsonWebKey', activateEncryptionKey),
  row(
    `POST ${ENCRYPTION_KEY}/lifecycle/deactivate`,
    'deactivateOAuth2ResourceServerJsonWebKey',
    deactivateEncryptionKey,
  ),

  row(`GET ${ONE}/clients`, 'listOAuth2ClientsForAuthorizationServer', listClients),
  row(`GET ${TOKENS}`, 'listRefreshTokensForAuthorizationServerAndClient', listTokens),
  row(`DELETE ${TOKENS}`, 'revokeRefreshTokensForAuthorizationServerAndClient', revokeTokens),
  row(`GET ${TOKENS}/:tokenId`, 'getRefreshTokenForAuthorizationServerAndClient', getToken),
  row(`DELETE ${TOKENS}/:tokenId`, 'revokeRefreshTokenForAuthorizationServerAndClient', revokeToken),
]
