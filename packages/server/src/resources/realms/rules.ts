// What may a realm and a realm assignment be?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { Realm, RealmAssignment } from '../../entities/realm.ts'
import { ExpressionFault, isKnownCall, parseExpression } from '../../expression/index.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldFault,
  hasLoneOrWide,
  isBlank,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
  textList,
} from '../../fields.ts'
import { failRealmStays } from './newer.ts'
import { assignmentFields, profileFields } from './schema.ts'

/** The profile of a body that makes or replaces a realm. */
export function readProfile(body: unknown, isDefault: boolean): Pick<Realm, 'name' | 'realmType' | 'domains'> {
  const profile = objectMember(objectBody(body), 'profile') ?? {}
  const { realmType } = profile
  // Recorded: a body that cannot be bound, as with an unknown word, is E0000003.
  if (!isBlank(realmType) && realmType !== 'PARTNER' && realmType !== 'DEFAULT') {
    fail(E0000003, 'body-unreadable-shape')
  }
  const domains = readDomains(profile)
  const faults: FieldFault[] = [...checkFields(profile, profileFields), ...domainFaults('domains', domains)]
  if (isDefault && domains) {
    faults.push({ field: 'domains', says: 'The default realm cannot be limited to domains', kind: 'invalid' })
  }
  refuseFaults(faults.map((fault) => ({ ...fault, field: `profile.${fault.field}` })))
  return {
    name: String(profile.name),
    ...((realmType === 'PARTNER' || realmType === 'DEFAULT') && { realmType }),
    ...(domains && { domains }),
  }
}

function readDomains(value: JsonObject): readonly string[] | undefined {
  const { domains } = value
  const texts = textList(domains ?? [])
  return texts.length === 0 ? undefined : texts
}

// The characters that Okta does not take in a domain. (documented)
const closed = /[!$%^&()=*+,:;<>'[\]|/?\\\s@]/

function domainFaults(field: string, domains: readonly string[] | undefined): FieldFault[] {
  const bad = domains?.some((one) => one === '' || one.length > 255 || closed.test(one) || hasLoneOrWide(one))
  return bad ? [{ field, says: 'A domain has characters that are not allowed', kind: 'invalid' }] : []
}

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'realm-name-taken')
}

/** A realm goes when nobody is in it and no assignment leads to it; the default realm stays. */
export function mayDelete(realm: Realm, used: { users: boolean; assignments: boolean }): void {
  if (realm.isDefault) failRealmStays('The default realm cannot be deleted.')
  if (used.users) failRealmStays('There are users in this realm.')
  if (used.assignments) failRealmStays('There are realm assignments to this realm.')
}

/** What a body says about an assignment. `priority` is undefined where none was sent. */
export function readAssignment(
  body: unknown,
): Pick<RealmAssignment, 'name' | 'realmId' | 'profileSourceId' | 'expression' | 'domains'> & { priority?: number } {
  const sent = objectBody(body)
  const conditions = objectMember(sent, 'conditions') ?? {}
  const expression = objectMember(conditions, 'expression') ?? {}
  const target = objectMember(objectMember(sent, 'actions') ?? {}, 'assignUserToRealm') ?? {}
  const domains = readDomains(sent)
  refuseFaults([
    ...checkFields(sent, assignmentFields),
    ...domainFaults('domains', domains),
    ...named('conditions.', checkFields(conditions, { profileSourceId: { type: 'string', max: 100 } })),
    ...named('conditions.expression.', checkFields(expression, { value: { type: 'string', max: 1024 } })),
    ...named('actions.assignUserToRealm.', checkFields(target, { realmId: { type: 'string', required: true } })),
  ])
  const text = isBlank(expression.value) ? undefined : String(expression.value)
  if (text !== undefined) isReadable(text)
  return {
    name: String(sent.name),
    realmId: String(target.realmId),
    ...(isBlank(sent.priority) ? {} : { priority: Number(sent.priority) }),
    ...(!isBlank(conditions.profileSourceId) && { profileSourceId: String(conditions.profileSourceId) }),
    ...(text !== undefined && { expression: text }),
    ...(domains && { domains }),
  }
}

const named = (prefix: string, faults: readonly FieldFault[]): FieldFault[] =>
  faults.map((fault) => ({ ...fault, field: `${prefix}${fault.field}` }))

// Documented of conditions: the syntax is valid, and what they refer to exists. Nobody's groups and links are looked up
// for an assignment (whoever is just being made has none): what asks for them would never fit. (inferred)
function isReadable(text: string): void {
  if (!canBeWorkedOut(text)) fail(E0000001, 'realm-expression-unreadable')
}

function canBeWorkedOut(text: string): boolean {
  try {
    const { calls, attributes, asksGroups, asksLinks } = parseExpression(text)
    if (asksGroups || asksLinks || calls.some(({ name }) => name === 'user.getInternalProperty')) return false
    return calls.every(isKnownCall) && Object.keys(attributes).every((root) => root === 'user')
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    return false
  }
}

/** Two assignments never have one priority: which of them is asked first would be luck. */
export function priorityIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'realm-assignment-priority-taken')
}

/** The catch-all assignment stays as it is. */
export function mayChange(assignment: RealmAssignment): void {
  if (assignment.isDefault) fail(E0000001, 'realm-assignment-is-default')
}

/** An assignment is deactivated before it is deleted. */
export function mayDeleteAssignment(assignment: RealmAssignment): void {
  mayChange(assignment)
  if (assignment.status === 'ACTIVE') fail(E0000001, 'realm-assignment-still-active')
}
