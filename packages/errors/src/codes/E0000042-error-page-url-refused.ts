// Why was the address of an app's error page not accepted?
import { defineError } from '../define.ts'
import { call, settings } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}

/** The address of the app's error page was not accepted. */
export const E0000042 = defineError({
  code: 'E0000042',
  title: 'Error page URL refused',
  area: 'apps',
  retry: 'never',
  reference: { status: 403, description: 'Setting the error page redirect URL failed.' },
  current: { status: 403, summary: 'Setting the error page redirect URL failed.' },
  note: 'No answer with this code is public. The causes follow from its title, "Set redirect url failed exception".',
  causes: {
    'error-url-unreadable': {
      kind: 'validation-invalid-value',
      says: '`accessibility.errorRedirectUrl` is not an absolute URL.',
      tellApart: 'The value in your request lacks `https://` or a host.',
      fix: [
        'Send an absolute https address, such as `https://help.example.com/no-access`.',
        'Send `null` to go back to the error page of Okta.',
      ],
      operations: ['PUT /api/v1/apps/{id}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Set redirect url failed exception"' }],
      proof: {
        given: [call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } })],
        call: call('PUT /api/v1/apps/{app}', { body: { ...bookmark, accessibility: { errorRedirectUrl: 'oops' } } }),
        mend: call('PUT /api/v1/apps/{app}', {
          body: { ...bookmark, accessibility: { errorRedirectUrl: 'https://help.example.com/oops' } },
        }),
      },
    },
    'custom-error-page-off': {
      kind: 'feature-not-enabled',
      says: 'The org does not let apps have an error page of their own.',
      tellApart: 'The address is a good one, and any other address is refused too.',
      fix: [
        'Open Customizations > Other in the Admin Console and look at the setting for the access error page.',
        'Or leave `accessibility.errorRedirectUrl` out of the request.',
      ],
      operations: ['PUT /api/v1/apps/{id}'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "Set redirect url failed exception"' }],
      proof: {
        given: [
          settings({ features: { CUSTOM_ERROR_PAGE: false } }),
          call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } }),
        ],
        call: call('PUT /api/v1/apps/{app}', {
          body: { ...bookmark, accessibility: { errorRedirectUrl: 'https://help.example.com/oops' } },
        }),
        cure: [settings({ features: { CUSTOM_ERROR_PAGE: true } })],
      },
    },
  },
})
