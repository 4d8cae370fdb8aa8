// Which operation is not there, at the SCIM server or in this org?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

/** The operation is not implemented. */
export const E0000052 = defineError({
  code: 'E0000052',
  title: 'Operation not implemented',
  area: 'service',
  retry: 'never',
  reference: { status: 501, description: 'Endpoint not implemented.' },
  current: { status: 501, summary: 'Endpoint not implemented.' },
  note: 'Okta means an operation that the SCIM server of an app lacks (title "OPP endpoint not implemented exception"). An errorg org uses the same code for operations of the Okta API that it does not have.',
  causes: {
    'scim-endpoint-missing': {
      kind: 'endpoint-unsupported',
      says: 'The SCIM server of the app answered 501 or 404 for a whole endpoint, most often `/Groups`.',
      tellApart: 'The call provisions users or pushes groups of an app.',
      fix: [
        'Ask the SCIM server: `curl -i {base}/Groups`. A 501 or 404 confirms it.',
        'Implement the endpoint, or switch off what needs it: Provisioning > Integration > Supported provisioning actions (such as Push Groups) in the app.',
        'Then retry the task.',
      ],
      operations: ['POST /api/v1/apps/{id}/group-push/mappings', 'POST /api/v1/apps/{id}/users'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "OPP endpoint not implemented exception"' }],
    },
    'operation-not-built': {
      kind: 'endpoint-unsupported',
      says: 'The org is an errorg org, the operation exists at Okta, and errorg has not built it.',
      tellApart: 'A cause in the answer names the operation. A real Okta org would have carried the call out.',
      fix: [
        'Look the operation up in SUPPORTED.md of errorg.',
        'Use an operation that is there and gives you the same facts, or test this call against a real org.',
        'If you need it, ask for it: name the operation id and what you do with its answer.',
      ],
      wire: { causes: ['errorg has not built {operation} yet.'] },
      sources: [{ mark: 'inferred', where: "errorg's own answer; no Okta org gives it" }],
      // Bundles belong to another product of Okta's. The mend asks for the roles without them.
      proof: {
        given: [call('GET /api/v1/users/me', { keep: { me: '/id' } })],
        call: call('GET /api/v1/iam/governance/bundles'),
        mend: call('GET /api/v1/users/{me}/roles'),
      },
    },
  },
})
