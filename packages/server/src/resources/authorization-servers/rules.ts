// Is this an authorization server, scope, claim, policy or rule that can be, and what may be done with it?
import { E0000001 } from '@errorg/errors/codes'
import type { AuthServer, ServerClaim, ServerPolicy, ServerRule, ServerScope } from '../../entities/auth-server.ts'
import type { ReadExpression } from '../../expression/index.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  hasLoneOrWide,
  isBlank,
  type JsonObject,
  objectBody,
  objectMember,
  refuseBlank,
  refuseFaults,
  refuseValue,
  textList,
} from '../../fields.ts'
import { DEFAULT_SERVER, ruleGrants, standardLifetimes } from '../../oauth/new-server.ts'
import { canBeRead } from '../../readable-expression.ts'
import { reservedClaims } from '../../reserved-claims.ts'
import {
  claimFields,
  lifetimeFields,
  policyFields,
  ruleFields,
  scopeFields,
  serverFields,
  signingFields,
} from './schema.ts'

/** What a body says of a server; `old` is the one that it replaces. Its status is changed by lifecycle calls only. */
export function readServer(
  body: unknown,
  old?: AuthServer,
): Pick<AuthServer, 'name' | 'description' | 'audiences' | 'issuerMode' | 'rotationMode'> {
  const server = objectBody(body)
  refuseFaults(checkFields(server, serverFields))
  const signing = objectMember(objectMember(server, 'credentials') ?? {}, 'signing') ?? {}
  refuseFaults(checkFields(signing, signingFields), 'credentials.signing')
  const audiences = texts(server.audiences, 'audiences')
  // Documented: one for now.
  if (audiences.length !== 1) refuseValue('audiences', 'There must be exactly one audience')
  return {
    name: String(server.name),
    description: text(server.description),
    audiences,
    issuerMode: word(server.issuerMode, old?.issuerMode ?? 'ORG_URL'),
    rotationMode: word(signing.rotationMode, old?.rotationMode ?? 'AUTO'),
  }
}

/** A name may be used once. */
export function serverNameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'authorization-server-name-taken', { field: 'name' })
}

/** The server that came with the org stays. Others go, active or not (recorded). */
export function mayDeleteServer(id: string): void {
  if (id === DEFAULT_SERVER) fail(E0000001, 'authorization-server-part-is-system', { what: 'authorization server', id })
}

/** What a body says of a scope; `old` is the one that it replaces. */
export function readScope(body: unknown, old?: ServerScope): Omit<ServerScope, 'serverId' | 'system'> {
  const scope = objectBody(body)
  refuseFaults(checkFields(scope, scopeFields))
  if (old?.system && scope.name !== old.name) refuseValue('name', 'The name of a system scope cannot be changed')
  const consent = word<ServerScope['consent']>(scope.consent, old?.consent ?? 'IMPLICIT')
  // Nobody is asked for one that is implicit, so nobody can leave it out (reported: okta/okta-sdk-dotnet,
  // AuthorizationServerScopesApiTests.cs; the sentence is inferred).
  if (scope.optional === true && consent === 'IMPLICIT') {
    refuseValue('optional', 'A scope without consent cannot be optional')
  }
  return {
    name: String(scope.name),
    displayName: text(scope.displayName),
    description: text(scope.description),
    consent,
    default: scope.default === true,
    metadataPublish: word(scope.metadataPublish, old?.metadataPublish ?? 'NO_CLIENTS'),
    optional: scope.optional === true,
  }
}

/** What a body says of a claim; `old` is the one that it replaces. */
export function readClaim(
  read: ReadExpression,
  body: unknown,
  old?: ServerClaim,
): Omit<ServerClaim, 'serverId' | 'system'> {
  const claim = objectBody(body)
  refuseFaults(checkFields(claim, claimFields))
  const name = String(claim.name)
  if (old?.system && (name !== old.name || claim.claimType !== old.claimType)) {
    refuseValue('name', 'The name and type of a system claim cannot be changed')
  }
  if (!old?.system && reservedClaims.has(name)) refuseValue('name', `'${name}' is a reserved claim name`)
  const claimType = word<ServerClaim['claimType']>(claim.claimType, 'RESOURCE')
  const valueType = word<ServerClaim['valueType']>(claim.valueType, 'EXPRESSION')
  if (valueType === 'SYSTEM' && old?.valueType !== 'SYSTEM') refuseValue('valueType', 'The field has an invalid value')
  const filter = valueType === 'GROUPS' ? claim.group_filter_type : null
  refuseFaults(
    checkFields(
      { value: valueType === 'SYSTEM' ? '-' : claim.value, group_filter_type: valueType === 'GROUPS' ? filter : '-' },
      { value: { type: 'string', required: true, max: 1024 }, group_filter_type: { type: 'string', required: true } },
    ),
  )
  if (valueType === 'EXPRESSION') canBeRead(read, 'value', String(claim.value))
  const conditions = objectMember(claim, 'conditions') ?? {}
  return {
    name,
    status: word(claim.status, old?.status ?? 'ACTIVE'),
    claimType,
    valueType,
    value: valueType === 'SYSTEM' ? '' : String(claim.value),
    groupFilterType: filter === null ? null : word<NonNullable<ServerClaim['groupFilterType']>>(filter, 'EQUALS'),
    conditions: { scopes: texts(conditions.scopes, 'conditions.scopes') },
    // Access tokens have no "only when asked for" (documented).
    alwaysIncludeInToken: claimType === 'RESOURCE' || claim.alwaysIncludeInToken !== false,
  }
}

/** Names of scopes, and of claims within a type, are used once in a server. */
export function partNameIsFree(what: 'scope' | 'claim', holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'authorization-server-part-name-taken', { field: 'name', what })
}

/** What Okta brought along stays. */
export function mayDeletePart(what: string, id: string, part: { system: boolean }): void {
  if (part.system) fail(E0000001, 'authorization-server-part-is-system', { what, id })
}

/** What a body says of an access policy. The place that it asks for is undefined when it does not. */
export function readPolicy(
  body: unknown,
  old?: ServerPolicy,
): Pick<ServerPolicy, 'name' | 'description' | 'status' | 'clients'> & { priority: number | undefined } {
  const policy = objectBody(body)
  refuseFaults(checkFields(policy, policyFields))
  const clients = objectMember(objectMember(policy, 'conditions') ?? {}, 'clients')
  const include = clients ? texts(clients.include, 'conditions.clients.include') : []
  if (include.length === 0) {
    fail(E0000001, 'required-field-missing', {
      field: 'conditions.clients',
      causes: ['conditions.clients: The field cannot be left blank'],
    })
  }
  return {
    name: String(policy.name),
    description: String(policy.description),
    status: word(policy.status, old?.status ?? 'ACTIVE'),
    clients: include,
    priority: place(policy.priority),
  }
}

const grantWords: ReadonlySet<string> = new Set(ruleGrants)
const grantsOfPeople: readonly string[] = ['authorization_code', 'implicit', 'password']

/** What a body says of a rule. The place that it asks for is undefined when it does not. */
export function readRule(
  body: unknown,
  old?: ServerRule,
): Omit<ServerRule, 'policyId' | 'priority' | 'system' | 'createdAt' | 'lastUpdatedAt'> & {
  priority: number | undefined
} {
  const rule = objectBody(body)
  refuseFaults(checkFields(rule, ruleFields))
  const conditions = objectMember(rule, 'conditions')
  if (!conditions) {
    refuseBlank('conditions')
  }
  const grantTypes = included(conditions, 'grantTypes', 'conditions.grantTypes')
  const people = readPeople(objectMember(conditions, 'people') ?? {})
  // Reported: a grant that Okta does not know counts as one of a person, so the fault is said to be in `people`.
  const ofPeople = grantTypes.some((grant) => grantsOfPeople.includes(grant) || !grantWords.has(grant))
  if ((ofPeople || grantTypes.length === 0) && people.users.length + people.groups.length === 0) {
    fail(E0000001, 'value-invalid', {
      field: 'conditions.people',
      causes: [
        // Reported with these doubled quotes.
        "conditions.people: At least one of ''conditions.people.users.include'' or " +
          "''conditions.people.groups.include'' must contain a valid user or group when " +
          `''conditions.grantTypes'' contains one or more of [${grantsOfPeople.join(', ')}].`,
      ],
    })
  }
  const unknown = grantTypes.find((grant) => !grantWords.has(grant))
  if (unknown !== undefined) refuseValue('conditions.grantTypes', `'${unknown.slice(0, 60)}' is not a valid grant type`)
  const token = objectMember(objectMember(rule, 'actions') ?? {}, 'token') ?? {}
  refuseFaults(checkFields(token, lifetimeFields), 'actions.token')
  return {
    name: String(rule.name),
    status: word(rule.status, old?.status ?? 'ACTIVE'),
    grantTypes,
    people,
    scopes: included(conditions, 'scopes', 'conditions.scopes'),
    ...readLifetimes(token),
    inlineHookId: text(objectMember(token, 'inlineHook')?.id) ?? undefined,
    priority: place(rule.priority),
  }
}

function readLifetimes(token: JsonObject) {
  const minutes = (value: unknown, standard: number) => (isBlank(value) ? standard : Number(value))
  const accessTokenMinutes = minutes(token.accessTokenLifetimeMinutes, standardLifetimes.accessTokenMinutes)
  const refreshTokenMinutes = minutes(token.refreshTokenLifetimeMinutes, standardLifetimes.refreshTokenMinutes)
  if (refreshTokenMinutes !== 0 && refreshTokenMinutes < accessTokenMinutes) {
    refuseValue('refreshTokenLifetimeMinutes', 'must not be less than the lifetime of the access token')
  }
  return {
    accessTokenMinutes,
    refreshTokenMinutes,
    refreshTokenWindowMinutes: minutes(token.refreshTokenWindowMinutes, standardLifetimes.refreshTokenWindowMinutes),
  }
}

function readPeople(people: JsonObject): ServerRule['people'] {
  const side = (name: 'users' | 'groups', which: 'include' | 'exclude') =>
    texts(objectMember(people, name)?.[which], `conditions.people.${name}.${which}`)
  return {
    users: side('users', 'include'),
    groups: side('groups', 'include'),
    usersExcluded: side('users', 'exclude'),
    groupsExcluded: side('groups', 'exclude'),
  }
}

function included(conditions: JsonObject, name: string, path: string): string[] {
  return texts(objectMember(conditions, name)?.include, `${path}.include`)
}

// An absent list is an empty one.
function texts(value: unknown, field: string): string[] {
  const list = textList(value ?? [])
  if (list.length > 1000) refuseValue(field, 'must not have more than 1000 elements')
  for (const one of list) {
    if (one === '' || one.length > 255 || hasLoneOrWide(one)) refuseValue(field, 'The field has an invalid value')
  }
  return [...new Set(list)]
}

const text = (value: unknown): string | null => (isBlank(value) || typeof value === 'object' ? null : String(value))

// The field table has refused every other word.
const word = <W extends string>(value: unknown, standard: W): W => (isBlank(value) ? standard : (String(value) as W))

const place = (value: unknown): number | undefined => (isBlank(value) ? undefined : Number(value))
