// Which operations does the API have on the layouts of enrollment forms?
import { E0000007, E0000008 } from '@errorg/errors/codes'
import { isoDate } from '../../clock.ts'
import { type UiSchema, uiSchemas } from '../../entities/ui-schema.ts'
import { fail } from '../../fail.ts'
import {
  checkFields,
  type FieldTable,
  isBlank,
  isObject,
  type JsonObject,
  objectBody,
  objectMember,
  refuseFaults,
} from '../../fields.ts'
import { type Answer, type Exchange, noContent, ok } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { put, remove, type Stored } from '../../state/state.ts'

const FORMS = '/api/v1/meta/uischemas'

async function list(org: Org): Promise<Answer> {
  return ok((await org.state.scan(uiSchemas)).map((row) => show(org, row)))
}

async function add(org: Org, x: Exchange): Promise<Answer> {
  const id = org.ids.next('uis')
  const value: UiSchema = { uiSchema: readForm(x.body), createdAt: x.now, lastUpdatedAt: x.now }
  await org.state.change([put(uiSchemas, id, value)])
  return ok(show(org, { id, value }))
}

async function get(org: Org, x: Exchange): Promise<Answer> {
  return ok(show(org, await loadForm(org, x)))
}

async function replace(org: Org, x: Exchange): Promise<Answer> {
  const row = await loadForm(org, x)
  const value: UiSchema = { ...row.value, uiSchema: readForm(x.body), lastUpdatedAt: x.now }
  await org.state.change([put(uiSchemas, row.id, value, row)])
  return ok(show(org, { id: row.id, value }))
}

// Today one that is gone already is no fault (reported).
async function drop(org: Org, x: Exchange): Promise<Answer> {
  const isOld = org.settings.contract === 'reference'
  const row = isOld ? await loadForm(org, x) : await org.state.load(uiSchemas, x.params.id!)
  if (row) await org.state.change([remove(uiSchemas, row)])
  return noContent()
}

/** The form that the path names. A missing one was E0000008 once (documented) and is E0000007 today (recorded). */
async function loadForm(org: Org, x: Exchange): Promise<Stored<UiSchema>> {
  const id = x.params.id!
  const row = await org.state.load(uiSchemas, id)
  if (row) return row
  if (org.settings.contract === 'reference') return fail(E0000008, 'ui-schema-missing')
  return fail(E0000007, 'resource-missing', { id, type: 'UISchemaEntity' })
}

const formats = ['text', 'radio', 'select', 'checkbox', 'radio_yes_no', 'radio_true_false']

const formFields: FieldTable = {
  type: { type: 'string' },
  label: { type: 'string' },
  buttonLabel: { type: 'string' },
  elements: {
    type: 'array',
    max: 100,
    fields: {
      type: { type: 'string', required: true, oneOf: ['Control'] },
      label: { type: 'string' },
      scope: {
        type: 'string',
        required: true,
        form: {
          test: (text) => /^#\/properties\/[A-Za-z]\w*$/.test(text),
          says: 'must follow the format #/properties/PROPERTY_NAME',
        },
      },
      options: { type: 'object', fields: { format: { type: 'string', oneOf: formats } } },
    },
  },
}

/** The layout that a body gives. */
function readForm(body: unknown): JsonObject {
  const form = objectMember(objectBody(body), 'uiSchema') ?? {}
  refuseFaults(checkFields(form, formFields))
  const { type, label, buttonLabel, elements } = form
  return {
    type: textOr(type, 'Group'),
    label: textOr(label, 'Sign in'),
    buttonLabel: textOr(buttonLabel, 'Submit'),
    elements: (Array.isArray(elements) ? elements : []).map(elementOf),
  }
}

function elementOf({ type, scope, label, options }: JsonObject): JsonObject {
  return {
    type,
    scope,
    ...(label !== undefined && label !== null && { label: String(label) }),
    ...(isObject(options) && typeof options.format === 'string' && { options: { format: options.format } }),
  }
}

const textOr = (value: unknown, otherwise: string): string => (isBlank(value) ? otherwise : String(value))

function show(org: Org, { id, value }: Pick<Stored<UiSchema>, 'id' | 'value'>): Record<string, unknown> {
  const self = { href: `${org.baseUrl}${FORMS}/${id}`, hints: { allow: ['GET', 'PUT', 'DELETE'] } }
  return {
    id,
    uiSchema: value.uiSchema,
    created: isoDate(value.createdAt),
    lastUpdated: isoDate(value.lastUpdatedAt),
    _links: { self },
  }
}

/** Rows of the route table. */
export const uiSchemaRoutes: readonly RouteRow[] = [
  { on: `GET ${FORMS}`, operation: 'listUISchemas', needs: 'types.read', handle: list },
  { on: `POST ${FORMS}`, operation: 'createUISchema', needs: 'types.manage', body: 'json', handle: add },
  { on: `GET ${FORMS}/:id`, operation: 'getUISchema', needs: 'types.read', handle: get },
  { on: `PUT ${FORMS}/:id`, operation: 'replaceUISchemas', needs: 'types.manage', body: 'json', handle: replace },
  { on: `DELETE ${FORMS}/:id`, operation: 'deleteUISchemas', needs: 'types.manage', handle: drop },
]
