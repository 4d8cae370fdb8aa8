// Which operations does the API have on profile mappings?
import { E0000002 } from '@errorg/errors/codes'
import { profileMappings } from '../../entities/profile-mapping.ts'
import { appUserAttributes, type ProfileSchema, userAttributes } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { reachesPartOf, reachPartOf } from '../../gates/reach.ts'
import { type Answer, type Exchange, ok } from '../../http/exchange.ts'
import { cutPage, pageAnswer, readPage } from '../../lists/page.ts'
import { paramOf } from '../../lists/query.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put } from '../../state/state.ts'
import { mayExpress, mayTarget, readChanges, withChanges } from './rules.ts'
import { showMapping, showPair } from './schema.ts'
import { appOf, findParty, listPairs, loadPair, type Party, propertiesOf } from './store.ts'

const pages = { standard: 20, most: 200, prefix: 'prm' }

async function list(org: Org, x: Exchange): Promise<Answer> {
  const { after = '', limit } = readPage(org, x, pages)
  const [source, target] = [await partyOf(org, x, 'sourceId'), await partyOf(org, x, 'targetId')]
  const all = await listPairs(org, source, target)
  const pairs = all.filter((pair) => pair.id > after && reachesPartOf(x, appOf(pair)))
  return pageAnswer(org, x, cutPage(pairs, limit), (pair) => showPair(org, pair))
}

async function partyOf(org: Org, x: Exchange, name: 'sourceId' | 'targetId'): Promise<Party | undefined> {
  const id = paramOf(x, name)
  if (id === undefined) return undefined
  return (await findParty(org, id)) ?? fail(E0000002, 'mapping-source-wrong', { id })
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  const pair = await loadPair(org, x.params.mappingId!)
  reachPartOf(x, appOf(pair))
  return ok(showMapping(org, pair, (await propertiesOf(org, pair)).properties))
}

async function update(org: Org, x: Exchange): Promise<Answer> {
  const pair = await loadPair(org, x.params.mappingId!)
  reachPartOf(x, appOf(pair))
  const changes = readChanges(x.body)
  mayTarget(changes, (await attributesOf(org, pair.target)) ?? {})
  const root = pair.source.kind === 'user-type' ? 'user' : 'appuser'
  mayExpress(org.readExpression, changes, root, await attributesOf(org, pair.source))
  const { properties: before, kept } = await propertiesOf(org, pair)
  const properties = withChanges(before, changes)
  const value = { sourceId: pair.source.id, targetId: pair.target.id, properties }
  await org.state.change([put(profileMappings, pair.id, value, kept)])
  return ok(showMapping(org, pair, properties))
}

// What comes from a provider is the provider's to say.
async function attributesOf(org: Org, party: Party): Promise<ProfileSchema | undefined> {
  if (party.kind === 'user-type') return await userAttributes(org.state, party.id)
  return party.kind === 'app' ? await appUserAttributes(org.state, party.row) : undefined
}

const MAPPINGS = '/api/v1/mappings'

/** Rows of the route table. */
export const mappingRoutes: readonly RouteRow[] = [
  { on: `GET ${MAPPINGS}`, operation: 'listProfileMappings', needs: 'mappings.read', handle: list },
  { on: `GET ${MAPPINGS}/:mappingId`, operation: 'getProfileMapping', needs: 'mappings.read', handle: get },
  {
    on: `POST ${MAPPINGS}/:mappingId`,
    operation: 'updateProfileMapping',
    needs: 'mappings.manage',
    body: 'json',
    handle: update,
  },
]
