// What does E0000010 mean: what still works in read-only mode, and when can writes begin again?
import { defineError } from '../define.ts'
import { call, settings } from '../proofs/step.ts'

/** The org takes no writes for the time being. */
export const E0000010 = defineError({
  code: 'E0000010',
  title: 'Service is read-only',
  area: 'service',
  retry: 'after-change',
  reference: { status: 503, description: 'Service is in read-only mode.' },
  current: { status: 503, summary: 'Service is in read only mode' },
  note:
    'The reference writes read-only with a hyphen, the current list without. Reads, sign-ins, MFA, single sign-on and ' +
    'the issue of tokens go on. The mode lasts minutes to hours, so a quick retry only adds load. The sign-in widget ' +
    'shows "Something went wrong, Try again later." under the same code.',
  causes: {
    'org-read-only': {
      kind: 'org-read-only',
      says: 'The org is in read-only mode, and the request would write.',
      tellApart: 'All writes fail alike, while reads of the same objects succeed.',
      fix: [
        'Stop or queue writes; keep reads and sign-ins running.',
        'Look at status.okta.com for maintenance or a fail-over, and later in the System Log for system.dr.failover.',
        'Try a single write every few minutes, and resume when it succeeds.',
        'Tell users that password resets, unlocks and enrolments wait as well: these write on their behalf.',
      ],
      operations: [
        'POST /api/v1/users',
        'PUT /api/v1/users/{id}',
        'POST /api/v1/groups',
        'POST /api/v1/authn/recovery/password',
        'POST /api/v1/authn/recovery/unlock',
      ],
      sources: [
        {
          mark: 'documented',
          where:
            'help.okta.com, service operating modes; support.okta.com, "What is Okta\'s Readonly Mode"; the code itself by its title, "Read only database exception"',
        },
      ],
      proof: {
        given: [settings({ readOnly: true })],
        call: call('POST /api/v1/groups', { body: { profile: { name: 'Engineers' } } }),
        cure: [settings({ readOnly: false })],
      },
    },
  },
})
