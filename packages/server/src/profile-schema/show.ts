// What do the attributes of a schema look like on the wire?
import { changedBase, type ProfileAttribute, type ProfileSchema, type SchemaChanges } from '../entities/user-schema.ts'

/** The `definitions` of a schema: added attributes and Okta's own. */
export function showDefinitions(base: ProfileSchema, changes: SchemaChanges | undefined): Record<string, unknown> {
  return {
    custom: showPart('#custom', changes?.custom ?? {}),
    base: showPart('#base', changedBase(base, changes)),
  }
}

function showPart(id: string, schema: ProfileSchema): Record<string, unknown> {
  const attributes = Object.entries(schema)
  return {
    id,
    type: 'object',
    properties: Object.fromEntries(attributes.map(([name, attribute]) => [name, showAttribute(attribute)])),
    required: attributes.filter(([, { required }]) => required).map(([name]) => name),
  }
}

function showAttribute({ self, ...attribute }: ProfileAttribute): Record<string, unknown> {
  return {
    ...attribute,
    mutability: attribute.mutability ?? 'READ_WRITE',
    scope: attribute.scope ?? 'NONE',
    permissions: [{ principal: 'SELF', action: self }],
    master: attribute.master ?? { type: 'PROFILE_MASTER' },
  }
}
