// Which apps are known to be in Okta's catalogue? It has thousands and is not public: these are the apps that the API
// itself makes, those that its reference names (documented), and what Okta's own SDKs test with: `github`, `mfa_rdp`.

/** Their names, as `appName` has them. */
export const catalogueNames: ReadonlySet<string> = new Set([
  'bookmark',
  'oidc_client',
  'template_basic_auth',
  'template_sps',
  'template_swa',
  'template_swa3field',
  'template_wsfed',
  'boxnet',
  'facebook',
  'github',
  'google',
  'mfa_rdp',
  'office365',
  'okta_org2org',
  'salesforce',
  'slack',
  'zoomus',
  'zscalerbyz',
])
