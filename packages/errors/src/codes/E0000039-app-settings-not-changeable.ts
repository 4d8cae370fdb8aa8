// Why can the settings of this app not be changed?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}

const adminConsole = {
  label: 'Our console',
  name: 'saasure',
  signOnMode: 'OPENID_CONNECT',
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://console.example.com/callback'],
    },
  },
}

/** The settings of the app cannot be changed. */
export const E0000039 = defineError({
  code: 'E0000039',
  title: 'App settings cannot be changed',
  area: 'apps',
  retry: 'never',
  reference: { status: 403, description: 'Operation on application settings failed.' },
  current: { status: 403, summary: 'Operation on application settings failed.' },
  note: 'No answer with this code is public. The causes follow from its title, "Change app instance failed exception".',
  causes: {
    'app-owned-by-okta': {
      kind: 'object-state-forbids-operation',
      says: 'The app belongs to Okta itself (Admin Console, Dashboard, Workflows) and its settings are fixed.',
      tellApart: '`GET /api/v1/apps/{id}` shows a `name` such as `saasure` or `okta_enduser`.',
      fix: [
        'Read the app and look at `name`.',
        "For one of Okta's own apps, change what can be changed in the Admin Console; leave the app out of bulk updates.",
      ],
      operations: ['PUT /api/v1/apps/{id}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Change app instance failed exception"' }],
      proof: {
        given: [
          call('GET /api/v1/apps?filter=name%20eq%20%22saasure%22', { keep: { console: '/0/id' } }),
          call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } }),
        ],
        call: call('PUT /api/v1/apps/{console}', { body: adminConsole }),
        mend: call('PUT /api/v1/apps/{app}', { body: { ...bookmark, label: 'Staff handbook' } }),
      },
    },
    'setting-fixed-at-creation': {
      kind: 'object-state-forbids-operation',
      says: 'The request changes a setting that is fixed when the app is created, such as its sign-on mode.',
      tellApart: 'The app is your own. Compare the body with what `GET /api/v1/apps/{id}` answers.',
      fix: [
        'Read the app, change only the fields that you need, and send the whole object back.',
        'If the fixed setting itself must change, create a new app, move the assignments, and deactivate the old one.',
      ],
      operations: ['PUT /api/v1/apps/{id}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Change app instance failed exception"' }],
      proof: {
        given: [call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } })],
        call: call('PUT /api/v1/apps/{app}', { body: { ...bookmark, signOnMode: 'AUTO_LOGIN' } }),
        mend: call('PUT /api/v1/apps/{app}', { body: { ...bookmark, label: 'Staff handbook' } }),
      },
    },
  },
})
