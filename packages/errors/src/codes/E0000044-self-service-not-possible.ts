// Which apps can never be offered for self-service?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const wizardApp = {
  label: 'Intranet',
  signOnMode: 'SAML_2_0',
  settings: {
    signOn: {
      ssoAcsUrl: 'https://intranet.example.com/saml',
      recipient: 'https://intranet.example.com/saml',
      destination: 'https://intranet.example.com/saml',
      audience: 'https://intranet.example.com',
    },
  },
}

const userNameIs = (action: 'READ_ONLY' | 'READ_WRITE') =>
  call('POST /api/v1/meta/schemas/apps/{app}/default', {
    body: { definitions: { base: { properties: { userName: { permissions: [{ principal: 'SELF', action }] } } } } },
  })

/** The app cannot be offered for self-service. */
export const E0000044 = defineError({
  code: 'E0000044',
  title: 'Self-service not possible for this app',
  area: 'apps',
  retry: 'never',
  reference: { status: 403, description: 'Self-service application assignment is not supported.' },
  current: { status: 403, summary: 'Self service application assignment is not supported.' },
  note: 'The reference writes "Self-service", the wire "Self service". E0000043 is the sibling for an org that has it switched off.',
  causes: {
    'username-editable-by-user': {
      kind: 'object-state-forbids-operation',
      says: 'Users may edit their own user name in the app, so whoever adds it could sign in as somebody else.',
      fix: [
        'Open Directory > Profile Editor, choose the app, and find the attribute that holds the user name.',
        'Set its user permission to read-only. Then send the same request again.',
        'Or leave `accessibility.selfService` false and assign the app by group.',
      ],
      operations: ['PUT /api/v1/apps/{id}', 'POST /api/v1/apps'],
      wire: {
        causes: [
          'Self service is not available because the instance : {label} has username set to use read-write property and that would create a security risk.',
        ],
      },
      sources: [
        { mark: 'documented', where: 'okta/okta-developer-docs@2022-09 docs/reference/api/apps (set self-service)' },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: wizardApp, keep: { app: '/id' } }), userNameIs('READ_WRITE')],
        call: call('PUT /api/v1/apps/{app}', { body: { ...wizardApp, accessibility: { selfService: true } } }),
        cure: [userNameIs('READ_ONLY')],
      },
    },
  },
})
