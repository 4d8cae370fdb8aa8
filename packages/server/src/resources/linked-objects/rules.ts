// May a relationship between users be defined like this?
import { E0000001 } from '@errorg/errors/codes'
import type { LinkedObject, LinkSide } from '../../entities/linked-object.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldFault,
  type FieldTable,
  isObject,
  objectBody,
  refuseFaults,
  refuseValue,
} from '../../fields.ts'
import type { Settings } from '../../settings.ts'
import { failNameTaken } from './newer.ts'

type Contracted = Pick<Settings, 'contract'>

const sideFields: FieldTable = {
  name: {
    type: 'string',
    required: true,
    max: 128,
    form: {
      test: (text) => /^[A-Za-z_]\w*$/.test(text),
      says: "can't start with a digit and can only contain the characters a-z, A-Z, 0-9 and _",
    },
  },
  title: { type: 'string', required: true, max: 255 },
  description: { type: 'string', max: 1024 },
  type: { type: 'string', required: true, oneOf: ['USER'] },
}

const definitionFields: FieldTable = {
  primary: { type: 'object', fields: sideFields },
  associated: { type: 'object', fields: sideFields },
}

/** What a body says of a new relationship. */
export function readDefinition(body: unknown, settings: Contracted): Pick<LinkedObject, 'primary' | 'associated'> {
  const definition = objectBody(body)
  const faults: FieldFault[] = checkFields(definition, definitionFields)
  for (const side of ['associated', 'primary']) {
    if (isObject(definition[side])) continue
    faults.unshift({ field: side, says: 'The field cannot be left blank', kind: 'missing' })
  }
  refuseFaults(faults)
  const sides = { primary: sideOf(definition.primary), associated: sideOf(definition.associated) }
  if (sides.primary.name === sides.associated.name) nameTaken('associated.name', settings)
  return sides
}

function sideOf(value: unknown): LinkSide {
  const { name, title, description } = value as Record<string, unknown>
  return {
    name: String(name),
    title: String(title),
    ...(description !== undefined && description !== null && { description: String(description) }),
  }
}

// (documented)
const MOST_DEFINITIONS = 200

/** All names of all relationships differ, and there is room for 200. */
export function mayDefine(taken: { primary: boolean; associated: boolean }, count: number, settings: Contracted): void {
  if (taken.primary) nameTaken('primary.name', settings)
  if (taken.associated) nameTaken('associated.name', settings)
  if (count >= MOST_DEFINITIONS) {
    refuseValue('linkedObjects', `An org cannot have more than ${MOST_DEFINITIONS} linked object definitions`)
  }
}

function nameTaken(field: string, { contract }: Contracted): never {
  if (contract === 'current') failNameTaken(field)
  return fail(E0000001, 'link-name-taken', { field })
}

/** Nobody is their own manager. (inferred; the words are those of Okta's E0000261, which says no more) */
export function mustDiffer(name: string, associatedId: string, primaryId: string): void {
  if (associatedId === primaryId)
    refuseValue(name, `The value entered for linked object ${name} is invalid for this user.`)
}
