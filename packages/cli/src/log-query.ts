// What is asked of the System Log? Flags and a filter become one filter and the parameters of GET /api/v1/logs.
import { Refusal } from './io.ts'
import { findRecipe, logRecipes } from './log-recipes.ts'

/** The flags that say which events. */
export interface LogSelection {
  /** A filter in Okta's own language. */
  filter?: string
  recipe?: string
  app?: string
  actor?: string
  requestId?: string
}

/** One filter of all that was asked; undefined where everything is wanted. */
export function filterOf(selection: LogSelection): string | undefined {
  const parts: string[] = []
  if (selection.filter !== undefined && selection.filter.trim() !== '') parts.push(selection.filter.trim())
  if (selection.recipe !== undefined) parts.push(recipeOf(selection.recipe).filter)
  if (selection.app !== undefined) {
    const name = quoted(selection.app)
    // Token requests have the app as their actor, with its client id as alternateId; everything else has it as a target.
    parts.push(
      `target.displayName eq ${name} or target.alternateId eq ${name} or (actor.type eq "PublicClientApp" and (actor.displayName eq ${name} or actor.alternateId eq ${name}))`,
    )
  }
  if (selection.actor !== undefined) parts.push(`actor.alternateId eq ${quoted(selection.actor)}`)
  if (selection.requestId !== undefined) parts.push(`transaction.id eq ${quoted(selection.requestId)}`)
  if (parts.length === 0) return undefined
  return parts.length === 1 ? parts[0] : parts.map((part) => `(${part})`).join(' and ')
}

/** The recipe of this name; an unknown one is refused with the names that there are. */
export function recipeOf(name: string) {
  const recipe = findRecipe(name)
  if (recipe) return recipe
  throw new Refusal(
    2,
    `there is no recipe ${JSON.stringify(name.slice(0, 60))}. There are: ${logRecipes.map((one) => one.name).join(', ')}.`,
  )
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A moment as ISO text: a date, or how long ago (`15m`, `2h`, `7d`). */
export function momentOf(text: string, flag: string, nowMs: number): string {
  const ago = /^(\d{1,6})([smhd])$/.exec(text.trim())
  const at = ago ? nowMs - Number(ago[1]) * UNITS[ago[2]!]! : Date.parse(text)
  if (Number.isNaN(at) || Math.abs(at) > 8.64e15)
    throw new Refusal(2, `${flag} takes a date such as 2026-11-20T12:00:00Z, or how long ago: 15m, 2h, 7d.`)
  return new Date(at).toISOString()
}

/** A whole number within bounds. */
export function countOf(text: string, flag: string, most: number): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > most)
    throw new Refusal(2, `${flag} takes a whole number from 1 to ${most}.`)
  return count
}

// Values of filters are JSON strings.
function quoted(text: string): string {
  return JSON.stringify(text)
}
