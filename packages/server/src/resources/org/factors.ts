// Which factors may users of this org have? The switches of the Classic engine, one a factor.
import { E0000007, E0000020 } from '@errorg/errors/codes'
import { loadSetting, type OrgFactor, orgFactors } from '../../entities/org-setting.ts'
import { fail } from '../../fail.ts'
import { type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { link } from './schema.ts'

/** `GET /org/factors` */
export async function listFactors(org: Org) {
  const { value } = await loadSetting(org, 'factors')
  return ok(orgFactors.map((factor) => showFactor(org, factor, value.active)))
}

/** `GET /org/factors/{id}` */
export async function getFactor(org: Org, x: Exchange) {
  const { value } = await loadSetting(org, 'factors')
  return ok(showFactor(org, factorOf(x), value.active))
}

/** `POST /org/factors/{id}/lifecycle/activate` */
export async function activateFactor(org: Org, x: Exchange) {
  return await switchTo(org, x, true)
}

/** `POST /org/factors/{id}/lifecycle/deactivate` */
export async function deactivateFactor(org: Org, x: Exchange) {
  return await switchTo(org, x, false)
}

async function switchTo(org: Org, x: Exchange, on: boolean) {
  const factor = factorOf(x)
  // Users of a Classic org can always have a password (recorded).
  if (factor.id === 'okta_password' && !on) fail(E0000020, 'factor-must-stay-active')
  const { value, change } = await loadSetting(org, 'factors')
  const others = value.active.filter((id) => id !== factor.id)
  if (value.active.includes(factor.id) !== on) {
    await org.state.change([change({ active: on ? [...others, factor.id] : others }, x.now)])
    org.log(x, {
      eventType: `system.mfa.factor.${on ? 'activate' : 'deactivate'}`,
      displayMessage: on ? 'Activate a new authentication factor' : 'Deactivate MFA factor',
      targets: [{ id: factor.id, type: 'Factor', alternateId: 'unknown', displayName: factor.id }],
    })
  }
  return ok(showFactor(org, factor, on ? [...others, factor.id] : others))
}

function factorOf(x: Exchange): OrgFactor {
  const id = x.params.factorId!
  return orgFactors.find((factor) => factor.id === id) ?? fail(E0000007, 'resource-missing', { id, type: 'OrgFactor' })
}

function showFactor(org: Org, { id, provider, factorType }: OrgFactor, active: readonly string[]) {
  const on = active.includes(id)
  const verb = on ? 'deactivate' : 'activate'
  return {
    id,
    provider,
    factorType,
    status: on ? 'ACTIVE' : 'INACTIVE',
    _links: { [verb]: link(org, `/api/v1/org/factors/${id}/lifecycle/${verb}`, 'POST') },
  }
}
