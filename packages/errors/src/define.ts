// Which shape does an entry of the catalogue have? Everything else reads these types: the server raises
// entries, the diagnosis recognises them, the docs print them, the tests prove them.
import type { Kind } from './kinds.ts'
import type { Proof } from './proofs/step.ts'

/** How certain a fact is. Recorded beats documented beats reported beats inferred. */
export type Mark = 'recorded' | 'documented' | 'reported' | 'inferred'

/**
 * Which of the two published behaviours an org follows: `reference`, the error code reference as given, or
 * `current`, today's published list and recorded traffic.
 */
export type Contract = 'reference' | 'current'

/** Where a fact comes from. */
export interface Source {
  mark: Mark
  /** Repository and file, document or thread, in plain words. */
  where: string
}

/** When may a caller send the same request again? */
export type RetryAdvice =
  /** The answer will be the same until something else changes. */
  | 'never'
  /** After the moment in `x-rate-limit-reset`; for a concurrency limit after a short random wait. */
  | 'after-reset'
  /** After a wait that grows, with jitter; requests that are not idempotent only after reading back. */
  | 'with-backoff'
  /** After a new token or a new sign-in. */
  | 'after-new-credentials'
  /** After the state that the cause names has changed (a fix, an unlock, the end of a mode). */
  | 'after-change'

/** The room of the product an error belongs to; used to group pages and lists. */
export type Area =
  | 'request'
  | 'authentication'
  | 'authorization'
  | 'users'
  | 'credentials'
  | 'groups'
  | 'apps'
  | 'provisioning'
  | 'factors'
  | 'lists'
  | 'limits'
  | 'service'
  | 'oauth'

/** Why an error happened. Its id is unique within its code and is written `E0000016/user-already-active`. */
export interface Cause {
  kind: Kind
  /** The truth in one sentence, in the present tense, without naming the code. */
  says: string
  /** What the caller can look at to tell this cause from its siblings. */
  tellApart?: string
  /** What to do, a step an item, in order. */
  fix: readonly string[]
  /** Operations it is known on, `METHOD /path/{id}`, most telling first. Absent: any. */
  operations?: readonly string[]
  /** What this cause puts on the wire, where it is more than the code's own status and summary. */
  wire?: {
    status?: number
    /** Replaces the code's summary; holes as `{name}`. */
    summary?: string
    /** The texts of `errorCauses`, in order; holes as `{name}`. */
    causes?: readonly string[]
  }
  sources: readonly Source[]
  /** Steps that make it happen and cure it. What has none stands in test/ledger.ts with the reason. */
  proof?: Proof | readonly Proof[]
}

/** An error code of the Okta API (`E0000001` …) with everything that is known about it. */
export interface ErrorEntry<Id extends string = string> {
  /** `E` and seven digits. */
  code: string
  /** A short name in our own words, for headings. */
  title: string
  area: Area
  retry: RetryAdvice
  /** The reference document, verbatim (typing faults cleaned). */
  reference: { status: number; description: string }
  /** Today's list and recordings. `summary` has named holes, such as `Not found: {message}`. */
  current: { status: number; summary: string }
  /** Set only where the reference differs in substance: the summary that the `reference` contract shows. */
  summaryInReference?: string
  /** What a reader should know about this code as a whole: traps, differences, history. */
  note?: string
  causes: Readonly<Record<Id, Cause>>
}

/** An error that an authorization server hands to the application by redirect. */
export interface RedirectErrorEntry<Id extends string = string> {
  /** The value of the `error` parameter in the reference contract, such as `access_denied`. */
  error: string
  title: string
  retry: RetryAdvice
  reference: { description: string }
  current: {
    /** The value sent today, where it differs from `error`. */
    error?: string
    /** Descriptions seen today; holes as `{name}`. */
    descriptions: readonly string[]
  }
  note?: string
  causes: Readonly<Record<Id, Cause>>
}

/** Declares an error code; keeps the literal ids of its causes, so that a misspelt cause does not compile. */
export function defineError<const Id extends string>(entry: ErrorEntry<Id>): ErrorEntry<Id> {
  return entry
}

/** Declares a redirect error; keeps the literal ids of its causes. */
export function defineRedirectError<const Id extends string>(entry: RedirectErrorEntry<Id>): RedirectErrorEntry<Id> {
  return entry
}

/** What an org with this contract answers for this cause: HTTP status and summary template. */
export function wireOf(entry: ErrorEntry, causeId: string, contract: Contract): { status: number; summary: string } {
  const cause = entry.causes[causeId]
  const status = cause?.wire?.status ?? (contract === 'reference' ? entry.reference.status : entry.current.status)
  const summary =
    cause?.wire?.summary ??
    (contract === 'reference' && entry.summaryInReference !== undefined
      ? entry.summaryInReference
      : entry.current.summary)
  return { status, summary }
}

/**
 * What an org with this contract hands to an application by redirect. The reference has one description for each
 * error; today's orgs say more. Holes as `{name}`.
 */
export function redirectWireOf(
  entry: RedirectErrorEntry,
  causeId: string,
  contract: Contract,
): { error: string; description: string } {
  if (contract === 'reference') return { error: entry.error, description: entry.reference.description }
  const description =
    entry.causes[causeId]?.wire?.summary ?? entry.current.descriptions[0] ?? entry.reference.description
  return { error: entry.current.error ?? entry.error, description }
}

/** Fills `{name}` holes. A hole without a value stays as it is, so that a test can see it. */
export function fillHoles(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name]
    return value === undefined ? hole : String(value)
  })
}
