// What is known about a thing that people ask for? Looks it up in the catalogue and gives plain data.
import type { Cause, ErrorEntry, Mark, RedirectErrorEntry, RetryAdvice } from '@errorg/errors'
import { codes, findCode, findNewerCode, newerCodes } from '@errorg/errors/codes'
import { kindNames, kinds } from '@errorg/errors/kinds'
import { findOAuthValue, findRedirectError, oauthValues, redirectErrors } from '@errorg/errors/oauth'
import { adviceFor } from './statuses.ts'

/** One cause, with the code it belongs to. */
export interface CauseView {
  /** `E0000016`, or the value of `error` of a redirect error. */
  code: string
  cause: string
  kind: string
  says: string
  tellApart?: string
  fix: readonly string[]
  operations: readonly string[]
  wire?: Cause['wire']
  /** The most certain of its sources. */
  mark: Mark
  sources: Cause['sources']
  /** Can `errorg trigger` make it happen? */
  proven: boolean
}

/** A code in one line. */
export interface CodeLine {
  code: string
  status: number
  title: string
  summary: string
  /** Statuses beside `status` that this code comes with: in the other contract, or for one of its causes. */
  otherStatuses: readonly number[]
}

/** A code that is younger than the reference. */
export interface NewerLine {
  code: string
  status: number
  summary: string
}

/** The answer to "what is this?". */
export type Explanation =
  | {
      what: 'code'
      code: string
      title: string
      area: string
      retry: RetryAdvice
      reference: ErrorEntry['reference']
      current: ErrorEntry['current']
      summaryInReference?: string
      note?: string
      causes: readonly CauseView[]
    }
  | ({ what: 'newer-code' } & NewerLine)
  | {
      what: 'oauth'
      error: string
      title?: string
      retry?: RetryAdvice
      reference?: RedirectErrorEntry['reference']
      current?: RedirectErrorEntry['current']
      note?: string
      /** HTTP statuses that Okta lists for it today, with the number of conditions. */
      answers: readonly { status: number; variants: number }[]
      causes: readonly CauseView[]
    }
  | {
      what: 'status'
      status: number
      title: string
      says: string
      commonCauses: readonly string[]
      immediateAction: readonly string[]
      longTermFix: readonly string[]
      codes: readonly CodeLine[]
      newerCodes: readonly NewerLine[]
      oauthErrors: readonly string[]
    }
  | { what: 'kind'; kind: string; says: string; look: readonly string[]; causes: readonly CauseView[] }
  | ({ what: 'cause' } & CauseView)

/** Explains what somebody typed, or gives `undefined` for what nobody knows. */
export function explanationOf(text: string): Explanation | undefined {
  const typed = text.trim()
  const status = /^[45]\d\d$/.test(typed) ? Number(typed) : undefined
  if (status !== undefined) return ofStatus(status)
  const slash = typed.indexOf('/')
  if (slash > 0) return ofCause(typed.slice(0, slash), typed.slice(slash + 1))
  const entry = findCode(typed)
  if (entry) return ofCode(entry)
  const newer = findNewerCode(codeOf(typed))
  if (newer) return { what: 'newer-code', ...newer }
  // `consent_required` is an OAuth error, `consent-required` a kind: as typed first, then the one that is near.
  const word = typed.toLowerCase()
  return ofOAuth(word) ?? ofKind(word) ?? ofOAuth(word.replace(/[\s-]+/g, '_')) ?? ofKind(word.replace(/[\s_]+/g, '-'))
}

/** Every cause there is, in the order of the catalogue. */
export function allCauses(): CauseView[] {
  return [
    ...Object.values(codes).flatMap((entry) => causesOf(entry.code, entry.causes)),
    ...Object.values<RedirectErrorEntry>(redirectErrors).flatMap((entry) => causesOf(entry.error, entry.causes)),
  ]
}

/** Every code of the reference in one line, in ascending order. */
export function allCodeLines(): CodeLine[] {
  return Object.values(codes).map(lineOf)
}

/** The known things that look most like what was typed, best first. */
export function nearest(text: string, most = 3): string[] {
  const typed = text.trim().toLowerCase().replace(/\s+/g, '-')
  const known = new Set<string>([
    ...Object.keys(codes),
    ...newerCodes.map((newer) => newer.code),
    ...oauthValues.map((value) => value.error),
    ...Object.keys(redirectErrors),
    ...kindNames,
    ...allCauses().map((cause) => (typed.includes('/') ? `${cause.code}/${cause.cause}` : cause.cause)),
  ])
  const farthest = Math.max(2, Math.floor(typed.length / 3))
  const scored = [...known].map((name) => {
    const plain = name.toLowerCase().replace(/_/g, '-')
    const wanted = typed.replace(/_/g, '-')
    const part = wanted.length >= 4 && plain.includes(wanted)
    return { name, far: part ? 1 : distance(wanted, plain) }
  })
  return scored
    .filter(({ far }) => far <= farthest)
    .sort((a, b) => a.far - b.far || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => (name in codes || name.includes('/') ? name : asAsked(name)))
}

// A cause id alone is no question that `explain` takes; with its code it is.
function asAsked(name: string): string {
  const cause = allCauses().find((view) => view.cause === name)
  return cause && !(name in kinds) ? `${cause.code}/${name}` : name
}

function codeOf(typed: string): string {
  const digits = /^E?(\d{1,7})$/i.exec(typed)?.[1]
  return digits === undefined ? typed : `E${digits.padStart(7, '0')}`
}

function ofCode(entry: ErrorEntry): Explanation {
  const { code, title, area, retry, reference, current, summaryInReference, note } = entry
  return {
    what: 'code',
    code,
    title,
    area,
    retry,
    reference,
    current,
    summaryInReference,
    note,
    causes: causesOf(code, entry.causes),
  }
}

function ofOAuth(error: string): Explanation | undefined {
  const entry = findRedirectError(error)
  const value = findOAuthValue(error)
  if (!entry && !value) return undefined
  return {
    what: 'oauth',
    error,
    title: entry?.title,
    retry: entry?.retry,
    reference: entry?.reference,
    current: entry?.current,
    note: entry?.note,
    answers: value?.answers ?? [],
    causes: entry ? causesOf(error, entry.causes) : [],
  }
}

function ofKind(kind: string): Explanation | undefined {
  if (!Object.hasOwn(kinds, kind)) return undefined
  const { says, look } = kinds[kind as keyof typeof kinds]
  return { what: 'kind', kind, says, look, causes: allCauses().filter((cause) => cause.kind === kind) }
}

function ofCause(code: string, cause: string): Explanation | undefined {
  const name = findCode(code)?.code ?? code.toLowerCase()
  const view = allCauses().find((one) => one.code === name && one.cause === cause.toLowerCase())
  return view && { what: 'cause', ...view }
}

function ofStatus(status: number): Explanation {
  const { title, says, causes, now, later } = adviceFor(status)
  return {
    what: 'status',
    status,
    title,
    says,
    commonCauses: causes,
    immediateAction: now,
    longTermFix: later,
    codes: allCodeLines().filter((line) => line.status === status || line.otherStatuses.includes(status)),
    newerCodes: newerCodes.filter((newer) => newer.status === status),
    oauthErrors: oauthValues
      .filter((value) => value.answers.some((answer) => answer.status === status))
      .map((value) => value.error),
  }
}

function lineOf(entry: ErrorEntry): CodeLine {
  const status = entry.reference.status
  const others = [entry.current.status, ...Object.values(entry.causes).map((cause) => cause.wire?.status ?? status)]
  return {
    code: entry.code,
    status,
    title: entry.title,
    summary: entry.current.summary,
    otherStatuses: [...new Set(others)].filter((other) => other !== status),
  }
}

const MARKS: readonly Mark[] = ['recorded', 'documented', 'reported', 'inferred']

/** How certain a cause is: its best source. */
export function markOf(cause: Cause): Mark {
  return MARKS.find((mark) => cause.sources.some((source) => source.mark === mark)) ?? 'inferred'
}

function causesOf(code: string, causes: Readonly<Record<string, Cause>>): CauseView[] {
  return Object.entries(causes).map(([id, cause]) => ({
    code,
    cause: id,
    kind: cause.kind,
    says: cause.says,
    tellApart: cause.tellApart,
    fix: cause.fix,
    operations: cause.operations ?? [],
    wire: cause.wire,
    mark: markOf(cause),
    sources: cause.sources,
    proven: cause.proof !== undefined,
  }))
}

/** How many letters have to be changed, added, removed or swapped. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
