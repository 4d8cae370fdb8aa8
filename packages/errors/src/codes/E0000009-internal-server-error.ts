// What does E0000009 mean: is it really the server's fault, and is it safe to send the request again?
import { defineError } from '../define.ts'
import { advance, call, settings } from '../proofs/step.ts'

/** The server failed while it worked on the request. */
export const E0000009 = defineError({
  code: 'E0000009',
  title: 'Internal server error',
  area: 'service',
  retry: 'with-backoff',
  reference: { status: 500, description: 'Internal Server Error.' },
  current: { status: 500, summary: 'Internal Server Error' },
  note:
    'The summary is not constant: the System Log replaces it. Repeat reads, PUT and DELETE with growing waits. Before ' +
    'you repeat a POST, read back: the first one may have done its work. Several recorded cases were two changes that ' +
    'met, not a fault of the service; these go away when you send changes one after the other.',
  causes: {
    'user-type-busy': {
      kind: 'okta-service-error',
      says: 'The user type is still being set up and cannot be deleted yet.',
      tellApart: 'The request deletes a user type that was created seconds ago.',
      fix: ['Wait some seconds and send the DELETE again, with growing waits.'],
      operations: ['DELETE /api/v1/meta/types/user/{id}'],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaUserType_crud (27 times in all versions)',
        },
      ],
      proof: {
        given: [
          settings({ delays: { userTypeSeconds: 30 } }),
          call('POST /api/v1/meta/types/user', {
            body: { name: 'contractor', displayName: 'Contractor' },
            keep: { type: '/id' },
          }),
        ],
        call: call('DELETE /api/v1/meta/types/user/{type}'),
        cure: [advance(31)],
      },
    },
    'schema-update-collided': {
      kind: 'okta-service-error',
      says: 'Two changes of one schema arrived at the same moment.',
      tellApart: 'Your program sends schema changes in parallel; one after the other they all succeed.',
      fix: [
        'Read the schema to see which change arrived.',
        'Send the missing one again, and all further ones one after the other (Terraform: -parallelism=1), or several attributes in one request.',
      ],
      operations: ['POST /api/v1/meta/schemas/user/default', 'POST /api/v1/meta/schemas/apps/{id}/default'],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta history of test/fixtures/vcr, TestAccResourceOktaUserSchema_parallel_api_calls',
        },
      ],
      proof: {
        given: [
          settings({ delays: { schemaUpdateSeconds: 10 } }),
          call('POST /api/v1/meta/schemas/user/default', {
            body: {
              definitions: { custom: { id: '#custom', properties: { badge: { title: 'Badge', type: 'string' } } } },
            },
          }),
        ],
        call: call('POST /api/v1/meta/schemas/user/default', {
          body: { definitions: { custom: { id: '#custom', properties: { team: { title: 'Team', type: 'string' } } } } },
        }),
        cure: [advance(11)],
      },
    },
    'app-deletion-faulted': {
      kind: 'okta-service-error',
      says: 'The app could not be deleted because changes around it, such as its policy, were not finished.',
      tellApart: 'The request deletes an app right after changes to its policies.',
      fix: ['Read the app: if it is gone, you are done.', 'Otherwise send the DELETE again after a wait that grows.'],
      operations: ['DELETE /api/v1/apps/{id}'],
      sources: [
        {
          mark: 'recorded',
          where: 'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaAppSignOnPolicyRule_crud',
        },
        { mark: 'inferred', where: 'that the change of the policy is what is not finished' },
      ],
      proof: {
        given: [
          settings({ delays: { appPolicySeconds: 30 } }),
          call('POST /api/v1/apps', {
            body: {
              label: 'Handbook',
              name: 'bookmark',
              signOnMode: 'BOOKMARK',
              settings: { app: { url: 'https://handbook.example.com' } },
            },
            keep: { app: '/id' },
          }),
          call('POST /api/v1/policies', {
            body: { type: 'ACCESS_POLICY', name: 'Handbook' },
            keep: { policy: '/id' },
          }),
          call('PUT /api/v1/apps/{app}/policies/{policy}'),
          call('POST /api/v1/apps/{app}/lifecycle/deactivate'),
        ],
        call: call('DELETE /api/v1/apps/{app}'),
        cure: [advance(31)],
      },
    },
    'log-query-too-slow': {
      kind: 'okta-service-error',
      says: 'The System Log query ran longer than its limit of 30 seconds.',
      tellApart:
        'Only on /api/v1/logs, with a long span or a broad filter; the summary says that the request took too long.',
      fix: [
        'Shorten the span between since and until, and page through it.',
        'Filter by an exact field such as eventType or actor.id instead of a free-text q.',
        'Then try again after some minutes.',
      ],
      operations: ['GET /api/v1/logs'],
      wire: {
        summary:
          "Your last request took too long to complete. This is likely due to a load issue on our side. We've logged this and will work to address it. Please either simplify your query or wait a few minutes and try again.",
      },
      sources: [{ mark: 'documented', where: 'okta/okta-developer-docs docs/reference/system-log-query, Errors' }],
    },
    'service-fault': {
      kind: 'okta-service-error',
      says: 'Something failed inside Okta; nothing in the request explains it.',
      tellApart: 'None of the other causes fits, or the same request succeeds a moment later.',
      fix: [
        'Wait and repeat, a few times, with growing waits and jitter. Read back before you repeat a POST.',
        'If you write several children of one object at once (rules of a policy, for example), write them one after the other.',
        'Look at status.okta.com.',
        'If it stays, send errorId and the x-okta-request-id header to Okta support.',
      ],
      sources: [
        {
          mark: 'reported',
          where: 'https://github.com/oktadev/okta-dac/issues/2 (policy rules written in parallel)',
        },
      ],
    },
  },
})
