// Which operations does the API have on devices?
import { E0000001, E0000007 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type Device, devices, deviceUsers } from '../../entities/device.ts'
import { findUser } from '../../entities/find-user.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import { failWithNewer } from '../../fail-newer.ts'
import { userSeen } from '../../gates/attributes.ts'
import { reachUser } from '../../gates/reach.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import { listAnswer, pageAnswer } from '../../lists/page.ts'
import { notes } from '../../log/notes.ts'
import type { Org } from '../../org.ts'
import type { Handle, RouteRow } from '../../routes.ts'
import { showUserInList } from '../../shapes/user.ts'
import { put, remove, type Stored } from '../../state/state.ts'
import { queryDevices } from './list.ts'
import { showDevice, showDeviceUser } from './schema.ts'

const DEVICES = '/api/v1/devices'
const ONE = `${DEVICES}/:deviceId`

async function list(org: Org, x: Exchange): Promise<Answer> {
  const expand = readExpand(x)
  return pageAnswer(org, x, await queryDevices(org, x), async (row) =>
    showDevice(org, row, expand && { users: await usersOf(org, x, row.id, expand) }),
  )
}

function readExpand(x: Exchange): 'user' | 'userSummary' | undefined {
  const expand = x.query.get('expand')
  if (expand === null || expand === '') return undefined
  if (expand === 'user' || expand === 'userSummary') return expand
  return fail(E0000001, 'value-invalid', { field: 'RequestParams', causes: ['Expand query is malformed.'] })
}

async function usersOf(org: Org, x: Exchange, deviceId: string, expand: 'user' | 'userSummary') {
  const shown = []
  for (const { value } of await org.state.find(deviceUsers, 'device', deviceId)) {
    const found = await org.state.load(users, value.userId)
    // A user who was deleted takes the link along.
    if (!found) continue
    const user = await userSeen(org, x, found)
    shown.push(showDeviceUser(value, expand === 'user' ? showUserInList(org, user) : summaryOf(user)))
  }
  return shown
}

const summaryOf = ({ id, value }: Stored<User>): Record<string, unknown> => ({
  id,
  realmId: value.realmId,
  profile: value.profile,
})

async function get(org: Org, x: Exchange): Promise<Answer> {
  const device = await load(org, x, 'Device')
  return ok(showDevice(org, device, { users: await usersOf(org, x, device.id, 'userSummary') }))
}

// Asked for its users, a device that is missing has another type name (recorded).
async function listUsers(org: Org, x: Exchange): Promise<Answer> {
  const device = await load(org, x, 'GenericUDObject')
  return listAnswer(org, x, await usersOf(org, x, device.id, 'user'))
}

async function listOfUser(org: Org, x: Exchange): Promise<Answer> {
  const user = await findUser(org, x, x.params.userId!)
  await reachUser(org, x, user.id)
  const rows = []
  for (const { value } of await org.state.find(deviceUsers, 'user', user.id)) {
    const device = await org.state.load(devices, value.deviceId)
    if (device) {
      rows.push({
        created: isoDate(value.createdAt),
        deviceUserId: `lnk${device.id.slice(3)}`,
        device: showDevice(org, device),
      })
    }
  }
  return listAnswer(org, x, rows)
}

async function drop(org: Org, x: Exchange): Promise<Answer> {
  const device = await load(org, x, 'Device')
  mustBe(device.value, ['DEACTIVATED'])
  await org.state.change([remove(devices, device), ...(await withoutUsers(org, device.id))])
  note(org, x, 'delete', device)
  return noContent()
}

// Deactivation takes the users from a device (documented).
async function withoutUsers(org: Org, deviceId: string) {
  return (await org.state.find(deviceUsers, 'device', deviceId)).map((link) => remove(deviceUsers, link))
}

function move(word: keyof typeof moves): Handle {
  return async (org, x) => {
    const device = await load(org, x, 'Device')
    const { from, to } = moves[word]
    if (device.value.status === to) return noContent()
    mustBe(device.value, from)
    const value: Device = { ...device.value, status: to, lastUpdatedAt: x.now }
    await org.state.change([
      put(devices, device.id, value, device),
      ...(to === 'DEACTIVATED' ? await withoutUsers(org, device.id) : []),
    ])
    note(org, x, word, { ...device, value })
    return noContent()
  }
}

const moves = {
  activate: { from: ['CREATED', 'DEACTIVATED'], to: 'ACTIVE' },
  deactivate: { from: ['CREATED', 'ACTIVE', 'SUSPENDED'], to: 'DEACTIVATED' },
  suspend: { from: ['ACTIVE'], to: 'SUSPENDED' },
  unsuspend: { from: ['SUSPENDED'], to: 'ACTIVE' },
} as const satisfies Record<string, { from: readonly Device['status'][]; to: Device['status'] }>

function mustBe({ status }: Device, allowed: readonly Device['status'][]): void {
  if (allowed.includes(status)) return
  failWithNewer('E0000152', 'device-status-forbids', 'users', {
    kind: 'object-state-forbids-operation',
    says: 'The status of the device does not allow this operation.',
    fix: [
      'Read the device and look at `status`; `_links` names what it allows.',
      'Only a DEACTIVATED device can be deleted, only an ACTIVE one suspended, only a SUSPENDED one unsuspended.',
    ],
    sources: [
      { mark: 'documented', where: "Okta's list of error codes; Devices reference on what each status allows" },
      { mark: 'inferred', where: 'that these operations answer with this code' },
    ],
  })
}

async function load(org: Org, x: Exchange, type: string): Promise<Stored<Device>> {
  const id = x.params.deviceId!
  return (await org.state.load(devices, id)) ?? fail(E0000007, 'resource-missing', { id, type })
}

const note = notes(
  'device.lifecycle',
  {
    activate: 'Activate device',
    deactivate: 'Deactivate device',
    suspend: 'Suspend device',
    unsuspend: 'Unsuspend device',
    delete: 'Delete device',
  },
  ({ id, value }: Stored<Device>) => ({
    id,
    type: 'UDDevice',
    alternateId: 'unknown',
    displayName: String(value.profile.displayName),
  }),
)

const reads = { needs: 'devices.read' } as const
const writes = { needs: 'devices.manage' } as const

/** Rows of the route table. */
export const deviceRoutes: readonly RouteRow[] = [
  { on: `GET ${DEVICES}`, operation: 'listDevices', ...reads, handle: list },
  { on: `GET ${ONE}`, operation: 'getDevice', ...reads, handle: get },
  { on: `DELETE ${ONE}`, operation: 'deleteDevice', ...writes, handle: drop },
  { on: `GET ${ONE}/users`, operation: 'listDeviceUsers', ...reads, handle: listUsers },
  { on: `POST ${ONE}/lifecycle/activate`, operation: 'activateDevice', ...writes, handle: move('activate') },
  { on: `POST ${ONE}/lifecycle/deactivate`, operation: 'deactivateDevice', ...writes, handle: move('deactivate') },
  { on: `POST ${ONE}/lifecycle/suspend`, operation: 'suspendDevice', ...writes, handle: move('suspend') },
  { on: `POST ${ONE}/lifecycle/unsuspend`, operation: 'unsuspendDevice', ...writes, handle: move('unsuspend') },
  {
    on: 'GET /api/v1/users/:userId/devices',
    operation: 'listUserDevices',
    needs: 'users.read',
    handle: listOfUser,
  },
]
