// Which values can the `error` member of an OAuth answer have today, and with which status?
import { oauthValueTuples } from './values.generated.ts'

/** One status that an `error` value comes with. */
export interface OAuthAnswer {
  status: number
  /** How many different conditions Okta lists for it. */
  variants: number
}

/** A value of the `error` member of an OAuth answer. */
export interface OAuthValue {
  error: string
  /** Most conditions first. */
  answers: readonly OAuthAnswer[]
}

/** All values that Okta lists today, in alphabetical order. The redirect errors are among them. */
export const oauthValues: readonly OAuthValue[] = oauthValueTuples.map(([error, ...answers]) => ({
  error,
  answers: answers.map(([status, variants]) => ({ status, variants })).sort((a, b) => b.variants - a.variants),
}))

/** What is known of this `error` value, or undefined for one that Okta does not list. */
export function findOAuthValue(error: string): OAuthValue | undefined {
  return oauthValues.find((value) => value.error === error)
}
