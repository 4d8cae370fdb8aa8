// Which rules about schemas, their attributes and linked objects can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { advance, call, settings } from '../../proofs/step.ts'

const badge = { title: 'Badge', type: 'string' }

/** A body that adds, changes or (with null) removes attributes of a schema. */
const custom = (properties: Record<string, unknown>) => ({ definitions: { custom: { id: '#custom', properties } } })

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }

/** Causes of E0000001 in this part of the API. */
export const schemasCauses = {
  'attribute-still-being-deleted': {
    kind: 'object-state-forbids-operation',
    says: 'An attribute of the same name was deleted a moment ago and its values are still being cleaned up.',
    tellApart: 'The cause says that the deletion process is incomplete. The same request succeeds later.',
    fix: [
      'Wait and send the request again; the clean-up takes seconds to minutes.',
      'If you only want to change the attribute, update it in place instead of deleting it.',
    ],
    operations: ['POST /api/v1/meta/schemas/user/default', 'POST /api/v1/meta/schemas/apps/{id}/default'],
    wire: {
      causes: [
        "You cannot add the attribute with the variable name '{attribute}' because the deletion process for an attribute with the same variable name is incomplete. Wait until the data clean up process finishes and then try again.",
      ],
    },
    sources: [
      {
        mark: 'recorded',
        where:
          'okta/terraform-provider-okta history of test/fixtures/vcr, TestAccResourceOktaUserSchema_crud (updateAppUserSchemas on an app schema)',
      },
    ],
    proof: {
      given: [
        settings({ delays: { schemaCleanupSeconds: 60 } }),
        call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge }) }),
        call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge: null }) }),
      ],
      call: call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge }) }),
      cure: [advance(61)],
    },
  },
  'attribute-name-taken': {
    kind: 'duplicate-object',
    says: 'The schema has an attribute of this name already, perhaps with other capitals: a base attribute, or an added one.',
    tellApart: 'The request changes a schema, and the cause speaks of a variable name.',
    fix: [
      'Read the schema and use the attribute that is there. Base attributes are changed under definitions.base.',
      'Otherwise choose a name that differs in more than upper and lower case.',
    ],
    operations: ['POST /api/v1/meta/schemas/user/{schemaId}', 'POST /api/v1/meta/schemas/apps/{id}/default'],
    wire: { causes: ["{attribute}: An attribute with the variable name '{attribute}' already exists"] },
    sources: [
      { mark: 'documented', where: 'Schemas reference, UserSchemaPublic (names that differ only by case collide)' },
      { mark: 'inferred', where: 'the sentence; no public example' },
    ],
    proof: {
      given: [
        call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge }) }),
        call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, badge: '7' } } }),
      ],
      call: call('POST /api/v1/meta/schemas/user/default', { body: custom({ Badge: badge }) }),
      cure: [call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge: null }) })],
    },
  },
  'array-items-missing': {
    kind: 'validation-invalid-value',
    says: 'An attribute of type array was defined without what it is made of.',
    tellApart: 'The summary begins with "Items not present for array property".',
    fix: [
      'Add `items` to the attribute: {"type": "array", "items": {"type": "string"}}. The type of the items is string, number or integer.',
      "If you send it and it does not arrive, look at your SDK's model of the attribute: several versions have no `items` and drop it. Set it as an additional property, or send the request without the SDK.",
    ],
    operations: ['POST /api/v1/meta/schemas/user/{schemaId}', 'POST /api/v1/meta/schemas/apps/{id}/default'],
    wire: { summary: 'Items not present for array property: {attribute}.' },
    sources: [
      { mark: 'reported', where: 'https://github.com/okta/okta-sdk-java/issues/1564 (the sentence)' },
      { mark: 'reported', where: 'https://github.com/okta/okta-sdk-nodejs/issues/480 (an SDK that drops the items)' },
    ],
    proof: {
      given: [],
      call: call('POST /api/v1/meta/schemas/user/default', {
        body: custom({ roles: { title: 'Roles', type: 'array' } }),
      }),
      mend: call('POST /api/v1/meta/schemas/user/default', {
        body: custom({ roles: { title: 'Roles', type: 'array', items: { type: 'string' } } }),
      }),
    },
  },
  'length-on-non-text': {
    kind: 'validation-invalid-value',
    says: 'minLength or maxLength was given for an attribute that is no text.',
    tellApart: 'The summary names the type and the two words.',
    fix: [
      'Leave minLength and maxLength out, or send null. Zero counts as given.',
      'For a number or integer, use minimum and maximum.',
      'Some SDKs send 0 for what you did not set: take a version in which the two can be null.',
    ],
    operations: ['POST /api/v1/meta/schemas/user/{schemaId}', 'POST /api/v1/meta/schemas/apps/{id}/default'],
    wire: {
      summary:
        'Api validation failed: The type: {type} is not a string type and supported with minLength and maxLength.',
    },
    sources: [{ mark: 'reported', where: 'https://github.com/okta/okta-sdk-dotnet/issues/702' }],
    proof: {
      given: [],
      call: call('POST /api/v1/meta/schemas/user/default', {
        body: custom({
          roles: { title: 'Roles', type: 'array', items: { type: 'string' }, minLength: 0, maxLength: 0 },
        }),
      }),
      mend: call('POST /api/v1/meta/schemas/user/default', {
        body: custom({ roles: { title: 'Roles', type: 'array', items: { type: 'string' } } }),
      }),
    },
  },
  'enum-value-wrong-type': {
    kind: 'validation-invalid-value',
    says: 'A value of enum is not of the type of the attribute, most often a number in quotes.',
    tellApart: 'The summary begins with "The enum constraint" and shows the value with its quotes.',
    fix: [
      'Write the values as JSON of the type: 0.01 and not "0.01" for number, 5 and not "5" for integer.',
      'Write each `const` of oneOf the same way, in the same order as enum.',
      'For an array, the values belong to `items.enum` and have the type of the items.',
      'An ObjectNode such as {"0":"g","1":"o"} is a text that your SDK spelled out (okta-sdk-nodejs 8.1 does): send the request without the SDK, or take another version.',
    ],
    operations: ['POST /api/v1/meta/schemas/user/{schemaId}', 'POST /api/v1/meta/schemas/apps/{id}/default'],
    wire: {
      summary:
        'The enum constraint com.fasterxml.jackson.databind.node.{node} {value} is not valid for the given property type {type}.',
    },
    sources: [{ mark: 'reported', where: 'https://github.com/okta/terraform-provider-okta/issues/1074' }],
    proof: {
      given: [],
      call: call('POST /api/v1/meta/schemas/user/default', {
        body: custom({ rate: { title: 'Rate', type: 'number', enum: ['0.01', '0.02'] } }),
      }),
      mend: call('POST /api/v1/meta/schemas/user/default', {
        body: custom({ rate: { title: 'Rate', type: 'number', enum: [0.01, 0.02] } }),
      }),
    },
  },
  'base-attribute-fixed': {
    kind: 'validation-invalid-value',
    says: 'The request removes or changes an attribute that Okta itself defines.',
    tellApart:
      'The attribute stands under definitions.base, and the cause says that base attributes cannot be changed.',
    fix: [
      'Of base attributes you can change permissions and master, `required` of firstName and lastName, and `pattern` of login. Leave the rest as GET shows it.',
      'To stop using an attribute, hide it: permissions [{"principal": "SELF", "action": "HIDE"}].',
      'For an attribute of your own, use definitions.custom and a name that no base attribute has.',
    ],
    operations: ['POST /api/v1/meta/schemas/user/{schemaId}', 'POST /api/v1/meta/schemas/group/default'],
    wire: { causes: ["{attribute}: The base attribute '{attribute}' cannot be changed in this way"] },
    sources: [
      { mark: 'documented', where: 'Schemas reference, User Profile base subschema (what can be changed)' },
      { mark: 'inferred', where: 'the sentence; no public example' },
    ],
    proof: {
      given: [],
      call: call('POST /api/v1/meta/schemas/user/default', {
        body: { definitions: { base: { id: '#base', properties: { email: { required: false } } } } },
      }),
      mend: call('POST /api/v1/meta/schemas/user/default', {
        body: { definitions: { base: { id: '#base', properties: { lastName: { required: false } } } } },
      }),
    },
  },
  'attribute-values-not-unique': {
    kind: 'object-state-forbids-operation',
    says: 'The attribute was to become unique, but there are users (or groups) with the same value.',
    tellApart: 'The request sets `unique` on an attribute that has values already.',
    fix: [
      'Find the values that occur twice: search by the attribute, or list all users and count.',
      'Change or clear them, then send the same request again.',
    ],
    operations: ['POST /api/v1/meta/schemas/user/{schemaId}', 'POST /api/v1/meta/schemas/group/default'],
    wire: {
      causes: ["{attribute}: The attribute '{attribute}' cannot be changed to unique because a value is in use twice"],
    },
    sources: [
      { mark: 'documented', where: 'Schemas reference, Unique attributes (values are checked)' },
      { mark: 'inferred', where: 'the sentence; no public example' },
    ],
    proof: {
      given: [
        call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge }) }),
        call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, badge: '7' } }, keep: { user: '/id' } }),
        call('POST /api/v1/users?activate=false', {
          body: { profile: { ...ada, login: 'bob@example.com', email: 'bob@example.com', badge: '7' } },
        }),
      ],
      call: call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge: { ...badge, unique: true } }) }),
      cure: [call('POST /api/v1/users/{user}', { body: { profile: { badge: '8' } } })],
    },
  },
  'attribute-type-wrong': {
    kind: 'validation-invalid-value',
    says: 'The value of an added attribute is of another type than its schema says: a text for a list, a number in quotes.',
    tellApart: 'The cause is "Invalid value data type for property" and names the attribute.',
    fix: [
      "Look at the attribute's type: GET /api/v1/meta/schemas/user/default, definitions.custom.",
      'Send that JSON type: ["a", "b"] for an array (also for one value), 38 and not "38" for number and integer, true and not "true" for boolean.',
      'If you send back what you have read, check what your SDK makes of lists: some send them as one text.',
    ],
    operations: ['POST /api/v1/users', 'POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}'],
    wire: {
      summary: 'Api validation failed: {object}',
      causes: ["Invalid value data type for property '{property}'"],
    },
    sources: [
      { mark: 'reported', where: 'https://github.com/okta/okta-sdk-java/issues/858 (userProfile, on PUT)' },
      { mark: 'inferred', where: 'the summary of a POST, as recorded for an attribute that is not defined' },
    ],
    proof: {
      given: [
        call('POST /api/v1/meta/schemas/user/default', {
          body: custom({ skills: { title: 'Skills', type: 'array', items: { type: 'string' } } }),
        }),
      ],
      call: call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, skills: 'chess' } } }),
      mend: call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, skills: ['chess'] } } }),
    },
  },
  'attribute-value-taken': {
    kind: 'duplicate-object',
    says: 'Another user (or group) has this value, and the attribute was declared unique.',
    tellApart: 'The cause names an attribute that administrators added, not login or name.',
    fix: [
      'Find who has it: GET /api/v1/users?search=profile.{attribute} eq "{value}". Users of every type count.',
      'Choose another value, or clear it at the other user first.',
      'If the attribute need not be unique, set `unique` to false in the schema.',
    ],
    operations: ['POST /api/v1/users', 'POST /api/v1/users/{id}', 'PUT /api/v1/users/{id}'],
    wire: { causes: ['{field}: An object with this field already exists in the current organization'] },
    sources: [
      { mark: 'documented', where: 'Schemas reference, Unique attributes (the rule)' },
      { mark: 'inferred', where: 'the sentence is that of a taken login' },
    ],
    proof: {
      given: [
        call('POST /api/v1/meta/schemas/user/default', { body: custom({ badge: { ...badge, unique: true } }) }),
        call('POST /api/v1/users?activate=false', { body: { profile: { ...ada, badge: '7' } }, keep: { user: '/id' } }),
      ],
      call: call('POST /api/v1/users?activate=false', {
        body: { profile: { ...ada, login: 'bob@example.com', email: 'bob@example.com', badge: '7' } },
      }),
      cure: [call('POST /api/v1/users/{user}', { body: { profile: { badge: '8' } } })],
    },
  },
  'link-name-taken': {
    kind: 'duplicate-object',
    says: 'Another linked object definition has one of the two names, as its primary or its associated one.',
    tellApart: 'The request makes a linked object definition. Orgs of today answer the same with 409.',
    fix: [
      'List the definitions: GET /api/v1/meta/schemas/user/linkedObjects, and use the one that is there.',
      'Otherwise choose other names. All names of all definitions must differ.',
    ],
    operations: ['POST /api/v1/meta/schemas/user/linkedObjects'],
    wire: { causes: ['{field}: An object with this field already exists in the current organization'] },
    sources: [
      {
        mark: 'reported',
        where: 'okta/okta-sdk-dotnet LinkedObjectApiTests (409, a status that this code does not have; it stands in)',
      },
      { mark: 'inferred', where: 'the sentence, by analogy with the other unique names' },
    ],
    proof: {
      contract: 'reference',
      given: [
        call('POST /api/v1/meta/schemas/user/linkedObjects', {
          body: {
            primary: { name: 'manager', title: 'Manager', type: 'USER' },
            associated: { name: 'subordinate', title: 'Subordinate', type: 'USER' },
          },
        }),
      ],
      call: call('POST /api/v1/meta/schemas/user/linkedObjects', {
        body: {
          primary: { name: 'lead', title: 'Lead', type: 'USER' },
          associated: { name: 'subordinate', title: 'Subordinate', type: 'USER' },
        },
      }),
      cure: [call('DELETE /api/v1/meta/schemas/user/linkedObjects/manager')],
    },
  },
} as const satisfies Record<string, Cause>
