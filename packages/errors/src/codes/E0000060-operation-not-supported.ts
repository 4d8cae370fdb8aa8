// Which objects do not support an operation that exists for their siblings?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The object does not support this operation. */
export const E0000060 = defineError({
  code: 'E0000060',
  title: 'Operation not supported for this object',
  area: 'request',
  retry: 'never',
  reference: { status: 404, description: 'Unsupported operation.' },
  current: { status: 501, summary: 'Unsupported operation.' },
  note: "The reference gives status 404; today's list and the recordings give 501. Since 2024 the authenticator case is E0000001 with the summary `Api validation failed: api.authenticator.error.unsupported.active.deactivate`.",
  causes: {
    'operation-not-supported': {
      kind: 'endpoint-unsupported',
      says: 'The path and the method exist, but not for an object of this type: it cannot be switched off, or has no such part.',
      fix: [
        'Read the object and look at its `key`, `type` or `name`, and at `_links`: an operation that is not linked is not offered.',
        'Authenticators: the password authenticator and a few others cannot be deactivated. Leave them out of your loop.',
        'Users whose password is kept by an identity provider have nothing to reset. Reset it at the provider.',
        'The group Everyone takes no members: every user belongs to it already. Leave it out of your lists of groups. (Taking a member out of it is refused with another code, E0000006: that is what people report.)',
      ],
      operations: [
        'POST /api/v1/authenticators/{id}/lifecycle/deactivate',
        'POST /api/v1/users/{id}/lifecycle/reset_password',
        'PUT /api/v1/groups/{id}/users/{userId}',
      ],
      sources: [
        {
          mark: 'recorded',
          where:
            'okta/terraform-provider-okta, git history of test/fixtures/vcr/TestAccOktaAuthenticator_Issue1367_simple (2022)',
        },
        {
          mark: 'documented',
          where:
            'okta/okta-developer-docs docs/release-notes/2020 OKTA-323343 (reset for a federated user, until 2020)',
        },
        {
          mark: 'reported',
          where: 'https://github.com/okta/terraform-provider-okta/issues/903 (a member for Everyone)',
        },
      ],
      proof: [
        {
          given: [
            call('GET /api/v1/groups?q=Everyone', { keep: { everyone: '/0/id' } }),
            call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } }, keep: { group: '/id' } }),
            call('POST /api/v1/users?activate=false', {
              body: {
                profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' },
              },
              keep: { user: '/id' },
            }),
          ],
          call: call('PUT /api/v1/groups/{everyone}/users/{user}'),
          mend: call('PUT /api/v1/groups/{group}/users/{user}'),
        },
        {
          // Today's orgs answer E0000001 here.
          contract: 'reference',
          given: [call('GET /api/v1/authenticators', { keep: { password: '/1/id', question: '/5/id' } })],
          call: call('POST /api/v1/authenticators/{password}/lifecycle/deactivate'),
          mend: call('POST /api/v1/authenticators/{question}/lifecycle/deactivate'),
        },
      ],
    },
  },
})
