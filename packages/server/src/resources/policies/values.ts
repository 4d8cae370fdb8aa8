// Which values may stand in the settings, conditions and actions of a policy? Words are as documented, and those that
// were recorded; fields without a line here are taken as they come.
import type { PolicyType } from '../../entities/policy.ts'
import type { FieldRule, FieldTable } from '../../fields.ts'

const flag: FieldRule = { type: 'boolean' }
const words = (...oneOf: string[]): FieldRule => ({ type: 'string', oneOf })
const listOf = (...oneOf: string[]): FieldRule => ({ type: 'array', oneOf })
const number = (min: number, max?: number): FieldRule => ({ type: 'integer', min, max })
const members = (fields: FieldTable): FieldRule => ({ type: 'object', fields })
const elements = (fields: FieldTable, max?: number): FieldRule => ({ type: 'array', fields, max })

// The form is as documented; `PT` alone is none.
const duration: FieldRule = {
  type: 'string',
  form: {
    test: (text) => /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/.test(text),
    says: 'The field has an invalid value',
  },
}

// As the Admin Console counts days: three digits. (the greatest numbers of days, minutes and passwords are inferred)
const DAYS = 999
const days = number(0, DAYS)
const minutes = number(0, DAYS * 24 * 60)
/** At least one such character, or none. Two and more are refused (documented; reported for symbols). */
const oneOrNone = number(0, 1)
const onOff = words('ACTIVE', 'INACTIVE')

/** Values in `settings`, by the type of the policy. */
export const settingValues: Partial<Record<PolicyType, FieldTable>> = {
  PASSWORD: {
    password: members({
      complexity: members({
        // Four to thirty in the Admin Console (documented); the API takes what a password can have (inferred).
        minLength: number(4, 72),
        minLowerCase: oneOrNone,
        minUpperCase: oneOrNone,
        minNumber: oneOrNone,
        minSymbol: oneOrNone,
        maxConsecutiveCharacters: number(1, 72),
        excludeUsername: flag,
        excludeAttributes: listOf('firstName', 'lastName'),
        dictionary: members({ common: members({ exclude: flag }) }),
      }),
      age: members({
        maxAgeDays: days,
        expireWarnDays: days,
        minAgeMinutes: minutes,
        historyCount: number(0, 30),
      }),
      lockout: members({
        maxAttempts: number(0, 100),
        autoUnlockMinutes: minutes,
        showLockoutFailures: flag,
        userLockoutNotificationChannels: listOf('EMAIL'),
      }),
      breachedProtection: members({ expireAfterDays: number(0, 10), logoutEnabled: flag }),
    }),
    recovery: members({
      factors: members({
        okta_call: members({ status: onOff }),
        okta_sms: members({ status: onOff }),
        okta_email: members({
          status: onOff,
          properties: members({ recoveryToken: members({ tokenLifetimeMinutes: { ...minutes, min: 1 } }) }),
        }),
        recovery_question: members({
          status: onOff,
          properties: members({ complexity: members({ minLength: number(1, 72) }) }),
        }),
      }),
    }),
    delegation: members({ options: members({ skipUnlock: flag }) }),
  },
  MFA_ENROLL: {
    type: words('AUTHENTICATORS', 'FACTORS'),
    authenticators: elements({ enroll: members({ self: words('NOT_ALLOWED', 'OPTIONAL', 'REQUIRED') }) }),
  },
}

const level = members({ level: words('ANY', 'LOW', 'MEDIUM', 'HIGH') })

const platforms = elements({
  type: words('ANY', 'DESKTOP', 'MOBILE', 'OTHER'),
  os: members({ type: words('ANDROID', 'ANY', 'CHROMEOS', 'IOS', 'LINUX', 'MACOS', 'OSX', 'OTHER', 'WINDOWS') }),
})

const someApps = elements({ type: words('APP', 'APP_TYPE') })

/** Values in `conditions`, of policies and of rules. */
export const conditionValues: FieldTable = {
  authContext: members({ authType: words('ANY', 'LDAP_INTERFACE', 'RADIUS') }),
  authProvider: members({ provider: words('ACTIVE_DIRECTORY', 'ANY', 'LDAP', 'OKTA') }),
  identityProvider: members({ provider: words('ANY', 'OKTA', 'SPECIFIC_IDP') }),
  network: members({ connection: words('ANYWHERE', 'ZONE', 'ON_NETWORK', 'OFF_NETWORK') }),
  device: members({ managed: flag, registered: flag }),
  platform: members({ include: platforms, exclude: platforms }),
  riskScore: level,
  entityRisk: level,
  app: members({ include: someApps, exclude: someApps }),
  userIdentifier: members({
    type: words('ATTRIBUTE', 'IDENTIFIER'),
    patterns: elements({ matchType: words('CONTAINS', 'EQUALS', 'EXPRESSION', 'STARTS_WITH', 'SUFFIX') }),
  }),
}

const access = members({ access: words('ALLOW', 'DENY') })
const wish = words('OPTIONAL', 'REQUIRED')

const constraint: FieldTable = {
  required: flag,
  reauthenticateIn: duration,
}

/** Values in `actions` of a rule, by the type of its policy. */
export const actionValues: Partial<Record<PolicyType, FieldTable>> = {
  OKTA_SIGN_ON: {
    signon: members({
      requireFactor: flag,
      rememberDeviceByDefault: flag,
      factorPromptMode: words('ALWAYS', 'DEVICE', 'SESSION'),
      // Reported: at least one.
      factorLifetime: { ...minutes, min: 1 },
      primaryFactor: words('PASSWORD_IDP', 'PASSWORD_IDP_ANY_FACTOR'),
      session: members({
        usePersistentCookie: flag,
        maxSessionIdleMinutes: minutes,
        maxSessionLifetimeMinutes: minutes,
      }),
    }),
  },
  PASSWORD: {
    passwordChange: access,
    selfServicePasswordReset: members({
      access: words('ALLOW', 'DENY'),
      requirement: members({
        accessControl: words('AUTH_POLICY', 'LEGACY'),
        primary: members({ methods: listOf('push', 'sms', 'voice', 'email', 'otp') }),
        stepUp: members({ required: flag, methods: listOf('security_question') }),
      }),
    }),
    selfServiceUnlock: access,
  },
  ACCESS_POLICY: {
    appSignOn: members({
      keepMeSignedIn: members({ postAuth: words('ALLOWED', 'NOT_ALLOWED'), postAuthPromptFrequency: duration }),
      verificationMethod: members({
        type: words('ASSURANCE', 'AUTH_METHOD_CHAIN', 'ID_PROOFING'),
        factorMode: words('1FA', '2FA'),
        reauthenticateIn: duration,
        inactivityPeriod: duration,
        constraints: elements({
          knowledge: members(constraint),
          possession: members({
            ...constraint,
            deviceBound: wish,
            hardwareProtection: wish,
            phishingResistant: wish,
            userPresence: wish,
            userVerification: wish,
          }),
        }),
      }),
    }),
  },
  IDP_DISCOVERY: {
    idp: members({
      idpSelectionType: words('DYNAMIC', 'SPECIFIC'),
      shouldFallBackToOkta: flag,
      // Up to ten (documented).
      providers: elements({}, 10),
    }),
  },
  PROFILE_ENROLLMENT: {
    profileEnrollment: members({
      access: words('ALLOW', 'DENY'),
      unknownUserAction: words('DENY', 'REGISTER'),
      progressiveProfilingAction: words('ENABLED', 'DISABLED'),
      activationRequirements: members({ emailVerification: flag }),
      // These numbers are documented.
      profileAttributes: elements({ required: flag }, 10),
      preRegistrationInlineHooks: elements({}, 1),
      targetGroupIds: { type: 'array', max: 1 },
    }),
  },
  POST_AUTH_SESSION: {
    postAuthSession: members({
      failureActions: elements({ action: words('RUN_WORKFLOW', 'TERMINATE_SESSION') }),
    }),
  },
}
