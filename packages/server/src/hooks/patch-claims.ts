// Which claims does a token have after its hook has spoken? The commands of a token hook are JSON patches on the claims
// and on the lifetime: all of them are applied, or none.
import { isObject, type JsonObject } from '../fields.ts'

/** A token before it is signed. */
export interface Draft {
  claims: Record<string, unknown>
  lifetimeSeconds: number
}

/** The tokens that were asked for. */
export interface Drafts {
  access?: Draft
  identity?: Draft
}

/** The tokens with the commands applied, or why that cannot be done. */
export type Patched = { ok: true; drafts: Drafts } | { ok: false; says: string }

class Refused extends Error {}

// An access token of a custom server lives five minutes to a day (documented).
const SHORTEST_SECONDS = 300
const LONGEST_SECONDS = 86_400

const ofBoth = 'iss jti token_type ver iat exp nbf auth_time groups'
// Documented as reserved; `scp` because what it says was decided by the policy.
const reserved: Readonly<Record<keyof Drafts, ReadonlySet<string>>> = {
  access: new Set(`${ofBoth} acr amr as_uri cid rpt rsi uid username scp`.split(' ')),
  identity: new Set(
    (
      `${ofBoth} aud sub active aid app_id app_type amr at_hash client_id client_ip client_req_id client_type ` +
      'client_user_agent cnf c_hash device_compliance device_id device_known device_managed device_name device_trust ' +
      'did dst group hotk idp idp_iss mac_key may_act nonce oid okta_emailVerified okta_lastUpdated orig permissions ' +
      'purpose pwd_exp_days pwd_exp_time rid role scope scopes sid term user_ip'
    ).split(' '),
  ),
}

const targets: Readonly<Record<string, keyof Drafts>> = {
  'com.okta.access.patch': 'access',
  'com.okta.identity.patch': 'identity',
}

/** Applies the commands of an answer. */
export function patchClaims(commands: unknown, drafts: Drafts): Patched {
  const copy = structuredClone(drafts)
  try {
    if (!Array.isArray(commands)) throw new Refused('`commands` is no list')
    for (const command of commands) applyCommand(command, copy)
    return { ok: true, drafts: copy }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, says: error.message }
    throw error
  }
}

function applyCommand(command: unknown, drafts: Drafts): void {
  if (!isObject(command)) throw new Refused('a command is no object')
  const type = String(command.type)
  const target = Object.hasOwn(targets, type) ? targets[type]! : undefined
  const draft = target && drafts[target]
  if (!target || !draft) throw new Refused(`the command ${type.slice(0, 80)} cannot be applied to what was asked for`)
  const operations = Array.isArray(command.value) ? command.value : [command.value]
  for (const operation of operations) applyOperation(operation, target, draft)
}

function applyOperation(operation: unknown, target: keyof Drafts, draft: Draft): void {
  if (!isObject(operation) || typeof operation.path !== 'string') throw new Refused('an operation has no path')
  const { op, path, value } = operation
  if (path === '/token/lifetime/expiration') {
    draft.lifetimeSeconds = lifetimeOf(op, value)
    return
  }
  const [root, area, ...names] = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const claim = names[0]
  if (root !== '' || area !== 'claims' || claim === undefined || claim === '') {
    throw new Refused(`the path ${path.slice(0, 80)} leads to no claim`)
  }
  if (reserved[target].has(claim)) throw new Refused(`the claim ${claim} is reserved`)
  const holder = names.slice(0, -1).reduce<unknown>((within, name) => memberOf(within, name, path), draft.claims)
  const last = names.at(-1)!
  if (op === 'add') add(holder, last, value, path)
  else if (op === 'replace') replace(holder, last, value, path)
  else if (op === 'remove') remove(holder, last, value, path)
  else throw new Refused(`the operation ${String(op).slice(0, 40)} is unknown`)
}

function lifetimeOf(op: unknown, value: unknown): number {
  if (op !== 'replace') throw new Refused('the lifetime can only be replaced')
  if (Number.isInteger(value) && Number(value) >= SHORTEST_SECONDS && Number(value) <= LONGEST_SECONDS) {
    return Number(value)
  }
  throw new Refused(`the lifetime must be ${SHORTEST_SECONDS} to ${LONGEST_SECONDS} seconds`)
}

function missing(path: string): never {
  throw new Refused(`there is nothing at ${path.slice(0, 80)}`)
}

function memberOf(within: unknown, name: string, path: string): unknown {
  if (Array.isArray(within)) return within[indexIn(within, name, path)]
  return isObject(within) && Object.hasOwn(within, name) ? within[name] : missing(path)
}

function indexIn(list: readonly unknown[], name: string, path: string, most = list.length - 1): number {
  return /^\d{1,6}$/.test(name) && Number(name) <= most ? Number(name) : missing(path)
}

function add(holder: unknown, name: string, value: unknown, path: string): void {
  if (value === undefined) throw new Refused(`${path.slice(0, 80)} has no value`)
  if (Array.isArray(holder)) {
    holder.splice(name === '-' ? holder.length : indexIn(holder, name, path, holder.length), 0, value)
  } else if (isObject(holder)) set(holder, name, value)
  else missing(path)
}

function replace(holder: unknown, name: string, value: unknown, path: string): void {
  if (value === undefined) throw new Refused(`${path.slice(0, 80)} has no value`)
  if (Array.isArray(holder)) holder[indexIn(holder, name, path)] = value
  else if (isObject(holder) && Object.hasOwn(holder, name)) set(holder, name, value)
  else missing(path)
}

function remove(holder: unknown, name: string, value: unknown, path: string): void {
  // Documented: any other value fails the whole answer.
  if (value !== undefined && value !== null) throw new Refused('the value of `remove` must be null')
  if (Array.isArray(holder)) holder.splice(indexIn(holder, name, path), 1)
  else if (isObject(holder) && Object.hasOwn(holder, name)) delete (holder as Record<string, unknown>)[name]
  else missing(path)
}

// A claim may be called __proto__, and is a claim then.
function set(holder: JsonObject, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
}
