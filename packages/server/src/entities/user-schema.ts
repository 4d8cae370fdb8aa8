// Which attributes does a user's profile have? The 31 base properties of Okta's default user type, as data: the
// profile rules check against them, the Schemas API shows them.

/** One attribute of a profile. */
export interface ProfileAttribute {
  title: string
  type: 'string'
  required?: boolean
  minLength?: number
  maxLength?: number
  format?: 'email' | 'uri' | 'country-code' | 'language-code' | 'locale' | 'timezone'
  /** What the user may do with it. */
  self: 'READ_WRITE' | 'READ_ONLY' | 'HIDE'
}

/** Attributes by name, in the order in which Okta shows them. */
export type ProfileSchema = Readonly<Record<string, ProfileAttribute>>

const text = (
  title: string,
  self: ProfileAttribute['self'],
  more: Partial<ProfileAttribute> = {},
): ProfileAttribute => ({ title, type: 'string', ...more, self })

/** The base properties; titles, lengths and permissions as recorded. */
export const baseProperties: ProfileSchema = {
  login: text('Username', 'READ_ONLY', { required: true, minLength: 5, maxLength: 100 }),
  firstName: text('First name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  lastName: text('Last name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  middleName: text('Middle name', 'READ_ONLY'),
  honorificPrefix: text('Honorific prefix', 'READ_ONLY'),
  honorificSuffix: text('Honorific suffix', 'READ_ONLY'),
  email: text('Primary email', 'READ_WRITE', { required: true, minLength: 5, maxLength: 100, format: 'email' }),
  title: text('Title', 'READ_ONLY'),
  displayName: text('Display name', 'READ_ONLY'),
  nickName: text('Nickname', 'READ_ONLY'),
  profileUrl: text('Profile Url', 'READ_ONLY', { maxLength: 1024, format: 'uri' }),
  secondEmail: text('Secondary email', 'READ_WRITE', { maxLength: 100, format: 'email' }),
  mobilePhone: text('Mobile phone', 'READ_WRITE', { maxLength: 100 }),
  primaryPhone: text('Primary phone', 'HIDE', { maxLength: 100 }),
  streetAddress: text('Street address', 'HIDE', { maxLength: 1024 }),
  city: text('City', 'HIDE', { maxLength: 128 }),
  state: text('State', 'HIDE', { maxLength: 128 }),
  zipCode: text('Zip code', 'HIDE', { maxLength: 50 }),
  countryCode: text('Country code', 'HIDE', { maxLength: 2, format: 'country-code' }),
  postalAddress: text('Postal Address', 'HIDE', { maxLength: 4096 }),
  preferredLanguage: text('Preferred language', 'READ_ONLY', { format: 'language-code' }),
  locale: text('Locale', 'READ_ONLY', { format: 'locale' }),
  timezone: text('Time zone', 'READ_ONLY', { format: 'timezone' }),
  userType: text('User type', 'READ_ONLY'),
  employeeNumber: text('Employee number', 'READ_ONLY'),
  costCenter: text('Cost center', 'READ_ONLY'),
  organization: text('Organization', 'READ_ONLY'),
  division: text('Division', 'READ_ONLY'),
  department: text('Department', 'READ_ONLY'),
  managerId: text('ManagerId', 'READ_ONLY'),
  manager: text('Manager', 'READ_ONLY'),
}

/** The schema of a user type. A type and its schema share all of their id but the prefix (recorded). */
export function schemaIdOf(typeId: string): string {
  return `osc${typeId.slice(3)}`
}
