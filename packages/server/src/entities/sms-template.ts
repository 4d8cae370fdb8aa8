// What is a custom SMS template, as the org keeps it?
import type { Collection } from '../state/state.ts'

/** A custom text of messages, with translations by language. */
export interface SmsTemplate {
  name: string
  type: string
  template: string
  translations?: Readonly<Record<string, string>>
  createdAt: number
  lastUpdatedAt: number
}

/** The unique key of the one template of a type. */
export const typeKey = (type: string): string => `type:${type}`

/** All of them. */
export const smsTemplates: Collection<SmsTemplate> = {
  name: 'smsTemplate',
  unique: ({ type }) => [typeKey(type)],
}
