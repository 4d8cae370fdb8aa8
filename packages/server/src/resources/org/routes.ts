// Which operations does the API have on the org itself?
import { E0000007 } from '@errorg/errors/codes'
import { groups } from '../../entities/group.ts'
import { type ContactType, loadSetting, type OrgSettings } from '../../entities/org-setting.ts'
import { pictureUrl, replacePicture } from '../../entities/picture.ts'
import { roleAssignments } from '../../entities/role-assignment.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { MULTIPART } from '../../gates/body.ts'
import { type Exchange, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { Handle, RouteRow } from '../../routes.ts'
import type { Stored } from '../../state/state.ts'
import { readPicture } from '../../upload.ts'
import { activateFactor, deactivateFactor, getFactor, listFactors } from './factors.ts'
import {
  consentOf,
  extended,
  granted,
  mayConsent,
  readAccount,
  readAddresses,
  readContact,
  readContactType,
  readReplacement,
  readSwitch,
  readUpdate,
  whyKept,
} from './rules.ts'
import {
  link,
  showAerial,
  showCommunication,
  showContact,
  showGeneral,
  showPreferences,
  showSupport,
  type switchFields,
} from './schema.ts'

const ORG = '/api/v1/org'
const SUPPORT = `${ORG}/privacy/oktaSupport`
const AERIAL = `${ORG}/privacy/aerial`

async function get(org: Org) {
  return ok(await showOrg(org))
}

async function update(org: Org, x: Exchange) {
  const { value, change } = await loadSetting(org, 'general')
  await org.state.change([change(readUpdate(x.body, value), x.now)])
  return await get(org)
}

async function replace(org: Org, x: Exchange) {
  const { change } = await loadSetting(org, 'general')
  await org.state.change([change(readReplacement(x.body), x.now)])
  return await get(org)
}

// The org is as old as the group that it came with.
async function showOrg(org: Org): Promise<Record<string, unknown>> {
  const general = await loadSetting(org, 'general')
  const logo = await loadSetting(org, 'logo')
  const createdAt = (await org.state.load(groups, org.fixed.everyoneId))?.value.createdAt ?? 0
  const lastUpdatedAt = general.lastUpdatedAt ?? createdAt
  return showGeneral(org, general.value, { createdAt, lastUpdatedAt, logo: logo.value.fileId })
}

async function uploadLogo(org: Org, x: Exchange) {
  const picture = readPicture(x, ['PNG', 'JPG', 'GIF'])
  const { value, change } = await loadSetting(org, 'logo')
  const id = org.ids.next('fs0')
  await org.state.change([
    change({ fileId: id }, x.now),
    ...(await replacePicture(org.state, value.fileId ?? undefined, { id, ...picture })),
  ])
  return { status: 201, headers: [['location', pictureUrl(org, id)]] as const }
}

async function listContacts(org: Org) {
  return ok(
    (['BILLING', 'TECHNICAL'] as const).map((contactType) => {
      const name = contactType.toLowerCase()
      return { contactType, _links: { [name]: link(org, `${ORG}/contacts/${name}`) } }
    }),
  )
}

async function getContact(org: Org, x: Exchange) {
  return ok(showContact(org, await contactOf(org, readContactType(x.params.contactType!))))
}

async function replaceContact(org: Org, x: Exchange) {
  const type = readContactType(x.params.contactType!)
  const userId = readContact(x.body)
  const user = (await org.state.load(users, userId)) ?? fail(E0000007, 'resource-missing', { id: userId, type: 'User' })
  const { value, change } = await loadSetting(org, 'contacts')
  await org.state.change([change({ ...value, [type]: user.id }, x.now)])
  return ok(showContact(org, user.id))
}

/** The contact of a kind; until somebody says another, the first super administrator. */
async function contactOf(org: Org, type: ContactType): Promise<string> {
  const { value } = await loadSetting(org, 'contacts')
  const chosen = value[type]
  if (chosen !== undefined) return chosen
  const supers = await org.state.find(roleAssignments, 'type', 'SUPER_ADMIN')
  const first = supers.find((role) => role.value.holder === 'USER')
  return first?.value.holderId ?? fail(E0000007, 'resource-missing', { id: type, type: 'OrgContactType' })
}

async function getPreferences(org: Org) {
  return ok(showPreferences(org, (await loadSetting(org, 'preferences')).value))
}

const footer =
  (showEndUserFooter: boolean): Handle =>
  async (org, x) => {
    const { change } = await loadSetting(org, 'preferences')
    await org.state.change([change({ showEndUserFooter }, x.now)])
    return await getPreferences(org)
  }

async function getCommunication(org: Org) {
  return ok(showCommunication(org, (await loadSetting(org, 'communication')).value))
}

const optOut =
  (optOutEmailUsers: boolean): Handle =>
  async (org, x) => {
    const { change } = await loadSetting(org, 'communication')
    await org.state.change([change({ optOutEmailUsers }, x.now)])
    return await getCommunication(org)
  }

async function getSupport(org: Org, x: Exchange) {
  return ok(showSupport(org, (await loadSetting(org, 'support')).value, x.now))
}

// Okta's names for what its support may do: impersonate an administrator.
const support =
  (
    what: 'grant' | 'extend' | 'revoke',
    next: (value: OrgSettings['support'], now: number) => OrgSettings['support'],
  ): Handle =>
  async (org, x) => {
    const { value, change } = await loadSetting(org, 'support')
    await org.state.change([change(next(value, x.now), x.now)])
    org.log(x, {
      eventType: `user.session.impersonation.${what}`,
      displayMessage: `${what.charAt(0).toUpperCase()}${what.slice(1)} impersonation`,
    })
    return await getSupport(org, x)
  }

// Support cases are opened with Okta: an org of one's own has none.
async function listCases() {
  return ok({ supportCases: [] })
}

async function updateCase(_org: Org, x: Exchange) {
  return fail(E0000007, 'resource-missing', { id: x.params.caseNumber!, type: 'OktaSupportCase' })
}

async function getAerial(org: Org) {
  return ok(showAerial(org, consentOf((await loadSetting(org, 'aerial')).value)))
}

async function grantAerial(org: Org, x: Exchange) {
  const accountId = readAccount(x.body)
  const { value, change } = await loadSetting(org, 'aerial')
  mayConsent(value)
  const consent = { accountId, grantedBy: x.caller?.userId ?? org.fixed.orgId, grantedAt: x.now }
  await org.state.change([change(consent, x.now)])
  return ok(showAerial(org, consent))
}

async function revokeAerial(org: Org, x: Exchange) {
  const accountId = readAccount(x.body)
  const { value, change } = await loadSetting(org, 'aerial')
  if (consentOf(value).accountId !== accountId) fail(E0000007, 'resource-missing', { id: 'grant', type: 'String' })
  await org.state.change([change({ accountId: null }, x.now)])
  return ok({ _links: { grant: link(org, `${AERIAL}/grant`, 'POST') } })
}

/** A setting that is on or off: read with GET, changed with another method. */
function onOff<Name extends 'adminApp' | 'clientPrivileges' | 'thirdPartyAdmin'>(
  name: Name,
  shown: keyof typeof switchFields,
  member: keyof OrgSettings[Name],
): { read: Handle; write: Handle } {
  const read: Handle = async (org) => ok({ [shown]: (await loadSetting(org, name)).value[member] })
  return {
    read,
    async write(org, x) {
      const on = readSwitch(x.body, shown)
      const { change } = await loadSetting(org, name)
      await org.state.change([change({ [member]: on } as OrgSettings[Name], x.now)])
      return await read(org, x)
    },
  }
}

const adminApp = onOff('adminApp', 'autoAssignAdminAppSetting', 'autoAssign')
const clientPrivileges = onOff('clientPrivileges', 'clientPrivilegesSetting', 'superAdmin')
const thirdPartyAdmin = onOff('thirdPartyAdmin', 'thirdPartyAdmin', 'allowed')

// Nothing bounces here: what can be told is which addresses no user has.
async function removeBounces(org: Org, x: Exchange) {
  const errors: { emailAddress: string; reason: string }[] = []
  for (const emailAddress of readAddresses(x.body)) {
    const found: Stored<User>[] = await org.state.find(users, 'email', emailAddress.toLowerCase(), { limit: 1 })
    const reason = whyKept(emailAddress, found.length > 0)
    if (reason !== undefined) errors.push({ emailAddress, reason })
  }
  return ok({ errors })
}

const read = (on: string, operation: string | undefined, handle: Handle): RouteRow => ({
  on: `GET ${on}`,
  operation,
  needs: 'org.read',
  handle,
})

const change = (on: string, operation: string | undefined, handle: Handle, body?: RouteRow['body']): RouteRow => ({
  on,
  operation,
  needs: 'org.manage',
  body,
  handle,
})

// Okta lets only super administrators decide who comes in.
const forSuper = (row: RouteRow): RouteRow => ({ ...row, needs: 'support.manage' })

/** Rows of the route table. */
export const orgRoutes: readonly RouteRow[] = [
  read(ORG, 'getOrgSettings', get),
  change(`POST ${ORG}`, 'updateOrgSettings', update, 'json'),
  change(`PUT ${ORG}`, 'replaceOrgSettings', replace, 'json'),
  { ...change(`POST ${ORG}/logo`, undefined, uploadLogo, 'bytes'), takes: [MULTIPART] },
  read(`${ORG}/contacts`, 'listOrgContactTypes', listContacts),
  read(`${ORG}/contacts/:contactType`, 'getOrgContactUser', getContact),
  change(`PUT ${ORG}/contacts/:contactType`, 'replaceOrgContactUser', replaceContact, 'json'),
  read(`${ORG}/preferences`, 'getOrgPreferences', getPreferences),
  change(`POST ${ORG}/preferences/hideEndUserFooter`, 'setOrgHideOktaUIFooter', footer(false)),
  change(`POST ${ORG}/preferences/showEndUserFooter`, 'setOrgShowOktaUIFooter', footer(true)),
  read(`${ORG}/privacy/oktaCommunication`, 'getOktaCommunicationSettings', getCommunication),
  change(`POST ${ORG}/privacy/oktaCommunication/optIn`, 'optInUsersToOktaCommunicationEmails', optOut(false)),
  change(`POST ${ORG}/privacy/oktaCommunication/optOut`, 'optOutUsersFromOktaCommunicationEmails', optOut(true)),
  forSuper(read(SUPPORT, 'getOrgOktaSupportSettings', getSupport)),
  forSuper(
    change(
      `POST ${SUPPORT}/grant`,
      'grantOktaSupport',
      support('grant', (_value, now) => granted(now)),
    ),
  ),
  forSuper(change(`POST ${SUPPORT}/extend`, 'extendOktaSupport', support('extend', extended))),
  forSuper(
    change(
      `POST ${SUPPORT}/revoke`,
      'revokeOktaSupport',
      support('revoke', () => ({ until: null })),
    ),
  ),
  read(`${SUPPORT}/cases`, 'listOktaSupportCases', listCases),
  forSuper(change(`PATCH ${SUPPORT}/cases/:caseNumber`, 'updateOktaSupportCase', updateCase, 'json')),
  forSuper(read(AERIAL, 'getAerialConsent', getAerial)),
  forSuper(change(`POST ${AERIAL}/grant`, 'grantAerialConsent', grantAerial, 'json')),
  forSuper(change(`POST ${AERIAL}/revoke`, 'revokeAerialConsent', revokeAerial, 'json')),
  read(`${ORG}/settings/autoAssignAdminAppSetting`, 'getAutoAssignAdminAppSetting', adminApp.read),
  change(`POST ${ORG}/settings/autoAssignAdminAppSetting`, 'updateAutoAssignAdminAppSetting', adminApp.write, 'json'),
  read(`${ORG}/settings/clientPrivilegesSetting`, 'getClientPrivilegesSetting', clientPrivileges.read),
  // Whoever writes it decides who is a super admin. (inferred)
  {
    on: `PUT ${ORG}/settings/clientPrivilegesSetting`,
    operation: 'assignClientPrivilegesSetting',
    needs: 'roles.manage',
    body: 'json',
    handle: clientPrivileges.write,
  },
  read(`${ORG}/orgSettings/thirdPartyAdminSetting`, 'getThirdPartyAdminSetting', thirdPartyAdmin.read),
  change(
    `POST ${ORG}/orgSettings/thirdPartyAdminSetting`,
    'updateThirdPartyAdminSetting',
    thirdPartyAdmin.write,
    'json',
  ),
  change(`POST ${ORG}/email/bounces/remove-list`, 'bulkRemoveEmailAddressBounces', removeBounces, 'json'),
  // The Classic engine's factors have no page in today's reference.
  read(`${ORG}/factors`, undefined, listFactors),
  read(`${ORG}/factors/:factorId`, undefined, getFactor),
  change(`POST ${ORG}/factors/:factorId/lifecycle/activate`, undefined, activateFactor),
  change(`POST ${ORG}/factors/:factorId/lifecycle/deactivate`, undefined, deactivateFactor),
]
