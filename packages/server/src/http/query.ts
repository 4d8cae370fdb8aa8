// How are switches in a query read?
import { E0000037 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Exchange } from './exchange.ts'

/** `?name=true` or `false` in any case; absent or empty is `otherwise`; anything else is E0000037. */
export function readFlag(x: Exchange, name: string, otherwise: boolean): boolean {
  const text = x.query.get(name)
  if (text === null || text === '') return otherwise
  const word = text.toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  return fail(E0000037, 'flag-unreadable', {
    parameter: name,
    value: text,
    message: `${name}: '${text.slice(0, 40)}' is not true or false`,
  })
}
