// Which operations does the API have on features?
import { E0000007 } from '@errorg/errors/codes'
import { type Feature, featureIdOf, features, isFeatureOn } from '../../entities/feature.ts'
import { fail } from '../../fail.ts'
import { type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { dependenciesOf, dependentsOf, maySwitch, readLifecycle, switchedWith } from './rules.ts'

const FEATURES = '/api/v1/features'

async function list(org: Org) {
  return ok(features.map((feature) => showFeature(org, feature)))
}

async function get(org: Org, x: Exchange) {
  return ok(showFeature(org, featureOf(org, x)))
}

async function listDependencies(org: Org, x: Exchange) {
  return ok(dependenciesOf(featureOf(org, x)).map((feature) => showFeature(org, feature)))
}

async function listDependents(org: Org, x: Exchange) {
  return ok(dependentsOf(featureOf(org, x)).map((feature) => showFeature(org, feature)))
}

// Features are settings of the org: operations look there, and so does the control API.
async function update(org: Org, x: Exchange) {
  const feature = featureOf(org, x)
  const on = readLifecycle(x.params.lifecycle!)
  const isOn = (key: string) => isFeatureOn(org.settings, key)
  maySwitch(feature, isOn(feature.key), on)
  const force = x.query.get('mode') === 'force'
  const switched = [...switchedWith(feature, on, { force, isOn }), feature]
  org.changeSettings({ features: Object.fromEntries(switched.map(({ key }) => [key, on])) })
  org.log(x, {
    eventType: `system.feature.${on ? 'enable' : 'disable'}`,
    displayMessage: `${on ? 'Enable' : 'Disable'} self-service feature`,
    targets: switched.map(({ key, name }) => ({
      id: featureIdOf(org, key),
      type: 'Feature',
      alternateId: 'unknown',
      displayName: name,
    })),
  })
  return ok(showFeature(org, feature))
}

function featureOf(org: Org, x: Exchange): Feature {
  const id = x.params.featureId!
  const feature = features.find(({ key }) => featureIdOf(org, key) === id)
  return feature ?? fail(E0000007, 'resource-missing', { id, type: 'Feature' })
}

function showFeature(org: Org, feature: Feature): Record<string, unknown> {
  const { key, name, description, stage, state } = feature
  const href = `${org.baseUrl}${FEATURES}/${featureIdOf(org, key)}`
  const on = isFeatureOn(org.settings, key)
  const verb = on ? 'disable' : 'enable'
  return {
    id: featureIdOf(org, key),
    type: 'self-service',
    status: on ? 'ENABLED' : 'DISABLED',
    name,
    description,
    stage: { value: stage, ...(state && { state }) },
    _links: {
      ...((on || state !== 'CLOSED') && { [verb]: { href: `${href}/${verb}`, hints: { allow: ['POST'] } } }),
      self: { href },
      dependents: { href: `${href}/dependents` },
      dependencies: { href: `${href}/dependencies` },
    },
  }
}

/** Rows of the route table. */
export const featureRoutes: readonly RouteRow[] = [
  { on: `GET ${FEATURES}`, operation: 'listFeatures', needs: 'org.read', handle: list },
  { on: `GET ${FEATURES}/:featureId`, operation: 'getFeature', needs: 'org.read', handle: get },
  {
    on: `GET ${FEATURES}/:featureId/dependencies`,
    operation: 'listFeatureDependencies',
    needs: 'org.read',
    handle: listDependencies,
  },
  {
    on: `GET ${FEATURES}/:featureId/dependents`,
    operation: 'listFeatureDependents',
    needs: 'org.read',
    handle: listDependents,
  },
  {
    on: `POST ${FEATURES}/:featureId/:lifecycle`,
    operation: 'updateFeatureLifecycle',
    needs: 'org.manage',
    handle: update,
  },
]
