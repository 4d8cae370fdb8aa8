// How does a user get a one-time token: in a mail, or in the answer? Its value is kept only as a hash.
import type { OneTimeToken, User } from './entities/user.ts'
import type { Org } from './org.ts'
import { hashToken } from './token-hash.ts'

// Okta's defaults: a week to activate, an hour to recover.
const LIVES_MS: Readonly<Record<OneTimeToken['about'], number>> = {
  activation: 7 * 24 * 3_600_000,
  'password-reset': 3_600_000,
  'forgot-password': 3_600_000,
  unlock: 3_600_000,
}

const paths: Readonly<Record<OneTimeToken['about'], (token: string) => string>> = {
  activation: (token) => `/tokens/${token}/verify`,
  'password-reset': (token) => `/reset_password/${token}`,
  'forgot-password': (token) => `/signin/reset-password/${token}`,
  unlock: (token) => `/signin/unlock-account/${token}`,
}

const texts: Readonly<Record<OneTimeToken['about'], string>> = {
  activation: 'An account was made for you. Open the link to activate it; it works once, for seven days.',
  'password-reset':
    'An administrator has reset your password. Open the link to choose a new one; it works for an hour.',
  unlock: 'You asked to unlock your account. Open the link to do so; it works for an hour.',
  'forgot-password': 'You said that you forgot your password. Open the link to choose a new one; it works for an hour.',
}

/** A token that was just made. */
export interface MadeToken {
  kept: OneTimeToken
  value: string
  /** Where the user goes with it. */
  url: string
}

/** Makes a token; the caller stores `kept` with the user. An earlier token of the user ends with that. */
export function makeToken(org: Org, about: OneTimeToken['about'], now: number): MadeToken {
  const value = org.ids.secret(20)
  return {
    kept: { key: hashToken(value), about, expiresAt: now + LIVES_MS[about] },
    value,
    url: org.baseUrl + paths[about](value),
  }
}

/** Mails a token to the user's address. */
export function mailToken(org: Org, user: User, token: MadeToken, now: number): void {
  const { about } = token.kept
  org.inbox.add({
    at: now,
    to: String(user.profile.email),
    channel: 'email',
    about,
    code: token.value,
    link: token.url,
    text: `${texts[about]} ${token.url}`,
  })
}
