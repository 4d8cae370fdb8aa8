// What does E0000013 mean: why can this app not take the part of a client here?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const client = (label: string, application_type: string, grant: string) => ({
  label,
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  settings: {
    oauthClient: {
      application_type,
      grant_types: [grant],
      ...(application_type === 'web' && { redirect_uris: ['https://assistant.example.com/callback'] }),
    },
  },
})

/** The app exists, and cannot be used as a client for this. */
export const E0000013 = defineError({
  code: 'E0000013',
  title: 'Invalid client app',
  area: 'apps',
  retry: 'after-change',
  reference: { status: 403, description: 'Invalid client app ID.' },
  current: { status: 403, summary: 'Invalid client app id' },
  note: 'A client_id that is unknown to an OAuth endpoint gets invalid_client instead.',
  causes: {
    'app-not-enabled-as-client': {
      kind: 'wrong-app-type',
      says: 'The app named in the request is not of a kind, or not set up, to act as a client for this feature.',
      tellApart:
        'One of the two apps has application_type service in settings.oauthClient: it has no users to act for. A bookmark app is taken (recorded).',
      fix: [
        'Check that the id is that of an app (0oa…) of the right type in this org: one that people sign in to, no service app.',
        'Enable the feature for both apps first. For cross-app access: the requesting and the resource app, each in its settings in the console.',
      ],
      operations: ['POST /api/v1/apps/{appId}/cwo/connections'],
      sources: [
        {
          mark: 'reported',
          where:
            'okta/okta-sdk-dotnet, ApplicationCrossAppAccessConnectionsApiTests.cs (reason why tests are skipped); that service apps are the reason is inferred',
        },
      ],
      proof: {
        given: [
          call('POST /api/v1/apps', {
            body: client('Nightly job', 'service', 'client_credentials'),
            keep: { job: '/id' },
          }),
          call('POST /api/v1/apps', {
            body: client('Assistant', 'web', 'authorization_code'),
            keep: { assistant: '/id' },
          }),
          call('POST /api/v1/apps', { body: client('Wiki', 'web', 'authorization_code'), keep: { wiki: '/id' } }),
        ],
        call: call('POST /api/v1/apps/{job}/cwo/connections', { body: { resourceAppInstanceId: '{wiki}' } }),
        mend: call('POST /api/v1/apps/{assistant}/cwo/connections', { body: { resourceAppInstanceId: '{wiki}' } }),
      },
    },
  },
})
