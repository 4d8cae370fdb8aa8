// Which operations does the dashboard have on the tabs of a user?
import { E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { findUser } from '../../entities/find-user.ts'
import { FIRST_LABEL, firstTabId, type HomeTab, homeTabs } from '../../entities/home-tab.ts'
import type { User } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { ownUserId } from '../../gates/own.ts'
import { created, type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { labelIsFree, mayChange, mayDelete, readLabel } from './rules.ts'

const TABS = '/api/v1/users/:id/home/tabs'

async function list(org: Org, x: Exchange) {
  const owner = await ownerOf(org, x)
  return ok((await tabsOf(org, owner)).map((tab, position) => showTab(org, tab, position)))
}

async function add(org: Org, x: Exchange) {
  const owner = await ownerOf(org, x)
  const label = readLabel(x.body)
  const tabs = await tabsOf(org, owner)
  labelIsFree(
    label,
    tabs.map((tab) => tab.value.label),
  )
  const value: HomeTab = { userId: owner.id, label, isDefault: false, createdAt: x.now, lastUpdatedAt: x.now }
  const tab = { id: org.ids.next('ust'), version: 0, value }
  await org.state.change([put(homeTabs, tab.id, value)])
  return created(showTab(org, tab, tabs.length))
}

async function replace(org: Org, x: Exchange) {
  const owner = await ownerOf(org, x)
  const { tab, position, others } = await tabOf(org, x, owner)
  const label = readLabel(x.body)
  labelIsFree(label, others)
  const value = { ...tab.value, label, lastUpdatedAt: x.now }
  await org.state.change([put(homeTabs, tab.id, value, tab)])
  return ok(showTab(org, { ...tab, value }, position))
}

async function drop(org: Org, x: Exchange) {
  const owner = await ownerOf(org, x)
  const { tab } = await tabOf(org, x, owner)
  mayDelete(tab.value.isDefault)
  await org.state.change([remove(homeTabs, tab)])
  return noContent()
}

/** The user of the path, who must be the caller. */
async function ownerOf(org: Org, x: Exchange): Promise<Stored<User>> {
  const owner = await findUser(org, x, x.params.id!)
  mayChange(owner.id, ownUserId(x))
  return owner
}

/** The tabs of a user, the first one first, whether or not anything is kept of it. */
async function tabsOf(org: Org, { id, value }: Stored<User>): Promise<Stored<HomeTab>[]> {
  const kept = await org.state.find(homeTabs, 'user', id)
  const others = kept.filter((tab) => !tab.value.isDefault)
  const first = kept.find((tab) => tab.value.isDefault) ?? {
    id: firstTabId(id),
    version: 0,
    value: {
      userId: id,
      label: FIRST_LABEL,
      isDefault: true,
      createdAt: value.createdAt,
      lastUpdatedAt: value.createdAt,
    },
  }
  return [first, ...others]
}

async function tabOf(org: Org, x: Exchange, owner: Stored<User>) {
  const id = x.params.tabId!
  const tabs = await tabsOf(org, owner)
  const position = tabs.findIndex((tab) => tab.id === id)
  const tab = tabs[position]
  if (!tab) {
    const foreign = await org.state.load(homeTabs, id)
    if (foreign) mayChange(foreign.value.userId, owner.id)
    return fail(E0000007, 'resource-missing', { id, type: 'HomeTab' })
  }
  return { tab, position, others: tabs.filter((other) => other.id !== id).map((other) => other.value.label) }
}

function showTab(org: Org, { id, value }: Stored<HomeTab>, position: number): Record<string, unknown> {
  return {
    id,
    label: value.label,
    position,
    isDefault: value.isDefault,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links: { self: { href: `${org.baseUrl}/api/v1/users/${value.userId}/home/tabs/${id}` } },
  }
}

/** Rows of the route table. */
export const homeTabRoutes: readonly RouteRow[] = [
  { on: `GET ${TABS}`, needs: 'self', handle: list },
  { on: `POST ${TABS}`, needs: 'self', body: 'json', handle: add },
  { on: `PUT ${TABS}/:tabId`, needs: 'self', body: 'json', handle: replace },
  { on: `DELETE ${TABS}/:tabId`, needs: 'self', handle: drop },
]
