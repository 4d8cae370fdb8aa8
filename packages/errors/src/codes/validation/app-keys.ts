// Which rules about the keys that the org signs with for an app, and about their certificates, can a request break?
// Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call, type Step } from '../../proofs/step.ts'

const signed = (label: string) => ({
  label,
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://wiki.example.com/callback'],
    },
  },
})

const csr = { subject: { countryName: 'US', organizationName: 'Example', commonName: 'wiki.example.com' } }

/** A certificate about the key of a request; about a key of its own without one. */
const certificate = (claims: { csr?: string; days: number }, name: string): Step => ({
  step: 'sign',
  what: 'certificate',
  claims,
  keep: { [name]: '/certificate' },
})

const publish = (body: string) =>
  call('POST /api/v1/apps/{app}/credentials/csrs/{csr}/lifecycle/publish', {
    body,
    headers: { 'content-type': 'application/pkix-cert', 'content-transfer-encoding': 'base64' },
  })

/** Causes of E0000001 in this part of the API. */
export const appKeysCauses = {
  'signing-key-not-of-app': {
    kind: 'validation-invalid-value',
    says: 'The app should sign with a key that it does not have.',
    tellApart: 'The call replaces an app, and the cause names kid and the key that credentials.signing.kid asked for.',
    fix: [
      'List the keys of this app, `GET /api/v1/apps/{id}/credentials/keys`, and use the kid of one of them.',
      'To use the key of another app, share it first: `POST /api/v1/apps/{id}/credentials/keys/{kid}/clone?targetAid=`.',
      'Leave credentials.signing out to stay with the key that the app signs with now.',
    ],
    operations: ['PUT /api/v1/apps/{id}'],
    wire: { summary: 'Api validation failed: kid', causes: ["kid: The app has no signing key '{kid}'"] },
    sources: [
      {
        mark: 'inferred',
        where: 'okta/okta-developer-docs, the guides on key rotation and key sharing; no such answer is public',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: signed('Wiki'), keep: { app: '/id', kid: '/credentials/signing/kid' } }),
      ],
      call: call('PUT /api/v1/apps/{app}', { body: { ...signed('Wiki'), credentials: { signing: { kid: 'other' } } } }),
      mend: call('PUT /api/v1/apps/{app}', { body: { ...signed('Wiki'), credentials: { signing: { kid: '{kid}' } } } }),
    },
  },
  'key-validity-out-of-range': {
    kind: 'validation-invalid-value',
    says: 'A new signing key was asked for without its validity in years, or for fewer than 2 or more than 10 years.',
    tellApart: 'The summary says generateKey.',
    fix: ['Send a whole number from 2 to 10 in the query: `?validityYears=2`. It is not read from the body.'],
    operations: ['POST /api/v1/apps/{id}/credentials/keys/generate'],
    wire: {
      summary: 'Api validation failed: generateKey',
      causes: ['Validity years out of range. It should be 2 - 10 years.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of generateApplicationKey)',
      },
    ],
    proof: {
      given: [call('POST /api/v1/apps', { body: signed('Wiki'), keep: { app: '/id' } })],
      call: call('POST /api/v1/apps/{app}/credentials/keys/generate?validityYears=1'),
      mend: call('POST /api/v1/apps/{app}/credentials/keys/generate?validityYears=2'),
    },
  },
  'key-already-shared': {
    kind: 'duplicate-object',
    says: 'The target app has this key already.',
    tellApart: 'The summary says cloneKey.',
    fix: [
      'List the keys of the target, `GET /api/v1/apps/{id}/credentials/keys`: the same `kid` is there.',
      'Put that `kid` into `credentials.signing.kid` of the target with a PUT, if it is to sign with it.',
    ],
    operations: ['POST /api/v1/apps/{id}/credentials/keys/{keyId}/clone'],
    wire: {
      summary: 'Api validation failed: cloneKey',
      causes: ['Key already exists in the list of key credentials for the target app.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of cloneApplicationKey)',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', {
          body: signed('Wiki'),
          keep: { app: '/id', key: '/credentials/signing/kid' },
        }),
        call('POST /api/v1/apps', { body: signed('Mail'), keep: { target: '/id' } }),
        call('POST /api/v1/apps', { body: signed('Calendar'), keep: { other: '/id' } }),
        call('POST /api/v1/apps/{app}/credentials/keys/{key}/clone?targetAid={target}'),
      ],
      call: call('POST /api/v1/apps/{app}/credentials/keys/{key}/clone?targetAid={target}'),
      mend: call('POST /api/v1/apps/{app}/credentials/keys/{key}/clone?targetAid={other}'),
    },
  },
  'certificate-not-of-csr': {
    kind: 'validation-invalid-value',
    says: 'The certificate is about another key than the signing request that it is to answer.',
    tellApart: 'The summary says certificate and the cause speaks of the CSR.',
    fix: [
      'Compare the public keys: `openssl x509 -noout -pubkey -in cert.pem` and `openssl req -noout -pubkey -inform der -in csr.der`.',
      'Have the CA sign the request of this csrId. Each POST to /credentials/csrs makes a key of its own: a certificate of an earlier request fits only that one.',
      'Send the certificate of the app alone, not the chain with the CA in front.',
    ],
    operations: ['POST /api/v1/apps/{id}/credentials/csrs/{csrId}/lifecycle/publish'],
    wire: { summary: 'Api validation failed: certificate', causes: ["The certificate doesn't match the CSR."] },
    sources: [
      {
        mark: 'documented',
        where:
          'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of publishCsrFromApplication)',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: signed('Wiki'), keep: { app: '/id' } }),
        call('POST /api/v1/apps/{app}/credentials/csrs', { body: csr, keep: { csr: '/id', request: '/csr' } }),
        certificate({ days: 365 }, 'wrong'),
        certificate({ csr: '{request}', days: 365 }, 'right'),
      ],
      call: publish('{wrong}'),
      mend: publish('{right}'),
    },
  },
  'certificate-expires-soon': {
    kind: 'validation-invalid-value',
    says: 'The certificate is good for 90 days or less from now.',
    tellApart: 'The summary says certificate and the cause speaks of 90 days.',
    fix: [
      'Look at its end: `openssl x509 -noout -enddate -in cert.pem`.',
      'Have the same request signed for longer, then publish it. Free CAs with 90 days are not enough.',
    ],
    operations: ['POST /api/v1/apps/{id}/credentials/csrs/{csrId}/lifecycle/publish'],
    wire: {
      summary: 'Api validation failed: certificate',
      causes: ['The certificate must be valid for more than 90 days.'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'okta/okta-management-openapi-spec dist/current/management-minimal.yaml (examples of publishCsrFromApplication)',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/apps', { body: signed('Wiki'), keep: { app: '/id' } }),
        call('POST /api/v1/apps/{app}/credentials/csrs', { body: csr, keep: { csr: '/id', request: '/csr' } }),
        certificate({ csr: '{request}', days: 30 }, 'short'),
        certificate({ csr: '{request}', days: 365 }, 'long'),
      ],
      call: publish('{short}'),
      mend: publish('{long}'),
    },
  },
} as const satisfies Record<string, Cause>
