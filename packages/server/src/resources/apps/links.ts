// Which apps does a user see, and which ones has a group?
import { type App, appGroups, apps, appUsers } from '../../entities/app.ts'
import { groupIdsForApps } from '../../entities/find-app.ts'
import { findGroup } from '../../entities/find-group.ts'
import { findUser } from '../../entities/find-user.ts'
import { isObject } from '../../fields.ts'
import { ownUserId } from '../../gates/own.ts'
import { appsSeen } from '../../gates/reach.ts'
import type { Answer, Exchange } from '../../http/exchange.ts'
import { cutPage, listAnswer, pageAnswer, readPage } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import { homeUrl, linkNames, logoUrl, showAppInList, shownAssignmentId } from '../../shapes/app.ts'
import type { Stored } from '../../state/state.ts'

/** `GET /users/{id}/appLinks`: the links of all active apps that the user may use. */
export async function listAppLinks(org: Org, x: Exchange): Promise<Answer> {
  const user = await findUser(org, x, x.params.userId ?? x.params.id!)
  const ids = new Set<string>()
  for (const { value } of await org.state.find(appUsers, 'user', user.id))
    if (value.scope === 'USER') ids.add(value.appId)
  for (const groupId of await groupIdsForApps(org, user.id)) {
    for (const { value } of await org.state.find(appGroups, 'group', groupId)) ids.add(value.appId)
  }
  const sees = user.id === ownUserId(x) ? undefined : appsSeen(x)
  const rows: Record<string, unknown>[] = []
  for (const id of [...ids].sort()) {
    const app = await org.state.load(apps, id)
    if (app?.value.status === 'ACTIVE' && (!sees || sees(app))) rows.push(...linksTo(org, app, user.id, rows.length))
  }
  return listAnswer(org, x, rows)
}

function linksTo(org: Org, app: Stored<App>, userId: string, sortOrder: number): Record<string, unknown>[] {
  const { hide } = app.value.visibility
  return linkNames(app.value).map((_name, at) => ({
    id: userId,
    label: app.value.label,
    linkUrl: homeUrl(org, app.id, app.value),
    logoUrl: logoUrl(org, app.value),
    appName: app.value.name,
    appInstanceId: app.id,
    appAssignmentId: shownAssignmentId(app.id, userId),
    credentialsSetup: false,
    hidden: isObject(hide) && hide.web === true,
    sortOrder: sortOrder + at,
  }))
}

/** `GET /groups/{id}/apps` */
export async function listGroupApps(org: Org, x: Exchange): Promise<Answer> {
  const { id } = await findGroup(org, x.params.groupId!)
  const { after = '', limit } = readPage(org, x, { standard: 20, most: 200, prefix: '0oa' })
  const ids = (await org.state.find(appGroups, 'group', id)).map((row) => row.value.appId)
  const sees = appsSeen(x)
  const found = []
  for (const appId of ids.sort().filter((one) => one > after)) {
    const app = await org.state.load(apps, appId)
    if (app && (!sees || sees(app))) found.push(app)
    if (found.length > limit) break
  }
  return pageAnswer(org, x, cutPage(found, limit), (app) => org.shown(showAppInList, app))
}
