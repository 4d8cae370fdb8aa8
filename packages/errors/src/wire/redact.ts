// Which parts of a text are secret, and what stands there instead? The one place that hides secrets: whatever is
// shown, stored or sent on goes through here first. It keeps names, scheme words and the shape, so that a
// reader still sees what kind of credential was used: `SSWS 00…(40 characters hidden)`.
import { type HeaderBag, headerEntries } from './headers.ts'
import { hide, hideNamed } from './redact/hide.ts'
import {
  AUTH_SCHEME,
  describing,
  HOOK_HEADERS,
  isHeaderName,
  isSecretName,
  plainName,
  privateMembers,
} from './redact/secret-names.ts'
import { isSessionInLog } from './redact/shapes.ts'
import { redactHeader, redactText } from './redact/text.ts'

export { redactText }

/** Hides the secrets in headers; gives pairs in the order of the bag. */
export function redactHeaders(headers: HeaderBag | undefined): [string, string][] {
  return headerEntries(headers).map(([name, value]) => [name, redactHeader(name, value)])
}

/** Hides the secrets in a copy of any value: parsed JSON, HAR entries, header records, lists of name and value. */
export function redactValue(value: unknown): unknown {
  return copy(value, { named: false, below: false, above: [] })
}

interface Place {
  /** The name of the member itself is a secret one. */
  named: boolean
  /** Something above has a secret name. */
  below: boolean
  above: readonly object[]
}

function copy(value: unknown, place: Place, name = ''): unknown {
  const secret = place.named || place.below
  if (typeof value === 'string') {
    if (isSessionInLog(name, value)) return value
    return !secret || (place.below && describing.has(plainName(name))) ? redactText(value) : hideNamed(name, value)
  }
  // Numbers further down are settings, such as the work factor of a hash or the minutes of a token's life.
  if (typeof value === 'number' || typeof value === 'bigint') return place.named ? hide(String(value)) : value
  if (typeof value === 'function') return '(function)'
  if (typeof value !== 'object' || value === null) return value
  if (place.above.includes(value)) return '(circular)'
  if (place.above.length > 100) return '(too deep)'
  const inside: Place = { named: false, below: secret, above: [...place.above, value] }
  try {
    if (Array.isArray(value)) return copyList(value, { ...inside, named: place.named }, name)
    if (value instanceof Date) return value
    if (typeof Headers !== 'undefined' && value instanceof Headers) return redactHeaders(value)
    if (value instanceof URLSearchParams || value instanceof URL) return redactText(String(value))
    if (value instanceof Map || value instanceof Set) return copyList([...value], inside, name)
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `(${value.byteLength} bytes)`
    return copyMembers(value as Record<string, unknown>, inside)
  } catch {
    return '(unreadable)'
  }
}

function copyList(list: readonly unknown[], inside: Place, name: string): unknown[] {
  return list.map((item, index) => {
    // `['Authorization', 'SSWS …']`, alone or within node's rawHeaders, a flat list of names and values.
    const before = list[index - 1]
    if (typeof item === 'string' && typeof before === 'string' && isHeaderName(before))
      return redactHeader(before, item)
    // Other names count in lists of pairs only: `["password", "refresh_token"]` may be a list of grant types.
    if (Array.isArray(item) && item.length === 2 && typeof item[0] === 'string' && isSecretName(item[0])) {
      return [item[0], copy(item[1], { ...inside, named: true }, item[0])]
    }
    return copy(item, inside, name)
  })
}

function copyMembers(value: Record<string, unknown>, inside: Place): Record<string, unknown> {
  const entries = Object.entries(value)
  if (value instanceof Error) entries.push(['name', value.name], ['message', value.message])
  const label = [value.name, value.key].find((one): one is string => typeof one === 'string' && isSecretName(one))
  const isKey = typeof value.kty === 'string'
  return Object.fromEntries(
    entries.map(([name, member]) => {
      // HAR files: `{"name":"Authorization","value":"SSWS …"}`.
      if (name === 'value' && label !== undefined) return [name, copy(member, { ...inside, named: true }, label)]
      const named = isSecretName(name) || (isKey && privateMembers.has(name))
      const shown = copy(member, { ...inside, named }, name)
      return [redactText(name), withoutHookValues(name, shown, member, inside)]
    }),
  )
}

// What a hook shows its server has names of its own.
function withoutHookValues(name: string, shown: unknown, member: unknown, inside: Place): unknown {
  if (name === AUTH_SCHEME) return withoutValue(shown, member, inside)
  if (name !== HOOK_HEADERS || !Array.isArray(member) || !Array.isArray(shown)) return shown
  // HAR files call it `name`: there it is a header like any other.
  return member.map((one, i) => (isRecord(one) && 'key' in one ? withoutValue(shown[i], one, inside) : shown[i]))
}

function withoutValue(shown: unknown, labelled: unknown, inside: Place): unknown {
  if (!isRecord(labelled) || !isRecord(shown) || !('value' in labelled)) return shown
  return { ...shown, value: copy(labelled.value, { ...inside, named: true }, 'secret') }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
