// Why did no answer come from the SCIM server?
import { defineError } from '../define.ts'

/** No answer came from the SCIM server. */
export const E0000051 = defineError({
  code: 'E0000051',
  title: 'No answer from the SCIM server',
  area: 'provisioning',
  retry: 'with-backoff',
  reference: { status: 500, description: 'No response from SCIM implementation.' },
  current: { status: 500, summary: 'No response from SCIM implementation.' },
  note: 'Okta is the client here. A change may have reached the SCIM server although its answer did not come back: look at the target before you repeat a create.',
  causes: {
    'scim-server-unreachable': {
      kind: 'scim-server-fault',
      says: 'The SCIM server, or the provisioning agent in front of it, refuses connections or cannot be found.',
      tellApart: 'The failure comes at once.',
      fix: [
        'Call the base URL from outside your network: `curl -i {base}/ServiceProviderConfig`.',
        "Check DNS, the certificate, the firewall and that Okta's addresses are allowed in.",
        'With an on-premises agent, check that it is running and shows as operational in the Admin Console.',
        'Retry the task when the server answers.',
      ],
      operations: ['POST /api/v1/apps/{id}/users', 'POST /api/v1/apps/{id}/users/{userId}'],
      sources: [
        { mark: 'inferred', where: 'the title of the code, "OPP no response from SCIM implementation exception"' },
      ],
    },
    'scim-server-too-slow': {
      kind: 'scim-server-fault',
      says: 'The SCIM server takes the call but does not answer in time.',
      tellApart: 'The failure comes after a long wait, and the log of the SCIM server shows the call.',
      fix: [
        'Measure the call in the log of the SCIM server.',
        'Make it faster: an index for the `userName eq` filter, smaller pages, slow work after the answer.',
        'Look whether the change was carried out, then retry the task.',
      ],
      operations: ['POST /api/v1/apps/{id}/users', 'POST /api/v1/apps/{id}/users/{userId}'],
      sources: [
        { mark: 'inferred', where: 'the title of the code, "OPP no response from SCIM implementation exception"' },
      ],
    },
  },
})
