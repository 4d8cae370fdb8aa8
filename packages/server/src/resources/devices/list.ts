// Which devices does a list of devices show, and what may be searched for? (documented in the OpenAPI file, listDevices)
import { E0000031 } from '@errorg/errors/codes'
import { type Device, devices } from '../../entities/device.ts'
import { fail } from '../../fail.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { ListPage } from '../../lists/page.ts'
import { readLimit } from '../../lists/page.ts'
import { pageById, pageOfSearch, paramOf } from '../../lists/query.ts'
import {
  dateField,
  noCriteria,
  type SearchField,
  type SearchTable,
  searchOperators,
  textField,
} from '../../lists/search.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

type Field = SearchField<Device>

const text = textField<Device>
const date = dateField<Device>

const topFields: Readonly<Record<string, Field>> = {
  id: text(({ id }) => id, 'id'),
  status: text(({ value }) => value.status, { name: 'status', key: (literal) => literal.toUpperCase() }),
  created: date(({ value }) => value.createdAt),
  lastUpdated: date(({ value }) => value.lastUpdatedAt),
}

// Documented: `co` only on these.
const withContains = ['displayName', 'serialNumber', 'imei', 'meid', 'udid', 'sid']
const names = [
  ...withContains,
  'diskEncryptionType',
  'integrityJailbreak',
  'managed',
  'manufacturer',
  'model',
  'osVersion',
  'platform',
  'registered',
  'secureHardwarePresent',
  'tpmPublicKeyHash',
]

function profileField(name: string): Field | undefined {
  const key = name.startsWith('profile.') ? name.slice('profile.'.length) : ''
  if (!names.includes(key)) return undefined
  return {
    operators: withContains.includes(key) ? searchOperators.textWithContains : searchOperators.text,
    is: 'text',
    read: ({ value: { profile } }) => (Object.hasOwn(profile, key) ? profile[key] : undefined),
    index: key === 'displayName' ? { name: 'displayName', key: (literal: string) => literal.toLowerCase() } : undefined,
  }
}

const table: SearchTable<Device> = {
  field: (name) => (Object.hasOwn(topFields, name) ? topFields[name] : profileField(name)),
  not: true,
}

const list = { collection: devices, prefix: 'guo' }

/** The devices that a request asks for. */
export async function queryDevices(org: Org, x: Exchange): Promise<ListPage<Stored<Device>>> {
  const limit = readLimit(x, { standard: 200, most: 200 })
  if (paramOf(x, 'search') !== undefined) return await pageOfSearch(org, x, list, table, limit)
  // A made-up cursor is told as a wrong search, without one too (recorded).
  return await pageById(org, x, list, noCriteria, limit, (after) => fail(E0000031, 'search-cursor-unknown', { after }))
}
