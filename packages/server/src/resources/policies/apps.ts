// Which apps does an app sign-in policy guard, and how is it given to one?
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { type App, apps } from '../../entities/app.ts'
import { type Policy, type PolicyRule, policies, policyPrefix, policyRules, rulePrefix } from '../../entities/policy.ts'
import { fail } from '../../fail.ts'
import { appsSeen } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { showAppInList } from '../../shapes/app.ts'
import { put, type Stored } from '../../state/state.ts'
import { notePolicy } from './events.ts'
import { mayAssign, mayClone } from './rules.ts'
import { showPolicy } from './schema.ts'
import { loadPolicy, rulesOf } from './store.ts'

/** `PUT /apps/{id}/policies/{id}` */
export async function assignToApp(org: Org, x: Exchange): Promise<Answer> {
  const appId = x.params.appId!
  const app =
    (await org.state.load(apps, appId)) ?? fail(E0000007, 'resource-missing', { id: appId, type: 'AppInstance' })
  const policy = await loadPolicy(org, x.params.policyId!)
  mayAssign(policy.value)
  const { appPolicySeconds } = org.settings.delays
  const value: App = {
    ...app.value,
    policyId: policy.id,
    lastUpdatedAt: x.now,
    ...(appPolicySeconds > 0 && { settlesAt: x.now + appPolicySeconds * 1000 }),
  }
  await org.state.change([put(apps, app.id, value, app)])
  org.log(x, {
    eventType: 'application.lifecycle.update',
    displayMessage: 'Update application',
    targets: [{ id: app.id, type: 'AppInstance', alternateId: app.value.label, displayName: app.value.label }],
  })
  return noContent()
}

/** The apps that sign in by a policy. Those that were given none have the default one. */
export async function appsOf(org: Org, policy: Stored<Policy>): Promise<Stored<App>[]> {
  if (policy.value.type !== 'ACCESS_POLICY') return []
  if (!policy.value.isDefault) return await org.state.find(apps, 'policy', policy.id)
  return (await org.state.scan(apps)).filter(({ value }) => (value.policyId ?? policy.id) === policy.id)
}

async function appsShown(org: Org, x: Exchange, policy: Stored<Policy>): Promise<Stored<App>[]> {
  const sees = appsSeen(x)
  return (await appsOf(org, policy)).filter((app) => !sees || sees(app))
}

/** `GET /policies/{id}/app` */
export async function listApps(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  const rows = (await appsShown(org, x, policy)).map((app) => showAppInList(org, app))
  return listAnswer(org, x, rows)
}

/** `GET /policies/{id}/mappings` */
export async function listMappings(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  const base = `${org.baseUrl}/api/v1/policies/${policy.id}`
  const rows = (await appsShown(org, x, policy)).map((app) => ({
    id: app.id,
    _links: {
      self: { href: `${base}/mappings/${app.id}`, hints: { allow: ['GET'] } },
      policy: { href: base, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
      application: { href: `${org.baseUrl}/api/v1/apps/${app.id}`, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
    },
  }))
  return listAnswer(org, x, rows)
}

/** `POST /policies/{id}/mappings`: closed since apps are given their policy by the operation above (recorded). */
export async function addMapping(org: Org, x: Exchange): Promise<Answer> {
  await loadPolicy(org, x.params.policyId!)
  return fail(E0000001, 'policy-mapping-closed')
}

/** `POST /policies/{id}/clone`: with its rules, under a name of its own. */
export async function clone(org: Org, x: Exchange): Promise<Answer> {
  const policy = await loadPolicy(org, x.params.policyId!)
  mayClone(policy.value)
  const now = { createdAt: x.now, lastUpdatedAt: x.now }
  const { isDefault: _default, reservedFor: _app, ...copied } = policy.value
  const value: Policy = { ...copied, ...now, name: await freeName(org, policy.value), system: false }
  const id = org.ids.next(policyPrefix(value.type))
  const rules = (await rulesOf(org, policy.id)).map((rule): [string, PolicyRule] => [
    org.ids.next(rulePrefix(value.type)),
    { ...rule.value, ...now, policyId: id },
  ])
  await org.state.change([put(policies, id, value), ...rules.map(([ruleId, rule]) => put(policyRules, ruleId, rule))])
  const made = { id, version: 0, value }
  notePolicy(org, x, 'create', made)
  return ok(showPolicy(org, made))
}

async function freeName(org: Org, { type, name }: Policy): Promise<string> {
  for (let n = 1; ; n++) {
    const wanted = n === 1 ? `[cloned] ${name}` : `[cloned ${n}] ${name}`
    if (!(await org.state.holder(policies, `${type}:${wanted.toLowerCase()}`))) return wanted
  }
}
