// Which operations does the API have on apps?
import { MULTIPART } from '../../gates/body.ts'
import type { RouteRow } from '../../routes.ts'
import { assignGroup, getAppGroup, listAppGroups, unassignGroup, updateAppGroup } from './app-groups.ts'
import { assignUser, getAppUser, listAppUsers, unassignUser, updateAppUser } from './app-users.ts'
import { activateKey, addKey, deactivateKey, deleteKey, getKey, listKeys } from './client-keys.ts'
import {
  createConnection,
  deleteConnection,
  getConnection as getCrossApp,
  listConnections,
  updateConnection as updateCrossApp,
} from './cross-app.ts'
import { certificateTypes, csrTypes, generateCsr, getCsr, listCsrs, publishCsr, revokeCsr } from './csrs.ts'
import { createClaim, deleteClaim, getClaim, listClaims, replaceClaim } from './federated-claims.ts'
import { getGrant, grantScope, listGrants, revokeGrant } from './grants.ts'
import { createMapping, deleteMapping, getMapping, listMappings, updateMapping } from './group-push.ts'
import { allowApp, disallowApp, listAllowed, listTargets } from './interclient-trust.ts'
import { listAppLinks, listGroupApps } from './links.ts'
import { listApps } from './list.ts'
import { uploadLogo } from './logo.ts'
import { activateApp, createApp, deactivateApp, deleteApp, getApp, replaceApp } from './manage.ts'
import { showMetadata } from './metadata.ts'
import {
  activateConnection,
  deactivateConnection,
  getConnection,
  getConnectionKeys,
  getFeature,
  listFeatures,
  updateConnection,
  updateFeature,
} from './provisioning.ts'
import {
  deleteClient,
  generateNewSecret,
  listClients,
  readClientApp,
  registerClient,
  replaceClient,
} from './registration.ts'
import { activateSecret, addSecret, deactivateSecret, deleteSecret, getSecret, listSecrets } from './secrets.ts'
import { cloneSigningKey, generateSigningKey, getSigningKey, listSigningKeys } from './signing-keys.ts'
import { getToken, listTokens, revokeToken, revokeTokens } from './tokens.ts'
import { getUserSchema, updateUserSchema } from './user-schema.ts'

const APPS = '/api/v1/apps'
const ONE = `${APPS}/:appId`
const CLIENTS = '/oauth2/v1/clients'
const CLIENT = `${CLIENTS}/:clientId`
const SECRETS = `${ONE}/credentials/secrets`
const SECRET = `${SECRETS}/:secretId`
const KEYS = `${ONE}/credentials/jwks`
const KEY = `${KEYS}/:keyId`
const SIGNING = `${ONE}/credentials/keys`
const CONNECTION = `${ONE}/connections/default`
const FEATURE = `${ONE}/features/:featureName`
const SCHEMA = '/api/v1/meta/schemas/apps/:appId/default'
const TOKENS = `${ONE}/tokens`
const GRANTS = `${ONE}/grants`
const CSRS = `${ONE}/credentials/csrs`
const CSR = `${CSRS}/:csrId`
const CLAIMS = `${ONE}/federated-claims`
const CLAIM = `${CLAIMS}/:claimId`
const CROSS_APP = `${ONE}/cwo/connections`
const PUSHES = `${ONE}/group-push/mappings`
const PUSH = `${PUSHES}/:mappingId`
const ALLOWED = `${ONE}/interclient-allowed-apps`

const read = 'apps.read'
const manage = 'apps.manage'
const assign = 'apps.assign'

/** Rows of the route table. */
export const appRoutes: readonly RouteRow[] = [
  { on: `GET ${APPS}`, operation: 'listApplications', needs: read, handle: listApps },
  { on: `POST ${APPS}`, operation: 'createApplication', needs: manage, body: 'json', handle: createApp },
  { on: `GET ${ONE}`, operation: 'getApplication', needs: read, handle: getApp },
  { on: `PUT ${ONE}`, operation: 'replaceApplication', needs: manage, body: 'json', handle: replaceApp },
  { on: `DELETE ${ONE}`, operation: 'deleteApplication', needs: manage, handle: deleteApp },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateApplication', needs: manage, handle: activateApp },
  { on: `POST ${ONE}/lifecycle/deactivate`, operation: 'deactivateApplication', needs: manage, handle: deactivateApp },

  { on: `GET ${ONE}/users`, operation: 'listApplicationUsers', needs: read, handle: listAppUsers },
  { on: `POST ${ONE}/users`, operation: 'assignUserToApplication', needs: assign, body: 'json', handle: assignUser },
  { on: `GET ${ONE}/users/:userId`, operation: 'getApplicationUser', needs: read, handle: getAppUser },
  {
    on: `POST ${ONE}/users/:userId`,
    operation: 'updateApplicationUser',
    needs: assign,
    body: 'json',
    handle: updateAppUser,
  },
  {
    on: `DELETE ${ONE}/users/:userId`,
    operation: 'unassignUserFromApplication',
    needs: assign,
    handle: unassignUser,
  },

  { on: `GET ${ONE}/groups`, operation: 'listApplicationGroupAssignments', needs: read, handle: listAppGroups },
  { on: `GET ${ONE}/groups/:groupId`, operation: 'getApplicationGroupAssignment', needs: read, handle: getAppGroup },
  {
    on: `PUT ${ONE}/groups/:groupId`,
    operation: 'assignGroupToApplication',
    needs: assign,
    body: 'optional',
    handle: assignGroup,
  },
  {
    on: `PATCH ${ONE}/groups/:groupId`,
    operation: 'updateGroupAssignmentToApplication',
    needs: assign,
    body: 'optional',
    handle: updateAppGroup,
  },
  {
    on: `DELETE ${ONE}/groups/:groupId`,
    operation: 'unassignApplicationFromGroup',
    needs: assign,
    handle: unassignGroup,
  },

  { on: `GET ${GRANTS}`, operation: 'listScopeConsentGrants', needs: read, handle: listGrants },
  { on: `POST ${GRANTS}`, operation: 'grantConsentToScope', needs: 'grants.manage', body: 'json', handle: grantScope },
  { on: `GET ${GRANTS}/:grantId`, operation: 'getScopeConsentGrant', needs: read, handle: getGrant },
  { on: `DELETE ${GRANTS}/:grantId`, operation: 'revokeScopeConsentGrant', needs: manage, handle: revokeGrant },

  { on: `GET ${TOKENS}`, operation: 'listOAuth2TokensForApplication', needs: read, handle: listTokens },
  { on: `DELETE ${TOKENS}`, operation: 'revokeOAuth2TokensForApplication', needs: manage, handle: revokeTokens },
  { on: `GET ${TOKENS}/:tokenId`, operation: 'getOAuth2TokenForApplication', needs: read, handle: getToken },
  { on: `DELETE ${TOKENS}/:tokenId`, operation: 'revokeOAuth2TokenForApplication', needs: manage, handle: revokeToken },

  { on: `GET ${SECRETS}`, operation: 'listOAuth2ClientSecrets', needs: manage, handle: listSecrets },
  {
    on: `POST ${SECRETS}`,
    operation: 'createOAuth2ClientSecret',
    needs: manage,
    body: 'optional',
    handle: addSecret,
  },
  { on: `GET ${SECRET}`, operation: 'getOAuth2ClientSecret', needs: manage, handle: getSecret },
  { on: `DELETE ${SECRET}`, operation: 'deleteOAuth2ClientSecret', needs: manage, handle: deleteSecret },
  {
    on: `POST ${SECRET}/lifecycle/activate`,
    operation: 'activateOAuth2ClientSecret',
    needs: manage,
    handle: activateSecret,
  },
  {
    on: `POST ${SECRET}/lifecycle/deactivate`,
    operation: 'deactivateOAuth2ClientSecret',
    needs: manage,
    handle: deactivateSecret,
  },

  { on: `GET ${KEYS}`, operation: 'listJwk', needs: read, handle: listKeys },
  { on: `POST ${KEYS}`, operation: 'addJwk', needs: manage, body: 'json', handle: addKey },
  { on: `GET ${KEY}`, operation: 'getJwk', needs: read, handle: getKey },
  { on: `DELETE ${KEY}`, operation: 'deletejwk', needs: manage, handle: deleteKey },
  {
    on: `POST ${KEY}/lifecycle/activate`,
    operation: 'activateOAuth2ClientJsonWebKey',
    needs: manage,
    handle: activateKey,
  },
  {
    on: `POST ${KEY}/lifecycle/deactivate`,
    operation: 'deactivateOAuth2ClientJsonWebKey',
    needs: manage,
    handle: deactivateKey,
  },

  { on: `GET ${SIGNING}`, operation: 'listApplicationKeys', needs: read, handle: listSigningKeys },
  { on: `GET ${SIGNING}/:keyId`, operation: 'getApplicationKey', needs: read, handle: getSigningKey },
  {
    on: `POST ${SIGNING}/generate`,
    operation: 'generateApplicationKey',
    needs: manage,
    handle: generateSigningKey,
  },
  {
    on: `POST ${SIGNING}/:keyId/clone`,
    operation: 'cloneApplicationKey',
    needs: manage,
    handle: cloneSigningKey,
  },
  { on: `GET ${CSRS}`, operation: 'listCsrsForApplication', needs: read, handle: listCsrs },
  {
    on: `POST ${CSRS}`,
    operation: 'generateCsrForApplication',
    needs: manage,
    body: 'json',
    answers: csrTypes,
    handle: generateCsr,
  },
  { on: `GET ${CSR}`, operation: 'getCsrForApplication', needs: read, answers: csrTypes, handle: getCsr },
  { on: `DELETE ${CSR}`, operation: 'revokeCsrFromApplication', needs: manage, handle: revokeCsr },
  {
    on: `POST ${CSR}/lifecycle/publish`,
    operation: 'publishCsrFromApplication',
    needs: manage,
    body: 'bytes',
    takes: certificateTypes,
    handle: publishCsr,
  },
  {
    on: `POST ${ONE}/logo`,
    operation: 'uploadApplicationLogo',
    needs: manage,
    body: 'bytes',
    takes: [MULTIPART],
    handle: uploadLogo,
  },
  {
    on: `GET ${ONE}/sso/saml/metadata`,
    operation: 'previewSAMLmetadataForApplication',
    needs: read,
    answers: ['application/xml', 'text/xml'],
    handle: showMetadata,
  },

  {
    on: `GET ${CONNECTION}`,
    operation: 'getDefaultProvisioningConnectionForApplication',
    needs: read,
    handle: getConnection,
  },
  {
    on: `GET ${CONNECTION}/jwks`,
    operation: 'getUserProvisioningConnectionJWKS',
    needs: read,
    handle: getConnectionKeys,
  },
  {
    on: `POST ${CONNECTION}`,
    operation: 'updateDefaultProvisioningConnectionForApplication',
    needs: manage,
    body: 'json',
    handle: updateConnection,
  },
  {
    on: `POST ${CONNECTION}/lifecycle/activate`,
    operation: 'activateDefaultProvisioningConnectionForApplication',
    needs: manage,
    handle: activateConnection,
  },
  {
    on: `POST ${CONNECTION}/lifecycle/deactivate`,
    operation: 'deactivateDefaultProvisioningConnectionForApplication',
    needs: manage,
    handle: deactivateConnection,
  },
  { on: `GET ${ONE}/features`, operation: 'listFeaturesForApplication', needs: read, handle: listFeatures },
  { on: `GET ${FEATURE}`, operation: 'getFeatureForApplication', needs: read, handle: getFeature },
  {
    on: `PUT ${FEATURE}`,
    operation: 'updateFeatureForApplication',
    needs: manage,
    body: 'json',
    handle: updateFeature,
  },

  { on: `GET ${CLAIMS}`, operation: 'listFederatedClaims', needs: read, handle: listClaims },
  { on: `POST ${CLAIMS}`, operation: 'createFederatedClaim', needs: manage, body: 'json', handle: createClaim },
  { on: `GET ${CLAIM}`, operation: 'getFederatedClaim', needs: read, handle: getClaim },
  { on: `PUT ${CLAIM}`, operation: 'replaceFederatedClaim', needs: manage, body: 'json', handle: replaceClaim },
  { on: `DELETE ${CLAIM}`, operation: 'deleteFederatedClaim', needs: manage, handle: deleteClaim },

  { on: `GET ${CROSS_APP}`, operation: 'getAllCrossAppAccessConnections', needs: read, handle: listConnections },
  {
    on: `POST ${CROSS_APP}`,
    operation: 'createCrossAppAccessConnection',
    needs: manage,
    body: 'json',
    handle: createConnection,
  },
  {
    on: `GET ${CROSS_APP}/:connectionId`,
    operation: 'getCrossAppAccessConnection',
    needs: read,
    handle: getCrossApp,
  },
  {
    on: `PATCH ${CROSS_APP}/:connectionId`,
    operation: 'updateCrossAppAccessConnection',
    needs: manage,
    body: 'json',
    handle: updateCrossApp,
  },
  {
    on: `DELETE ${CROSS_APP}/:connectionId`,
    operation: 'deleteCrossAppAccessConnection',
    needs: manage,
    handle: deleteConnection,
  },

  { on: `GET ${ALLOWED}`, operation: 'listInterclientAllowedApplications', needs: read, handle: listAllowed },
  {
    on: `POST ${ALLOWED}`,
    operation: 'createInterclientTrustMapping',
    needs: manage,
    body: 'json',
    handle: allowApp,
  },
  {
    on: `DELETE ${ALLOWED}/:allowedAppId`,
    operation: 'deleteInterclientTrustMapping',
    needs: manage,
    handle: disallowApp,
  },
  {
    on: `GET ${ONE}/interclient-target-apps`,
    operation: 'listInterclientTargetApplications',
    needs: read,
    handle: listTargets,
  },

  { on: `GET ${PUSHES}`, operation: 'listGroupPushMappings', needs: read, handle: listMappings },
  { on: `POST ${PUSHES}`, operation: 'createGroupPushMapping', needs: manage, body: 'json', handle: createMapping },
  { on: `GET ${PUSH}`, operation: 'getGroupPushMapping', needs: read, handle: getMapping },
  { on: `PATCH ${PUSH}`, operation: 'updateGroupPushMapping', needs: manage, body: 'json', handle: updateMapping },
  { on: `DELETE ${PUSH}`, operation: 'deleteGroupPushMapping', needs: manage, handle: deleteMapping },

  { on: `GET ${SCHEMA}`, operation: 'getApplicationUserSchema', needs: 'appSchemas.read', handle: getUserSchema },
  {
    on: `POST ${SCHEMA}`,
    operation: 'updateApplicationUserProfile',
    needs: 'appSchemas.manage',
    body: 'json',
    handle: updateUserSchema,
  },

  { on: `GET ${CLIENTS}`, operation: 'listClients', needs: read, handle: listClients },
  { on: `POST ${CLIENTS}`, operation: 'createClient', needs: manage, body: 'json', handle: registerClient },
  { on: `GET ${CLIENT}`, operation: 'getClient', needs: read, handle: readClientApp },
  { on: `PUT ${CLIENT}`, operation: 'replaceClient', needs: manage, body: 'json', handle: replaceClient },
  { on: `DELETE ${CLIENT}`, operation: 'deleteClient', needs: manage, handle: deleteClient },
  {
    on: `POST ${CLIENT}/lifecycle/newSecret`,
    operation: 'generateNewClientSecret',
    needs: manage,
    handle: generateNewSecret,
  },

  {
    on: 'GET /api/v1/users/:id/appLinks',
    operation: 'listAppLinks',
    needs: 'users.read',
    ownToo: true,
    handle: listAppLinks,
  },
  {
    on: 'GET /api/v1/groups/:groupId/apps',
    operation: 'listAssignedApplicationsForGroup',
    needs: 'groups.read',
    handle: listGroupApps,
  },
]
