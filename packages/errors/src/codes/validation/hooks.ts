// Which rules about hooks and their keys can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { answering, verifying } from '../../proofs/peers.ts'
import { call } from '../../proofs/step.ts'

const eventDocs = 'Event Hooks reference'
const inlineDocs = 'Inline Hooks reference'

const subscription = { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] }
const channel = (uri: string, config: object = {}) => ({ type: 'HTTP', version: '1.0.0', config: { uri, ...config } })

const HOOK = 'https://hooks.example.com/okta'

const eventHook = (name: string, uri = HOOK, more: object = {}) => ({
  name,
  events: subscription,
  channel: channel(uri),
  ...more,
})

const inlineHook = (name: string, uri = HOOK, type = 'com.okta.oauth2.tokens.transform') => ({
  name,
  type,
  version: '1.0.0',
  channel: channel(uri, { method: 'POST' }),
})

/** Causes of E0000001 in this part of the API. */
export const hooksCauses = {
  'hook-name-taken': {
    kind: 'duplicate-object',
    says: 'Another hook of this kind, or another hook key, has this name already.',
    tellApart: 'The cause is about name and the request went to /eventHooks, /inlineHooks or /hook-keys.',
    fix: [
      'List the hooks: GET /api/v1/eventHooks or /api/v1/inlineHooks, and update the one with this name.',
      'Otherwise choose another name, or deactivate and delete the old hook first.',
    ],
    operations: [
      'POST /api/v1/eventHooks',
      'POST /api/v1/inlineHooks',
      'POST /api/v1/hook-keys',
      'PUT /api/v1/eventHooks/{id}',
      'PUT /api/v1/inlineHooks/{id}',
      'POST /api/v1/inlineHooks/{id}',
      'PUT /api/v1/hook-keys/{id}',
    ],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [
      {
        mark: 'documented',
        where: `${eventDocs} and ${inlineDocs}: the name is unique (the text on the wire is inferred)`,
      },
    ],
    proof: {
      given: [call('POST /api/v1/inlineHooks', { body: inlineHook('Payroll'), keep: { hook: '/id' } })],
      call: call('POST /api/v1/inlineHooks', { body: inlineHook('Payroll') }),
      cure: [call('PUT /api/v1/inlineHooks/{hook}', { body: inlineHook('Old payroll') })],
    },
  },
  'hook-uri-refused': {
    kind: 'validation-invalid-value',
    says: 'The address that the hook is to call is no https:// URL.',
    tellApart: 'The cause names uri or tokenUrl.',
    fix: [
      'Give an absolute URL that begins with https://, without blanks, without a user name, of at most 1,024 characters.',
      'For a service on your own machine: Okta cannot reach it, so put a tunnel in front. errorg calls http:// too, but only at localhost, 127.0.0.1 and [::1].',
    ],
    operations: [
      'POST /api/v1/eventHooks',
      'PUT /api/v1/eventHooks/{id}',
      'POST /api/v1/inlineHooks',
      'PUT /api/v1/inlineHooks/{id}',
    ],
    wire: {
      summary: 'Api validation failed: {field}',
      causes: ['{field}: The URL must begin with https:// and be reachable by Okta'],
    },
    sources: [
      {
        mark: 'documented',
        where: `${eventDocs} and ${inlineDocs}: "Must begin with https://" (the text is inferred)`,
      },
    ],
    proof: {
      given: [],
      call: call('POST /api/v1/eventHooks', { body: eventHook('Audit', 'http://hooks.example.com/okta') }),
      mend: call('POST /api/v1/eventHooks', { body: eventHook('Audit') }),
    },
  },
  'hook-header-reserved': {
    kind: 'validation-invalid-value',
    says: 'The hook is to send a header that Okta sets itself, such as Accept or Content-Type.',
    tellApart: 'The cause begins with headers or authScheme and names the header.',
    fix: [
      'Take the header out of channel.config.headers: Okta sends Accept and Content-Type as application/json.',
      'For a header of your own choose a name of its own, such as X-My-Service.',
    ],
    operations: ['POST /api/v1/eventHooks', 'POST /api/v1/inlineHooks'],
    wire: {
      summary: 'Api validation failed: {field}',
      causes: ['{field}: The header {header} is reserved and cannot be set'],
    },
    sources: [
      {
        mark: 'documented',
        where: `${eventDocs}, config object: "Some reserved headers, such as Accept, are disallowed" (the list and the text are inferred)`,
      },
    ],
    proof: {
      given: [],
      call: call('POST /api/v1/eventHooks', {
        body: { ...eventHook('Audit'), channel: channel(HOOK, { headers: [{ key: 'Accept', value: 'text/xml' }] }) },
      }),
      mend: call('POST /api/v1/eventHooks', {
        body: { ...eventHook('Audit'), channel: channel(HOOK, { headers: [{ key: 'X-Team', value: 'audit' }] }) },
      }),
    },
  },
  'hook-auth-scheme-unknown': {
    kind: 'validation-invalid-value',
    says: 'The hook is to show who is calling in a way that is not supported: authScheme.type is not HEADER.',
    fix: [
      'Set authScheme to { "type": "HEADER", "key": "Authorization", "value": "…" }. For basic authentication the value is "Basic " and the base64 text of user:password.',
      'For OAuth 2.0 (inline hooks only) set channel.type to OAUTH and leave authScheme out.',
    ],
    operations: ['POST /api/v1/eventHooks', 'POST /api/v1/inlineHooks'],
    wire: {
      summary: 'Api validation failed: authScheme',
      causes: ["authScheme: '{type}' is not a supported authentication scheme. Supported: HEADER"],
    },
    sources: [
      {
        mark: 'documented',
        where: `${eventDocs}: "Currently only supports HEADER" (the text on the wire is inferred)`,
      },
    ],
    proof: {
      given: [],
      call: call('POST /api/v1/inlineHooks', {
        body: {
          ...inlineHook('Payroll'),
          channel: channel(HOOK, { authScheme: { type: 'BASIC', key: 'Authorization', value: 'YTpi' } }),
        },
      }),
      mend: call('POST /api/v1/inlineHooks', {
        body: {
          ...inlineHook('Payroll'),
          channel: channel(HOOK, { authScheme: { type: 'HEADER', key: 'Authorization', value: 'Basic YTpi' } }),
        },
      }),
    },
  },
  'hook-events-unknown': {
    kind: 'validation-invalid-value',
    says: 'The event hook subscribes to an event type that does not exist, or that hooks cannot have.',
    tellApart: 'The cause speaks of the list of events and names those that are not accepted.',
    fix: [
      'Look the type up in the event types catalogue (developer.okta.com, Event Types) and search for event-hook-eligible: most types of the System Log are not.',
      'Check the spelling: user.lifecycle.delete.initiated, not user.lifecycle.delete.',
      'For types that hooks cannot have, poll GET /api/v1/logs instead.',
    ],
    operations: ['POST /api/v1/eventHooks', 'PUT /api/v1/eventHooks/{id}'],
    wire: {
      summary: 'Api validation failed: events',
      causes: ['events: Invalid list of events provided: {events}'],
    },
    sources: [
      {
        mark: 'documented',
        where: `${eventDocs}: only eligible types can be subscribed to (the text on the wire is inferred)`,
      },
    ],
    proof: {
      given: [],
      call: call('POST /api/v1/eventHooks', {
        body: eventHook('Audit', HOOK, { events: { type: 'EVENT_TYPE', items: ['policy.evaluate_sign_on'] } }),
      }),
      mend: call('POST /api/v1/eventHooks', {
        body: eventHook('Audit', HOOK, { events: { type: 'EVENT_TYPE', items: ['user.session.start'] } }),
      }),
    },
  },
  'event-filter-unreadable': {
    kind: 'validation-invalid-value',
    says: 'The filter of an event hook is no expression that Okta can read, or it is for an event that the hook does not get.',
    tellApart: 'The cause begins with filter.',
    fix: [
      "Write it as an expression about event: event.outcome.result == 'SUCCESS' && event.target.?[type eq 'UserGroup'].size()>0",
      'Name in eventFilterMap only event types that stand in events.items too.',
    ],
    operations: ['POST /api/v1/eventHooks', 'PUT /api/v1/eventHooks/{id}'],
    wire: {
      summary: 'Api validation failed: filter',
      causes: ["filter: The filter of the event '{event}' is not valid: {expression}"],
    },
    sources: [
      { mark: 'inferred', where: 'Event hooks concept, "Create an event hook filter": no refusal of one is public' },
    ],
    proof: {
      given: [],
      call: call('POST /api/v1/eventHooks', {
        body: eventHook('Sales', HOOK, {
          events: {
            ...subscription,
            filter: {
              type: 'EXPRESSION_LANGUAGE',
              eventFilterMap: [
                { event: 'user.lifecycle.create', condition: { expression: "event.target.?[type eq 'User'" } },
              ],
            },
          },
        }),
      }),
      mend: call('POST /api/v1/eventHooks', {
        body: eventHook('Sales', HOOK, {
          events: {
            ...subscription,
            filter: {
              type: 'EXPRESSION_LANGUAGE',
              eventFilterMap: [
                {
                  event: 'user.lifecycle.create',
                  condition: { expression: "event.target.?[type eq 'User'].size()>0" },
                },
              ],
            },
          },
        }),
      }),
    },
  },
  'hook-limit-reached': {
    kind: 'object-state-forbids-operation',
    says: 'The org has as many hooks of this kind, or as many hook keys, as it may have.',
    tellApart: 'The cause names the limit: 25 event hooks, 50 inline hooks, 50 hook keys.',
    fix: [
      'Delete hooks that nobody needs (deactivate them first), or let one hook subscribe to more event types.',
      'Look for a test or a deployment that makes hooks and does not delete them.',
    ],
    operations: ['POST /api/v1/eventHooks', 'POST /api/v1/inlineHooks', 'POST /api/v1/hook-keys'],
    wire: {
      summary: 'Api validation failed: The limit is reached',
      causes: ['The maximum number of {things} ({most}) is reached'],
    },
    sources: [
      { mark: 'documented', where: 'help.okta.com, Create an event hook: "A maximum of 25 event hooks are allowed"' },
      {
        mark: 'documented',
        where: `${inlineDocs} and Hook Keys reference: 50 each (the text on the wire is inferred)`,
      },
    ],
    proof: {
      given: [
        {
          step: 'times',
          count: 25,
          steps: [call('POST /api/v1/eventHooks', { body: eventHook('Hook {n}'), keep: { hook: '/id' } })],
        },
      ],
      call: call('POST /api/v1/eventHooks', { body: eventHook('One more') }),
      cure: [call('POST /api/v1/eventHooks/{hook}/lifecycle/deactivate'), call('DELETE /api/v1/eventHooks/{hook}')],
    },
  },
  'hook-still-active': {
    kind: 'object-state-forbids-operation',
    says: 'The hook was to be deleted and is ACTIVE.',
    tellApart: 'Only on DELETE of an event hook or an inline hook.',
    fix: [
      'Deactivate the hook first: POST …/lifecycle/deactivate. Then delete it.',
      'Look first who counts on it: access rules that name the hook, users whose password it imports.',
    ],
    operations: ['DELETE /api/v1/eventHooks/{id}', 'DELETE /api/v1/inlineHooks/{id}'],
    wire: {
      summary: 'Api validation failed: id',
      causes: ['id: The hook {name} cannot be deleted because it is active. It must be deactivated first.'],
    },
    sources: [
      {
        mark: 'documented',
        where: `${eventDocs} and ${inlineDocs}: only those with a status of INACTIVE can be deleted (the text is inferred)`,
      },
    ],
    proof: {
      given: [call('POST /api/v1/eventHooks', { body: eventHook('Audit'), keep: { hook: '/id' } })],
      call: call('DELETE /api/v1/eventHooks/{hook}'),
      cure: [call('POST /api/v1/eventHooks/{hook}/lifecycle/deactivate')],
    },
  },
  'hook-not-active': {
    kind: 'object-state-forbids-operation',
    says: 'The inline hook was to be executed and is INACTIVE.',
    fix: ['Activate the hook: POST /api/v1/inlineHooks/{id}/lifecycle/activate. Then execute it again.'],
    operations: ['POST /api/v1/inlineHooks/{id}/execute'],
    wire: {
      summary: 'Api validation failed: id',
      causes: ['id: The inline hook {name} is in inactive status and cannot be executed'],
    },
    sources: [
      { mark: 'documented', where: `${inlineDocs}: "INACTIVE blocks execution" (the text on the wire is inferred)` },
    ],
    proof: {
      given: [
        ...answering({ commands: [] }, 'service'),
        call('POST /api/v1/inlineHooks', { body: inlineHook('Payroll', '{service}'), keep: { hook: '/id' } }),
        call('POST /api/v1/inlineHooks/{hook}/lifecycle/deactivate'),
      ],
      call: call('POST /api/v1/inlineHooks/{hook}/execute', { body: { data: {} } }),
      cure: [call('POST /api/v1/inlineHooks/{hook}/lifecycle/activate')],
    },
  },
  'hook-verification-failed': {
    kind: 'object-state-forbids-operation',
    says: 'The endpoint of an event hook did not send back the verification value that Okta had sent to it.',
    tellApart: 'Only on …/lifecycle/verify; the cause says what the endpoint did.',
    fix: [
      'Answer a GET with status 200, content type application/json and { "verification": "…" }: the value of the request header X-Okta-Verification-Challenge.',
      'Answer within three seconds and without a redirect. Okta sends the headers of the hook and no other sign of who it is: your service must not ask for more.',
      'Try it by hand: curl -H "X-Okta-Verification-Challenge: abc" {uri of the hook}.',
    ],
    operations: ['POST /api/v1/eventHooks/{id}/lifecycle/verify'],
    wire: {
      summary: 'Api validation failed: Event hook verification failed',
      causes: ['The event hook cannot be verified because of its endpoint: {says}'],
    },
    sources: [
      {
        mark: 'documented',
        where: `${eventDocs}, Verify an event hook: "a 400 error with more information about the failure" (the text is inferred)`,
      },
    ],
    proof: {
      given: [
        ...answering({ verification: 'always the same' }, 'wrong'),
        ...verifying('right'),
        call('POST /api/v1/eventHooks', { body: eventHook('Audit', '{wrong}'), keep: { hook: '/id' } }),
      ],
      call: call('POST /api/v1/eventHooks/{hook}/lifecycle/verify'),
      cure: [call('PUT /api/v1/eventHooks/{hook}', { body: eventHook('Audit', '{right}') })],
    },
  },
  'hook-execution-failed': {
    kind: 'object-state-forbids-operation',
    says: 'The service of an inline hook could not be reached, answered with an error status, or with something that is no answer to a hook.',
    tellApart: 'Only on …/execute; the cause says what the service did.',
    fix: [
      'Look at the log of your service, and at the System Log event inline_hook.executed.',
      'Answer within three seconds with status 200 and a JSON object with commands or error, or with 204 and no body.',
      'With OAuth 2.0 check that tokenUrl gives an access_token for the client id and secret (or key) of the hook.',
    ],
    operations: ['POST /api/v1/inlineHooks/{id}/execute'],
    wire: {
      summary: 'Api validation failed: Inline hook execution failed',
      causes: ['The inline hook cannot be executed because of its external service: {says}'],
    },
    sources: [
      {
        mark: 'documented',
        where: `${inlineDocs}, Execute an inline hook: "a 400 error is returned with more information about what failed" (the text is inferred)`,
      },
    ],
    proof: {
      given: [
        ...answering({ message: 'down for maintenance' }, 'broken', 503),
        ...answering({ commands: [] }, 'working'),
        call('POST /api/v1/inlineHooks', { body: inlineHook('Payroll', '{broken}'), keep: { hook: '/id' } }),
      ],
      call: call('POST /api/v1/inlineHooks/{hook}/execute', { body: { data: {} } }),
      cure: [call('PUT /api/v1/inlineHooks/{hook}', { body: inlineHook('Payroll', '{working}') })],
    },
  },
  'inline-hook-unknown': {
    kind: 'resource-not-found',
    says: 'An access rule names an inline hook that does not exist, or one that is no token hook.',
    tellApart: 'The cause begins with inlineHook.',
    fix: [
      'List the token hooks of this org: GET /api/v1/inlineHooks?type=com.okta.oauth2.tokens.transform, and name one by its id.',
      'Ids differ between orgs: do not copy rules from one org to another without the ids.',
    ],
    operations: [
      'POST /api/v1/authorizationServers/{authServerId}/policies/{policyId}/rules',
      'PUT /api/v1/authorizationServers/{authServerId}/policies/{policyId}/rules/{ruleId}',
    ],
    wire: {
      summary: 'Api validation failed: inlineHook',
      causes: ['inlineHook: The token inline hook {id} does not exist'],
    },
    sources: [{ mark: 'inferred', where: 'Authorization Server Rules reference: inlineHook.id names a token hook' }],
    proof: {
      given: [
        call('GET /api/v1/authorizationServers/default/policies', { keep: { policy: '/0/id' } }),
        call('POST /api/v1/inlineHooks', { body: inlineHook('Payroll'), keep: { hook: '/id' } }),
        call('POST /api/v1/inlineHooks/{hook}/lifecycle/deactivate'),
        call('DELETE /api/v1/inlineHooks/{hook}'),
        call('POST /api/v1/inlineHooks', { body: inlineHook('Payroll'), keep: { other: '/id' } }),
      ],
      call: call('POST /api/v1/authorizationServers/default/policies/{policy}/rules', { body: ruleWith('{hook}') }),
      mend: call('POST /api/v1/authorizationServers/default/policies/{policy}/rules', { body: ruleWith('{other}') }),
    },
  },
  'hook-key-unknown': {
    kind: 'resource-not-found',
    says: 'An inline hook with a private key names a hook key that does not exist.',
    tellApart: 'The cause begins with hookKeyId.',
    fix: [
      'List the keys: GET /api/v1/hook-keys, and take the id (HKY…), not the keyId.',
      'Make a key: POST /api/v1/hook-keys with a name.',
    ],
    operations: ['POST /api/v1/inlineHooks', 'PUT /api/v1/inlineHooks/{id}'],
    wire: {
      summary: 'Api validation failed: hookKeyId',
      causes: ['hookKeyId: The hook key {id} does not exist'],
    },
    sources: [{ mark: 'inferred', where: `${inlineDocs}: hookKeyId is the id of a key of the Hook Keys API` }],
    proof: {
      given: [call('POST /api/v1/hook-keys', { body: { name: 'Signing' }, keep: { key: '/id', keyId: '/keyId' } })],
      call: call('POST /api/v1/inlineHooks', { body: keyedHook('{keyId}') }),
      mend: call('POST /api/v1/inlineHooks', { body: keyedHook('{key}') }),
    },
  },
  'hook-key-in-use': {
    kind: 'object-state-forbids-operation',
    says: 'The hook key was to be deleted and an inline hook uses it.',
    tellApart: 'Only on DELETE of a hook key with "isUsed": true.',
    fix: [
      'Find the hook: GET /api/v1/inlineHooks, and look for hookKeyId in channel.config.',
      'Give the hook another key, or delete the hook. Then delete the key.',
    ],
    operations: ['DELETE /api/v1/hook-keys/{id}'],
    wire: {
      summary: 'Api validation failed: id',
      causes: ['id: The hook key {id} cannot be deleted because it is currently in use'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'Hook Keys reference: "only keys that aren\'t being used are eligible for deletion" (the text is inferred)',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/hook-keys', { body: { name: 'Signing' }, keep: { key: '/id' } }),
        call('POST /api/v1/inlineHooks', { body: keyedHook('{key}'), keep: { hook: '/id' } }),
      ],
      call: call('DELETE /api/v1/hook-keys/{key}'),
      cure: [call('POST /api/v1/inlineHooks/{hook}/lifecycle/deactivate'), call('DELETE /api/v1/inlineHooks/{hook}')],
    },
  },
} satisfies Record<string, Cause>

function ruleWith(hook: string): object {
  return {
    type: 'RESOURCE_ACCESS',
    name: 'With a hook',
    priority: 1,
    conditions: {
      people: { groups: { include: ['EVERYONE'] } },
      grantTypes: { include: ['authorization_code'] },
      scopes: { include: ['*'] },
    },
    actions: { token: { accessTokenLifetimeMinutes: 60, inlineHook: { id: hook } } },
  }
}

function keyedHook(hookKeyId: string): object {
  return {
    ...inlineHook('Keyed'),
    channel: {
      type: 'OAUTH',
      version: '1.0.0',
      config: {
        uri: HOOK,
        method: 'POST',
        authType: 'private_key_jwt',
        clientId: 'okta',
        tokenUrl: 'https://login.example.com/token',
        hookKeyId,
      },
    },
  }
}
