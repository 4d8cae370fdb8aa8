// The SDK ships types for its models, which are looser than what these tests look at: answers are read as they are.
declare module '@okta/okta-sdk-nodejs' {
  // biome-ignore lint/suspicious/noExplicitAny: bodies of any shape are asserted field by field
  type Api = Record<string, (request?: any) => Promise<any>>
  export class Client {
    constructor(options: Record<string, unknown>)
    userApi: Api
    groupApi: Api
    profileMappingApi: Api
    apiTokenApi: Api
    networkZoneApi: Api
    systemLogApi: Api
    userTypeApi: Api
    roleAssignmentApi: Api
    customRoleApi: Api
    resourceSetApi: Api
    roleTargetApi: Api
    realmApi: Api
    realmAssignmentApi: Api
    subscriptionApi: Api
    schemaApi: Api
    linkedObjectApi: Api
    uiSchemaApi: Api
    applicationApi: Api
    applicationCrossAppAccessConnectionsApi: Api
    applicationInterclientTrustMappingsApi: Api
    applicationSSOPublicKeysApi: Api
    groupPushMappingApi: Api
    authorizationServerApi: Api
    policyApi: Api
    sessionApi: Api
    eventHookApi: Api
    hookKeyApi: Api
    inlineHookApi: Api
    logStreamApi: Api
    orgSettingApi: Api
    rateLimitSettingsApi: Api
    principalRateLimitApi: Api
    featureApi: Api
    identityProviderApi: Api
    trustedOriginApi: Api
    authenticatorApi: Api
    behaviorApi: Api
    deviceApi: Api
    deviceAssuranceApi: Api
    threatInsightApi: Api
    attackProtectionApi: Api
    ssfReceiverApi: Api
    captchaApi: Api
    customizationApi: Api
    customDomainApi: Api
    emailDomainApi: Api
    emailServerApi: Api
    templateApi: Api
    pushProviderApi: Api
    associatedDomainCustomizationsApi: Api
    agentPoolsApi: Api
    deviceAccessApi: Api
  }
}
