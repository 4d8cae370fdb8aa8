// Which rate-limit bucket does a request count in, and how many requests per minute does it hold? The numbers are
// Okta's last published tables (documented) and what recorded traffic showed (inferred for other editions); rows say which.

/** The kinds of org that Okta publishes limits for. */
export type Edition = 'integrator' | 'one-app' | 'enterprise' | 'workforce'

/** All editions, smallest first. */
export const editions: readonly Edition[] = ['integrator', 'one-app', 'enterprise', 'workforce']

/** Okta's names for what client-based limits guard. */
export type ClientUse = 'LOGIN_PAGE' | 'OAUTH2_AUTHORIZE' | 'OIE_APP_INTENT'

/** Requests that share one limit and one window. */
export interface Bucket {
  /** A short name, such as `users.list`. */
  id: string
  /** Its place in `buckets`; the limiter keeps windows in an array by it. */
  index: number
  /** `METHODS /path`: methods joined by `|` or `*`; `{x}` is any segment; a final `*` is the path and all below it, a final `/*` only what is below. */
  patterns: readonly string[]
  /** Requests per minute. */
  limits: Readonly<Record<Edition, number>>
  /** Leads to sign-in or authorization, so the org may go beyond the limit for a while. */
  burst: boolean
  /** Counts each client (client id, address, device) apart as well. */
  clientBased: ClientUse | false
  /** How certain the numbers are. Which paths share a window is recorded wherever traffic showed it. */
  mark: 'documented' | 'inferred'
}

type Row = Omit<Bucket, 'index'>
type Numbers = readonly [integrator: number, oneApp: number, enterprise: number, workforce: number]

function bucket(id: string, patterns: readonly string[], numbers: Numbers, more: Partial<Row> = {}): Row {
  const [integrator, oneApp, enterprise, workforce] = numbers
  const limits = { integrator, 'one-app': oneApp, enterprise, workforce }
  return { id, patterns, limits, burst: false, clientBased: false, mark: 'documented', ...more }
}

const signIn = { burst: true } as const
const authorize = { burst: true, clientBased: 'OAUTH2_AUTHORIZE' } as const
const loginPage = { burst: true, clientBased: 'LOGIN_PAGE' } as const

/**
 * A family of paths that recorded traffic shows with a window of its own. Okta published no number for it: the
 * editions get what small and large orgs answered, and where no large org was recorded, the number of `api.v1`.
 */
function family(paths: readonly string[], integrator: number, workforce: number): Row {
  const middle = Math.max(integrator, Math.min(600, workforce))
  const patterns = paths.map((path) => (path.includes(' ') ? path : `* ${path}*`))
  const id = paths[0]!
    .replace(/^.* /, '')
    .replace(/^\/(api\/v1\/)?/, '')
    .replace(/\/\{\w+\}/g, '')
    .replaceAll('/', '.')
  return bucket(id, patterns, [integrator, middle, middle, workforce], { mark: 'inferred' })
}

const rows: readonly Row[] = [
  // Authentication and sessions.
  bucket('authn', ['* /api/v1/authn*'], [100, 600, 600, 500], signIn),
  bucket('authn.factor.verify', ['* /api/v1/authn/factors/{id}/verify'], [100, 600, 600, 500], signIn),
  bucket('sessions', ['* /api/v1/sessions*'], [100, 600, 600, 750], signIn),

  // Users. That everything below one user counts with the list is recorded (same reset, remaining falls across them).
  bucket('users.list', ['GET|POST /api/v1/users', '* /api/v1/users/{id}/*'], [100, 600, 600, 600]),
  bucket('users.write.one', ['POST|PUT|DELETE /api/v1/users/{id}'], [100, 600, 600, 600]),
  bucket('users.read.one', ['GET /api/v1/users/{id}'], [100, 1000, 1000, 2000]),
  bucket('users.subscriptions', ['* /api/v1/users/{id}/subscriptions*'], [100, 100, 100, 100], { mark: 'inferred' }),

  // Groups. Rules are named so that they are not taken for a group's id.
  bucket('groups', ['* /api/v1/groups', '* /api/v1/groups/*', '* /api/v1/groups/rules'], [100, 600, 600, 500]),
  bucket('groups.one', ['GET|PUT|DELETE /api/v1/groups/{id}'], [100, 600, 600, 1000]),

  // Applications.
  bucket('apps', ['* /api/v1/apps', '* /api/v1/apps/*'], [20, 100, 100, 100]),
  bucket('apps.one', ['GET|PUT|DELETE /api/v1/apps/{id}'], [100, 600, 600, 500]),

  // Other management endpoints with published numbers.
  bucket('logs', ['* /api/v1/logs*'], [20, 50, 50, 120]),
  bucket('events', ['* /api/v1/events*'], [20, 50, 50, 100]),
  bucket('org.email.bounces', ['POST /api/v1/org/email/bounces/remove-list'], [10, 30, 60, 60]),
  bucket('certificateAuthorities', ['* /api/v1/certificateAuthorities*'], [100, 150, 150, 100]),
  bucket('devices', ['* /api/v1/devices*'], [100, 150, 150, 100]),
  bucket('orgs.create', ['POST /api/v1/orgs'], [10, 10, 10, 10]),
  bucket('radius', ['* /api/{v}/radius'], [100, 600, 600, 600]),

  // OAuth. All custom authorization servers of an org share their three buckets.
  bucket('oauth2.clients', ['* /oauth2/v1/clients*'], [25, 100, 100, 100]),
  bucket('oauth2.org.authorize', ['* /oauth2/v1/authorize'], [300, 1200, 1200, 2000], authorize),
  bucket('oauth2.org.token', ['POST /oauth2/v1/token'], [300, 1200, 1200, 2000], signIn),
  bucket('oauth2.org', ['* /oauth2/v1/*'], [300, 1200, 1200, 2000], signIn),
  bucket('oauth2.custom.authorize', ['* /oauth2/{as}/v1/authorize'], [300, 1200, 1200, 2000], authorize),
  bucket('oauth2.custom.token', ['POST /oauth2/{as}/v1/token'], [300, 1200, 1200, 2000], signIn),
  bucket('oauth2.custom', ['* /oauth2/{as}/v1/*'], [300, 1200, 1200, 2000], signIn),
  bucket('oauth2.other', ['* /oauth2*'], [100, 600, 600, 600]),

  // Pages and single sign-on. Office 365 has no published number for the two smaller editions: those of SAML stand in.
  bucket('app.saml', ['* /app/{app}/{key}/sso/saml'], [100, 600, 600, 750], signIn),
  bucket('app.template_saml', ['* /app/template_saml_2_0/{key}/sso/saml'], [100, 600, 600, 2500], signIn),
  bucket('app.o365.active', ['* /app/office365{type}/{key}/sso/wsfed/active'], [100, 600, 2000, 1000]),
  bucket('app.o365.passive', ['* /app/office365{type}/{key}/sso/wsfed/passive'], [100, 250, 250, 250]),
  bucket('login.htm', ['* /login/login.htm'], [200, 1200, 1200, 1200], loginPage),
  bucket('login.do-login', ['* /login/do-login'], [100, 600, 600, 200]),
  bucket('login.iwa', ['* /login/sso_iwa_auth'], [100, 600, 600, 500]),
  bucket('login.token.redirect', ['* /login/token/redirect'], [100, 600, 600, 600], signIn),
  bucket('idx', ['* /idp/idx*'], [100, 1000, 1000, 1000]),
  bucket('idx.identify', ['* /idp/idx/identify'], [100, 1000, 1000, 1000], signIn),
  bucket('idx.introspect', ['* /idp/idx/introspect'], [200, 2000, 2000, 2000], signIn),
  bucket('images', ['* /bc/image/fileStoreRecord', '* /bc/globalFileStoreRecord'], [100, 600, 600, 500]),

  // Families with windows of their own.
  family(['/api/v1/authorizationServers', '/api/v1/eventHooks'], 100, 1000),
  family(['/api/v1/policies'], 100, 1000),
  family(['/api/v1/api-tokens'], 100, 300),
  family(['/api/v1/agentPools'], 20, 100),
  family(['/api/v1/authenticators'], 100, 100),
  family(['/api/v1/behaviors'], 100, 500),
  family(['/api/v1/brands'], 100, 600),
  family(['/api/v1/captchas', '/api/v1/org/captcha'], 100, 500),
  family(['/api/v1/device-assurances'], 100, 1200),
  family(['GET /api/v1/devices/{id}/users'], 100, 300),
  family(['/api/v1/domains'], 100, 100),
  bucket('domains.write', ['POST /api/v1/domains', 'POST /api/v1/domains/{id}/verify'], [15, 15, 15, 15], {
    mark: 'inferred',
  }),
  family(['/api/v1/iam/roles'], 100, 100),
  family(['/api/v1/iam/resource-sets'], 100, 100),
  family(['/api/v1/identity-sources/{id}/sessions'], 15, 15),
  family(['/api/v1/idps'], 100, 1000),
  family(['/api/v1/logStreams'], 100, 300),
  family(['/api/v1/mappings'], 100, 500),
  family(['/api/v1/meta/schemas/group/default'], 100, 100),
  family(['/api/v1/meta/schemas/user/default'], 100, 1000),
  family(['/api/v1/meta/uischemas'], 100, 1200),
  family(['/api/v1/org'], 100, 100),
  family(['/api/v1/principal-rate-limits'], 100, 100),
  family(['/api/v1/push-providers'], 100, 1200),
  family(['/api/v1/rate-limit-settings'], 100, 1200),
  family(['/api/v1/realms'], 100, 500),
  family(['/api/v1/roles/{type}/subscriptions'], 100, 100),
  family(['/api/v1/threats/configuration'], 100, 100),
  family(['/api/v1/zones'], 100, 100),
  family(['/attack-protection/api/v1'], 100, 500),
  family(['/integrations/api/v1/api-services'], 100, 1000),

  // What no other row names.
  bucket('api.v1', ['* /api/v1*'], [100, 600, 600, 1200]),
  bucket('other', ['* /', '* /*'], [1000, 3000, 6000, 10000]),
]

/** All buckets. */
export const buckets: readonly Bucket[] = rows.map((row, index) => ({ ...row, index }))

/** Paths that count nowhere and answer without rate-limit headers (documented). */
export const uncountedPaths: readonly string[] = [
  '/oauth2/v1/keys',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/oauth2/{as}/v1/keys',
  '/oauth2/{as}/.well-known/openid-configuration',
  '/oauth2/{as}/.well-known/oauth-authorization-server',
]
