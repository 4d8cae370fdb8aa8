// What does the org keep about some users, beside the users themselves? Most users have nothing of it, and cost nothing.
import type { Org } from '../org.ts'
import { type Collection, remove, type Write } from '../state/state.ts'

/** How endangered a user is held to be; the id is the user's. Moments are in ms since 1970. */
export interface UserRisk {
  level: 'HIGH' | 'MEDIUM' | 'LOW'
  reason: string
  lastUpdatedAt: number
}

/** The risks of those users who have one. */
export const userRisks: Collection<UserRisk> = { name: 'userRisk' }

/** What kind of user somebody was made; the id is the user's. */
export interface UserClassification {
  type: 'LITE' | 'STANDARD'
  lastUpdatedAt: number
}

/** The classifications that were set; everybody else is STANDARD. */
export const userClassifications: Collection<UserClassification> = { name: 'userClassification' }

/** Whether a role or a user gets notifications of one type, where somebody has said so. */
export interface Subscription {
  /** A standard role's name, a custom role's id, or a user's id. */
  owner: string
  notification: string
  status: 'subscribed' | 'unsubscribed'
  changedAt: number
}

/** All that was said about notifications. */
export const subscriptions: Collection<Subscription> = {
  name: 'subscription',
  indexes: { owner: (subscription) => subscription.owner },
}

/** The id of a subscription. */
export const subscriptionId = (owner: string, notification: string): string => `${owner}:${notification}`

/** An address that a user wants to have, and has not shown yet that mail arrives there. */
export interface EmailChange {
  userId: string
  attribute: 'email' | 'secondEmail'
  address: string
  /** The hash of the token in the mail. */
  key: string
  expiresAt: number
}

/** All such addresses; a user has one for each attribute at most. */
export const emailChanges: Collection<EmailChange> = {
  name: 'emailChange',
  unique: (change) => [`key:${change.key}`],
  indexes: { user: (change) => change.userId },
}

/** What goes with a user. */
export async function removeNotesOf({ state }: Org, userId: string): Promise<Write[]> {
  const risk = await state.load(userRisks, userId)
  const classification = await state.load(userClassifications, userId)
  return [
    ...(risk ? [remove(userRisks, risk)] : []),
    ...(classification ? [remove(userClassifications, classification)] : []),
    ...(await state.find(subscriptions, 'owner', userId)).map((row) => remove(subscriptions, row)),
    ...(await state.find(emailChanges, 'user', userId)).map((row) => remove(emailChanges, row)),
  ]
}
