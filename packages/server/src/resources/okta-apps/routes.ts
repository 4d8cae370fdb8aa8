// Which operations does the API have on the settings of Okta's own apps: the Admin Console and Okta Personal?
import { E0000007 } from '@errorg/errors/codes'
import { loadSetting } from '../../entities/org-setting.ts'
import { fail } from '../../fail.ts'
import { checkFields, type FieldTable, isBlank, objectBody, refuseFaults, textList } from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'

const CONSOLE = '/api/v1/first-party-app-settings/:appName'
const PERSONAL = '/okta-personal-settings/api/v1'

// One app has settings (documented); the name of the type is inferred.
function mustBeConsole({ params: { appName: id = '' } }: Exchange): void {
  if (id !== 'admin-console') fail(E0000007, 'resource-missing', { id, type: 'FirstPartyApp' })
}

async function getConsole(org: Org, x: Exchange): Promise<Answer> {
  mustBeConsole(x)
  return ok((await loadSetting(org, 'adminConsole')).value)
}

// Up to twelve hours and seven days (documented; two hours and one day were the most in 2025, reported:
// okta/okta-sdk-dotnet, OktaApplicationSettingsApiTests.cs).
const consoleFields: FieldTable = {
  sessionIdleTimeoutMinutes: { type: 'integer', min: 5, max: 720 },
  sessionMaxLifetimeMinutes: { type: 'integer', min: 5, max: 10_080 },
}

async function replaceConsole(org: Org, x: Exchange): Promise<Answer> {
  mustBeConsole(x)
  const sent = objectBody(x.body)
  refuseFaults(checkFields(sent, consoleFields))
  const setting = await loadSetting(org, 'adminConsole')
  // What is not said is as it was at first (documented as the default).
  const minutes = (name: string, standard: number) => (isBlank(sent[name]) ? standard : Number(sent[name]))
  const value = {
    sessionIdleTimeoutMinutes: minutes('sessionIdleTimeoutMinutes', 15),
    sessionMaxLifetimeMinutes: minutes('sessionMaxLifetimeMinutes', 720),
  }
  await org.state.change([setting.change(value, x.now)])
  return ok(value)
}

async function getBlocklist(org: Org): Promise<Answer> {
  return ok((await loadSetting(org, 'exportBlocklist')).value)
}

async function replaceBlocklist(org: Org, x: Exchange): Promise<Answer> {
  const { domains } = objectBody(x.body)
  const value = { domains: isBlank(domains) ? [] : textList(domains) }
  await org.state.change([(await loadSetting(org, 'exportBlocklist')).change(value, x.now)])
  return noContent()
}

const personalFields: FieldTable = {
  enableExportApps: { type: 'boolean' },
  enableEnduserEntryPoints: { type: 'boolean' },
}

// Nothing shows what was said here: the API has no operation that reads it.
async function replacePersonal(org: Org, x: Exchange): Promise<Answer> {
  const sent = objectBody(x.body)
  refuseFaults(checkFields(sent, personalFields))
  const value = {
    enableExportApps: sent.enableExportApps === true,
    enableEnduserEntryPoints: sent.enableEnduserEntryPoints === true,
  }
  await org.state.change([(await loadSetting(org, 'personal')).change(value, x.now)])
  return noContent()
}

const reads = { needs: 'org.read' } as const
const writes = { needs: 'org.manage', body: 'json' } as const

/** Rows of the route table. */
export const oktaAppRoutes: readonly RouteRow[] = [
  { on: `GET ${CONSOLE}`, operation: 'getFirstPartyAppSettings', ...reads, handle: getConsole },
  { on: `PUT ${CONSOLE}`, operation: 'replaceFirstPartyAppSettings', ...writes, handle: replaceConsole },
  {
    on: `GET ${PERSONAL}/export-blocklists`,
    operation: 'listPersonalAppsExportBlockList',
    ...reads,
    handle: getBlocklist,
  },
  {
    on: `PUT ${PERSONAL}/export-blocklists`,
    operation: 'replaceBlockedEmailDomains',
    ...writes,
    handle: replaceBlocklist,
  },
  {
    on: `PUT ${PERSONAL}/edit-feature`,
    operation: 'replaceOktaPersonalAdminSettings',
    ...writes,
    handle: replacePersonal,
  },
]
