// What happens when a user opens an app? The assignment and the app's sign-on policy decide; then the browser goes on.
import { E0000005, E0000006, E0000007, E0000057, E0000058 } from '@errorg/errors/codes'
import { type App, apps } from '../../entities/app.ts'
import { isAssigned } from '../../entities/find-app.ts'
import { fail } from '../../fail.ts'
import { isObject, type JsonObject } from '../../fields.ts'
import { cleared } from '../../gates/caller.ts'
import type { Answer, Exchange } from '../../http/exchange.ts'
import type { LogParty } from '../../log/event.ts'
import { userParty } from '../../log/parties.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { findSession } from '../../sessions.ts'
import { evaluateSignOn, logAppDenied, logSignOn } from '../../sign-on.ts'
import type { Stored } from '../../state/state.ts'

async function open(org: Org, x: Exchange): Promise<Answer> {
  const sid = x.caller?.sessionId
  const found = sid === undefined ? undefined : await findSession(org, sid, x.now)
  // An API token gets no user into an app.
  if (!found) return fail(E0000005, 'credentials-missing', cleared)
  const { user, session } = found
  const app = await loadApp(org, x)
  const actor = userParty(user)
  const target: LogParty = {
    id: app.id,
    type: 'AppInstance',
    alternateId: app.value.label,
    displayName: app.value.label,
  }
  if (!(await isAssigned(org, app.id, user.id))) {
    org.log(x, {
      eventType: 'app.generic.unauth_app_access_attempt',
      displayMessage: 'User attempted unauthorized access to app',
      result: 'FAILURE',
      severity: 'WARN',
      actor,
      targets: [target],
    })
    return fail(E0000006, 'user-not-assigned')
  }
  const verdict = await evaluateSignOn(org, {
    userId: user.id,
    address: x.address,
    appId: app.id,
    amr: session.value.amr,
  })
  logSignOn(org, x, verdict, actor, [target])
  if (verdict.access === 'CHALLENGE') return fail(E0000058, 'session-lacks-factor', { requirement: FACTOR })
  if (verdict.access === 'DENY') {
    logAppDenied(org, x, verdict, actor, target)
    return fail(E0000057, verdict.wantsDevice ? 'device-not-accepted' : 'app-rule-denies')
  }
  org.log(x, {
    eventType: 'user.authentication.sso',
    displayMessage: 'User single sign on to app',
    actor,
    targets: [target],
  })
  return { status: 302, headers: [['location', goalOf(org, app.value)]] }
}

const FACTOR = 'a second factor is required by the sign-on policy of the app'

async function loadApp(org: Org, x: Exchange): Promise<Stored<App>> {
  const id = x.params.appId!
  const app = await org.state.load(apps, id)
  if (app?.value.status === 'ACTIVE' && app.value.name === x.params.name) return app
  return fail(E0000007, 'resource-missing', { id, type: 'AppInstance' })
}

// Where the app lives. What would need an assertion of SAML ends at the dashboard: the org signs none.
function goalOf(org: Org, app: App): string {
  const { url } = member(app.settings, 'app')
  const { initiate_login_uri } = member(app.settings, 'oauthClient')
  const goal = typeof url === 'string' ? url : initiate_login_uri
  return typeof goal === 'string' && /^https?:\/\//.test(goal) ? goal : `${org.baseUrl}/app/UserHome`
}

const member = (value: JsonObject, name: string): JsonObject => {
  const inner = value[name]
  return isObject(inner) ? inner : {}
}

/** Rows of the route table. */
export const appSignInRoutes: readonly RouteRow[] = [
  {
    on: 'GET /home/:name/:appId/:linkId',
    needs: 'self',
    answers: ['application/json', 'text/html'],
    handle: open,
  },
]
