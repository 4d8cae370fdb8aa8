// Which OAuth operations does an org have, at its own authorization server and at custom ones?
import { E0000007 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import { FORM } from '../gates/body.ts'
import type { Answer, Exchange } from '../http/exchange.ts'
import type { Org } from '../org.ts'
import type { Handle, RouteRow } from '../routes.ts'
import { authorize } from './authorize.ts'
import { decideConsent, showConsent } from './consent.ts'
import { OAuthRefusal } from './errors.ts'
import { type Endpoint, logRefusal, type Seen } from './events.ts'
import { introspect } from './introspect.ts'
import { revoke } from './revoke.ts'
import { serverOf } from './servers.ts'
import { token } from './token.ts'
import { userinfo } from './userinfo.ts'

type Work = (org: Org, x: Exchange, seen: Seen) => Promise<Answer>

// Finds the server; what is refused leaves an event where Okta writes one.
function endpoint(work: Work, logged?: Endpoint): Handle {
  return async (org, x) => {
    const server = await serverOf(org, x)
    if (server.status !== 'ACTIVE') {
      fail(E0000007, 'authorization-server-missing', { id: server.id, type: 'AuthorizationServer' })
    }
    const seen: Seen = { server }
    x.seen = seen
    try {
      return await work(org, x, seen)
    } catch (error) {
      if (error instanceof OAuthRefusal && logged) logRefusal(org, x, logged, seen, error)
      throw error
    }
  }
}

// A page for browsers, the envelope for programs.
const PAGES = ['application/json', 'text/html']

const CUSTOM = 'API_ACCESS_MANAGEMENT'

// No credentials at the gate: each endpoint reads its own. Tokens are issued in read-only mode too.
const form = { needs: 'anyone', body: 'optional', takes: [FORM], whileReadOnly: true } as const

const ORG = '/oauth2/v1'
const ONE = '/oauth2/:authorizationServerId/v1'

/** Rows of the route table. */
export const oauthRoutes: readonly RouteRow[] = [
  { on: `GET ${ORG}/authorize`, operation: 'authorize', needs: 'anyone', answers: PAGES, handle: endpoint(authorize) },
  {
    on: `POST ${ORG}/authorize`,
    operation: 'authorizeWithPost',
    ...form,
    answers: PAGES,
    handle: endpoint(authorize),
  },
  { on: `POST ${ORG}/token`, operation: 'token', ...form, handle: endpoint(token, 'token') },
  { on: `POST ${ORG}/introspect`, operation: 'introspect', ...form, handle: endpoint(introspect) },
  { on: `POST ${ORG}/revoke`, operation: 'revoke', ...form, handle: endpoint(revoke, 'revoke') },
  { on: `GET ${ORG}/userinfo`, operation: 'userinfo', needs: 'anyone', handle: endpoint(userinfo) },
  { on: `POST ${ORG}/userinfo`, needs: 'anyone', whileReadOnly: true, handle: endpoint(userinfo) },

  {
    on: `GET ${ONE}/authorize`,
    operation: 'authorizeCustomAS',
    needs: 'anyone',
    answers: PAGES,
    handle: endpoint(authorize),
  },
  {
    on: `POST ${ONE}/authorize`,
    operation: 'authorizeCustomASWithPost',
    ...form,
    answers: PAGES,
    handle: endpoint(authorize),
  },
  // What asks for consent is a page of the org's own; Okta's has no documented address.
  { on: `GET ${ONE}/authorize/consent`, needs: 'anyone', answers: PAGES, handle: endpoint(showConsent) },
  { on: `POST ${ONE}/authorize/consent`, ...form, answers: PAGES, handle: endpoint(decideConsent) },
  {
    on: `POST ${ONE}/token`,
    operation: 'tokenCustomAS',
    ...form,
    feature: CUSTOM,
    handle: endpoint(token, 'token'),
  },
  {
    on: `POST ${ONE}/introspect`,
    operation: 'introspectCustomAS',
    ...form,
    feature: CUSTOM,
    handle: endpoint(introspect),
  },
  {
    on: `POST ${ONE}/revoke`,
    operation: 'revokeCustomAS',
    ...form,
    feature: CUSTOM,
    handle: endpoint(revoke, 'revoke'),
  },
  {
    on: `GET ${ONE}/userinfo`,
    operation: 'userinfoCustomAS',
    needs: 'anyone',
    feature: CUSTOM,
    handle: endpoint(userinfo),
  },
  { on: `POST ${ONE}/userinfo`, needs: 'anyone', whileReadOnly: true, feature: CUSTOM, handle: endpoint(userinfo) },
]
