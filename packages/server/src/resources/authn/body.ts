// What may be sent to the Authentication API?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import { fail } from '../../fail.ts'
import { type JsonObject, objectBody } from '../../fields.ts'

/** A member that must be text where it is present; "" counts as absent. */
export function textOf(body: JsonObject, name: string): string | undefined {
  const value = body[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'object') return fail(E0000003, 'body-unreadable-shape')
  return String(value)
}

/** Members that must be there, all of them; Okta names them together. */
export function textsOf<const Names extends readonly string[]>(
  body: unknown,
  names: Names,
): { [I in keyof Names]: string } {
  const sent = objectBody(body)
  const values = names.map((name) => textOf(sent, name))
  if (values.includes(undefined)) {
    const quoted = names.map((name) => `'${name}'`).join(' and ')
    const verb = names.length === 1 ? 'attribute is' : 'attributes are'
    fail(E0000001, 'required-field-missing', {
      field: 'authRequest',
      causes: [`The ${quoted} ${verb} required in this context.`],
    })
  }
  return values as { [I in keyof Names]: string }
}
