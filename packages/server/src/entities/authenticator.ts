// What is an authenticator of the org: a way in which users can show who they are, with its methods?
import type { Ids } from '../ids.ts'
import { type Collection, put, type Write } from '../state/state.ts'

/** What is known of each kind of authenticator: its type, the name that Okta gives it, its methods. */
export const authenticatorKinds = {
  custom_app: { type: 'app', name: 'Custom app', methods: ['push'], many: true },
  custom_otp: { type: 'security_key', name: 'Custom OTP', methods: ['otp'], many: true },
  duo: { type: 'app', name: 'Duo Security', methods: ['duo'], provider: 'DUO' },
  external_idp: { type: 'federated', name: 'IdP Authenticator', methods: ['idp'], many: true, provider: 'CLAIMS' },
  google_otp: { type: 'app', name: 'Google Authenticator', methods: ['otp'] },
  okta_email: { type: 'email', name: 'Email', methods: ['email'] },
  okta_password: { type: 'password', name: 'Password', methods: ['password'] },
  okta_verify: { type: 'app', name: 'Okta Verify', methods: ['push', 'signed_nonce', 'totp'] },
  onprem_mfa: { type: 'security_key', name: 'On-Prem MFA', methods: ['otp'], provider: 'DEL_OATH' },
  phone_number: { type: 'phone', name: 'Phone', methods: ['sms', 'voice'] },
  security_key: { type: 'security_key', name: 'Security Key', methods: ['webauthn'] },
  security_question: { type: 'security_question', name: 'Security Question', methods: ['security_question'] },
  smart_card_idp: { type: 'federated', name: 'Smart Card IdP', methods: ['cert'] },
  symantec_vip: { type: 'app', name: 'Symantec VIP', methods: ['otp'], provider: 'SYMANTEC_VIP' },
  tac: { type: 'tac', name: 'Temporary Access Code', methods: ['tac'], provider: 'tac' },
  webauthn: { type: 'security_key', name: 'Security Key or Biometric', methods: ['webauthn'] },
  yubikey_token: { type: 'security_key', name: 'YubiKey Authenticator', methods: ['otp'], provider: 'YUBIKEY' },
} as const satisfies Record<string, AuthenticatorKind>

interface AuthenticatorKind {
  type: string
  name: string
  methods: readonly string[]
  /** There may be several of this kind. */
  many?: true
  /** The type of the provider behind it, which has to be configured. */
  provider?: string
}

/** The key of a kind. */
export type AuthenticatorKey = keyof typeof authenticatorKinds

/** One way to use an authenticator. */
export interface AuthenticatorMethod {
  type: string
  status: 'ACTIVE' | 'INACTIVE'
  settings?: Readonly<Record<string, unknown>>
  verifiableProperties?: readonly unknown[]
}

/** A model of security key that the org knows beside those that everybody knows. */
export interface Aaguid {
  aaguid: string
  name: string
  /** Base64 of certificates. */
  rootCertificates: readonly string[]
  characteristics: Readonly<Record<string, boolean>>
}

/** An authenticator. `settings` and `provider` are kept as they were sent, checked. */
export interface Authenticator {
  key: AuthenticatorKey
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  settings?: Readonly<Record<string, unknown>>
  provider?: Readonly<Record<string, unknown>>
  methods: readonly AuthenticatorMethod[]
  aaguids: readonly Aaguid[]
  createdAt: number
  lastUpdatedAt: number
}

/** All authenticators. */
export const authenticators: Collection<Authenticator> = {
  name: 'authenticator',
  unique: ({ key }) => ('many' in authenticatorKinds[key] ? [] : [`key:${key}`]),
  indexes: { key: ({ key }) => key },
}

/** The settings that a method begins with. */
export const methodSettings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'google_otp otp': {
    acceptableAdjacentIntervals: 3,
    timeIntervalInSeconds: 30,
    encoding: 'base32',
    algorithm: 'HMacSHA1',
    passCodeLength: 6,
    protocol: 'TOTP',
  },
  'okta_verify push': { algorithms: ['RS256', 'ES256'], keyProtection: 'ANY', transactionTypes: [] },
  'okta_verify signed_nonce': { algorithms: ['RS256', 'ES256'], keyProtection: 'ANY', showSignInWithOV: 'ALWAYS' },
  'okta_verify totp': {
    timeIntervalInSeconds: 30,
    encoding: 'base32',
    algorithm: 'HMacSHA1',
    passCodeLength: 6,
  },
  'webauthn webauthn': { userVerification: 'PREFERRED', attachment: 'ANY' },
}

/** The methods of a new authenticator. */
export function firstMethods(key: AuthenticatorKey): AuthenticatorMethod[] {
  return authenticatorKinds[key].methods.map((type) => {
    const settings = methodSettings[`${key} ${type}`]
    return { type, status: 'ACTIVE', ...(settings && { settings }) }
  })
}

const firsts: readonly [AuthenticatorKey, Authenticator['status'], Authenticator['settings']?][] = [
  ['okta_email', 'ACTIVE', { allowedFor: 'any', tokenLifetimeInMinutes: 5 }],
  ['okta_password', 'ACTIVE'],
  // Needs a telephony provider that somebody has to bring along.
  ['phone_number', 'INACTIVE', { allowedFor: 'any' }],
  [
    'okta_verify',
    'ACTIVE',
    {
      channelBinding: { style: 'NUMBER_CHALLENGE', required: 'HIGH_RISK_ONLY' },
      compliance: { fips: 'OPTIONAL' },
      userVerification: 'PREFERRED',
    },
  ],
  ['google_otp', 'INACTIVE'],
  ['security_question', 'ACTIVE', { allowedFor: 'any' }],
  ['webauthn', 'ACTIVE'],
]

/** The authenticators that every org has from the start. */
export function firstAuthenticators(ids: Ids, now: number): Write[] {
  return firsts.map(([key, status, settings]) => {
    const value: Authenticator = {
      key,
      name: authenticatorKinds[key].name,
      status,
      ...(settings && { settings }),
      methods: firstMethods(key),
      aaguids: [],
      createdAt: now,
      lastUpdatedAt: now,
    }
    return put(authenticators, ids.next('aut'), value)
  })
}
