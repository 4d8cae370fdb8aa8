// Which rules about authenticators, behaviors, device assurance, ThreatInsight and CAPTCHAs can a request break? Causes
// of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const velocity = { type: 'VELOCITY', name: 'Too fast', settings: { velocityKph: 805 } }
const mac = { name: 'Macs', platform: 'MACOS', osVersion: { minimum: '14.2.1' } }
const strict = { type: 'ACCESS_POLICY', name: 'Strict' }
const rule = (conditions: object) => ({
  name: 'Guarded',
  type: 'ACCESS_POLICY',
  conditions,
  actions: { appSignOn: { access: 'ALLOW' } },
})

/** Causes of E0000001 in this part of the API. */
export const securityCauses = {
  'authenticator-key-unknown': {
    kind: 'validation-invalid-value',
    says: 'Okta has no authenticator with this key, or its type is another one.',
    tellApart: 'The word after the colon is a Java class: com.okta.services.factors.iface.dto.AuthenticatorCatalog.',
    fix: [
      'Use a key of the reference: okta_verify, okta_email, phone_number, webauthn, google_otp, duo, custom_app …',
      'Leave out `type`, or send the one that belongs to the key; a key cannot be changed later.',
    ],
    operations: ['POST /api/v1/authenticators', 'PUT /api/v1/authenticators/{id}'],
    wire: { summary: 'Api validation failed: {class}', causes: ['The field has an invalid value'] },
    sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes/test_authenticator_it' }],
    proof: {
      given: [],
      call: call('POST /api/v1/authenticators', { body: { key: 'okta_magic', name: 'Magic' } }),
      mend: call('POST /api/v1/authenticators', {
        body: { key: 'yubikey_token', name: 'YubiKey', provider: { type: 'YUBIKEY', configuration: {} } },
      }),
    },
  },
  'authenticator-switched-off': {
    kind: 'duplicate-object',
    says: 'The org has an authenticator with this key already; it is not active.',
    tellApart:
      'The call makes an authenticator. GET /api/v1/authenticators lists one with the same key and the status INACTIVE.',
    fix: [
      'List the authenticators, and activate the one with this key: `POST /api/v1/authenticators/{id}/lifecycle/activate`.',
      'In scripts, look first: an authenticator cannot be deleted, so most are made once in the life of an org.',
    ],
    operations: ['POST /api/v1/authenticators'],
    wire: {
      summary: 'Api validation failed: key',
      causes: ['key: An object with this field already exists in the current organization'],
    },
    sources: [
      { mark: 'inferred', where: 'the sentence that other unique fields get; E0000157 speaks of active ones only' },
    ],
    proof: {
      given: [
        call('POST /api/v1/authenticators?activate=false', {
          body: { key: 'yubikey_token', name: 'YubiKey', provider: { type: 'YUBIKEY', configuration: {} } },
          keep: { authenticator: '/id' },
        }),
      ],
      call: call('POST /api/v1/authenticators', {
        body: { key: 'yubikey_token', name: 'YubiKey', provider: { type: 'YUBIKEY', configuration: {} } },
      }),
      mend: call('POST /api/v1/authenticators/{authenticator}/lifecycle/activate'),
    },
  },
  'authenticator-must-stay-active': {
    kind: 'endpoint-unsupported',
    says: 'The authenticator is one that an org cannot do without: the password.',
    tellApart: 'The summary ends in a message key that nobody has translated, and there are no causes.',
    fix: [
      'Leave it active, and skip it in loops: its `_links` name no deactivate.',
      'To do without passwords, change what the rules of the app sign-in policies ask for.',
    ],
    operations: ['POST /api/v1/authenticators/{id}/lifecycle/deactivate'],
    wire: { summary: 'Api validation failed: api.authenticator.error.unsupported.active.deactivate' },
    sources: [
      {
        mark: 'recorded',
        where:
          'okta/terraform-provider-okta TestAccResourceOktaAuthenticator_issue_1367_simple (2025; E0000060 in 2022)',
      },
    ],
    proof: {
      contract: 'current',
      given: [call('GET /api/v1/authenticators', { keep: { password: '/1/id', question: '/5/id' } })],
      call: call('POST /api/v1/authenticators/{password}/lifecycle/deactivate'),
      mend: call('POST /api/v1/authenticators/{question}/lifecycle/deactivate'),
    },
  },
  'behavior-name-taken': {
    kind: 'duplicate-object',
    says: 'Another behavior of the org has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/behaviors.',
    fix: ['Find it: GET /api/v1/behaviors?q={name}, and update that one. Otherwise choose another name.'],
    operations: ['POST /api/v1/behaviors', 'PUT /api/v1/behaviors/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [{ mark: 'inferred', where: 'policy rules name behaviors by their names' }],
    proof: {
      given: [call('POST /api/v1/behaviors', { body: velocity, keep: { behavior: '/id' } })],
      call: call('POST /api/v1/behaviors', { body: velocity }),
      cure: [call('DELETE /api/v1/behaviors/{behavior}')],
    },
  },
  'behavior-in-policy-rule': {
    kind: 'object-state-forbids-operation',
    says: 'The behavior was to be deleted, and a policy rule looks for it.',
    tellApart: 'Only on DELETE of a behavior; the cause names the rules.',
    fix: ['Take the behavior out of the rules that the cause names. Then delete it.'],
    operations: ['DELETE /api/v1/behaviors/{id}'],
    wire: {
      summary: 'Api validation failed: {name}',
      causes: ['The behavior is used in the policy rules: {rules}'],
    },
    sources: [{ mark: 'inferred', where: 'help.okta.com: a behavior that is used in a rule cannot be deleted' }],
    proof: {
      given: [
        call('POST /api/v1/behaviors', { body: velocity, keep: { behavior: '/id' } }),
        call('GET /api/v1/policies?type=OKTA_SIGN_ON', { keep: { policy: '/0/id' } }),
        call('POST /api/v1/policies/{policy}/rules', {
          body: {
            name: 'Too fast is suspicious',
            type: 'SIGN_ON',
            conditions: { risk: { behaviors: ['Too fast'] } },
            actions: { signon: { access: 'DENY' } },
          },
          keep: { rule: '/id' },
        }),
      ],
      call: call('DELETE /api/v1/behaviors/{behavior}'),
      cure: [call('DELETE /api/v1/policies/{policy}/rules/{rule}')],
    },
  },
  'device-condition-missing': {
    kind: 'validation-invalid-value',
    says: 'The device assurance policy asks nothing of a device.',
    tellApart: 'The word after the colon is deviceAssuranceMediated.',
    fix: [
      'Add a condition that the platform knows: osVersion, screenLockType, diskEncryptionType, secureHardwarePresent, jailbreak, thirdPartySignalProviders.',
    ],
    operations: ['POST /api/v1/device-assurances', 'PUT /api/v1/device-assurances/{id}'],
    wire: {
      summary: 'Api validation failed: deviceAssuranceMediated',
      causes: ['Please select at least one device condition before saving'],
    },
    sources: [{ mark: 'recorded', where: 'okta/okta-sdk-python tests/integration/cassettes/test_device_assurance_it' }],
    proof: {
      given: [],
      call: call('POST /api/v1/device-assurances', { body: { name: 'Macs', platform: 'MACOS' } }),
      mend: call('POST /api/v1/device-assurances', { body: mac }),
    },
  },
  'device-assurance-name-taken': {
    kind: 'duplicate-object',
    says: 'Another device assurance policy has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/device-assurances.',
    fix: ['Find it: GET /api/v1/device-assurances, and update that one. Otherwise choose another name.'],
    operations: ['POST /api/v1/device-assurances', 'PUT /api/v1/device-assurances/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [{ mark: 'documented', where: 'Device Assurance reference: the name is unique (text inferred)' }],
    proof: {
      given: [call('POST /api/v1/device-assurances', { body: mac, keep: { assurance: '/id' } })],
      call: call('POST /api/v1/device-assurances', { body: mac }),
      cure: [call('DELETE /api/v1/device-assurances/{assurance}')],
    },
  },
  'device-assurance-in-policy-rule': {
    kind: 'object-state-forbids-operation',
    says: 'The device assurance policy was to be deleted, and an authentication policy counts on it.',
    tellApart: 'Only on DELETE of a device assurance policy; the cause names the rules. The status is 409.',
    fix: ['Take it out of the rules that the cause names (conditions.device.assurance). Then delete it.'],
    operations: ['DELETE /api/v1/device-assurances/{id}'],
    wire: {
      status: 409,
      summary: 'Api validation failed: {name}',
      causes: ['The device assurance policy is used in the policy rules: {rules}'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'Device Assurance reference, Delete: "If the device assurance policy is currently being used in the org Authentication Policies, the delete will not be allowed", 409 (code and text inferred)',
      },
    ],
    proof: {
      given: [
        call('POST /api/v1/device-assurances', { body: mac, keep: { assurance: '/id' } }),
        call('POST /api/v1/policies', { body: strict, keep: { policy: '/id' } }),
        call('POST /api/v1/policies/{policy}/rules', {
          body: rule({ device: { assurance: { include: ['{assurance}'] } } }),
          keep: { rule: '/id' },
        }),
      ],
      call: call('DELETE /api/v1/device-assurances/{assurance}'),
      cure: [call('DELETE /api/v1/policies/{policy}/rules/{rule}')],
    },
  },
  'exempt-zone-unknown': {
    kind: 'resource-not-found',
    says: 'ThreatInsight was to leave a network zone alone that does not exist.',
    tellApart: 'The request went to /api/v1/threats/configuration.',
    fix: ['List the zones: GET /api/v1/zones, and put their ids (nzo…) into excludeZones.'],
    operations: ['POST /api/v1/threats/configuration'],
    wire: {
      summary: 'Api validation failed: excludeZones',
      causes: ['excludeZones: The network zone {zone} does not exist'],
    },
    sources: [{ mark: 'inferred', where: 'ThreatInsight reference: excludeZones takes ids of network zones' }],
    proof: {
      given: [call('GET /api/v1/zones', { keep: { zone: '/0/id' } })],
      call: call('POST /api/v1/threats/configuration', { body: { action: 'block', excludeZones: ['nzoNone'] } }),
      mend: call('POST /api/v1/threats/configuration', { body: { action: 'block', excludeZones: ['{zone}'] } }),
    },
  },
  'captcha-unknown': {
    kind: 'resource-not-found',
    says: 'The org-wide settings were to use a CAPTCHA that does not exist.',
    tellApart: 'The request went to /api/v1/org/captcha.',
    fix: ['List the CAPTCHAs: GET /api/v1/captchas, and send the id of one; or null to switch them off.'],
    operations: ['PUT /api/v1/org/captcha'],
    wire: { summary: 'Api validation failed: captchaId', causes: ['captchaId: The CAPTCHA {captcha} does not exist'] },
    sources: [{ mark: 'inferred', where: 'CAPTCHAs reference: captchaId is the key of a CAPTCHA of the org' }],
    proof: {
      given: [
        call('POST /api/v1/captchas', {
          body: { name: 'reCAPTCHA', type: 'RECAPTCHA_V2', siteKey: 'site', secretKey: 'secret' },
          keep: { captcha: '/id' },
        }),
      ],
      call: call('PUT /api/v1/org/captcha', { body: { captchaId: 'capNone', enabledPages: ['SSR'] } }),
      mend: call('PUT /api/v1/org/captcha', { body: { captchaId: '{captcha}', enabledPages: ['SSR'] } }),
    },
  },
} as const satisfies Record<string, Cause>
