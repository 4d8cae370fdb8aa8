// What does a single user look like on the wire, and what may a body say about one?
import { E0000003 } from '@errorg/errors/codes'
import type { ImportedHash, Provider, User } from '../../entities/user.ts'
import { schemaIdOf } from '../../entities/user-schema.ts'
import { fail } from '../../fail.ts'
import { type JsonObject, objectBody, objectMember } from '../../fields.ts'
import type { Org } from '../../org.ts'
import { showUserFacts } from '../../shapes/user.ts'
import type { Stored } from '../../state/state.ts'
import { linksOf } from './actions.ts'
import { bindHash } from './hash.ts'

/** What a body says about a user, bound but not yet judged. */
export interface UserBody {
  profile?: JsonObject
  password?: string
  importedHash?: ImportedHash
  recoveryQuestion?: JsonObject
  provider?: Provider
  groupIds: readonly string[]
  typeId?: string
  realmId?: string
}

/** Binds a body; E0000003 where a value cannot be held at all. Members that nobody knows are left alone, as by Okta. */
export function readUserBody(value: unknown): UserBody {
  const body = objectBody(value)
  const credentials = objectMember(body, 'credentials') ?? {}
  const password = objectMember(credentials, 'password')
  const type = objectMember(body, 'type')
  return {
    profile: objectMember(body, 'profile'),
    password: password && textMember(password, 'value'),
    importedHash: password && readHash(password),
    recoveryQuestion: objectMember(credentials, 'recovery_question'),
    provider: readProvider(objectMember(credentials, 'provider')),
    groupIds: readGroupIds(body.groupIds),
    typeId: type && textMember(type, 'id'),
    realmId: textMember(body, 'realmId'),
  }
}

/** A member that must be text where it is present; E0000003 when it is something else. */
export function textMember(body: JsonObject, name: string): string | undefined {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : fail(E0000003, 'body-unreadable-shape')
}

function readGroupIds(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.some((id) => typeof id !== 'string')) fail(E0000003, 'body-unreadable-shape')
  return [...new Set(value as string[])]
}

const providerTypes = ['OKTA', 'ACTIVE_DIRECTORY', 'LDAP', 'FEDERATION', 'SOCIAL', 'IMPORT'] as const

function readProvider(value: JsonObject | undefined): Provider | undefined {
  if (!value || Object.keys(value).length === 0) return undefined
  const type = providerTypes.find((known) => known === value.type) ?? fail(E0000003, 'body-unreadable-shape')
  return { type, name: textMember(value, 'name') ?? type }
}

function readHash(password: JsonObject): ImportedHash | undefined {
  const hook = objectMember(password, 'hook')
  if (hook) return { algorithm: 'HOOK', value: textMember(hook, 'type') ?? '' }
  const hash = objectMember(password, 'hash')
  return hash && bindHash(hash)
}

/** A single user as Okta shows it: its links name what its status allows now. */
export function showUser(org: Org, { id, value }: Pick<Stored<User>, 'id' | 'value'>): Record<string, unknown> {
  const base = `${org.baseUrl}/api/v1/users/${id}`
  const links: Record<string, { href: string; method?: string }> = linksOf(base, value)
  const types = `${org.baseUrl}/api/v1/meta`
  links.schema = { href: `${types}/schemas/user/${schemaIdOf(value.typeId)}` }
  links.self = { href: base }
  links.type = { href: `${types}/types/user/${value.typeId}` }
  const shown = showUserFacts(id, value)
  // Set, not spread and said beside it: such a copy has a shape of its own each time, and writing it as JSON takes long.
  shown._links = links
  return shown
}

/** What the credential operations answer. */
export function showCredentials(value: User): unknown {
  return showUserFacts('', value).credentials
}
