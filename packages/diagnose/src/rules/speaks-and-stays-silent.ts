// How is a rule tested? With two lists: evidence it must speak on, and evidence on which it must stay silent.
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../evidence.ts'
import { normalise } from '../facts.ts'
import type { Strength } from '../finding.ts'
import type { Rule } from './rule.ts'

/** Runs both lists against a rule. */
export function judge(
  rule: Rule,
  lists: { speaks: readonly [string, Evidence, Strength?][]; silent: readonly [string, Evidence][] },
): void {
  describe(`${rule.kind} speaks`, () => {
    it.each(lists.speaks.map(([name, evidence, strength]) => ({ name, evidence, strength })))(
      '$name',
      ({ evidence, strength }) => {
        const said = rule.speak(normalise(evidence))
        expect(said.length, 'candidates').toBeGreaterThan(0)
        for (const candidate of said) {
          expect(candidate.kind).toBe(rule.kind)
          expect(candidate.because.length, 'pieces of evidence').toBeGreaterThan(0)
          for (const item of candidate.because) expect(item.says).toMatch(/^[A-Z].*[.]$/s)
        }
        if (strength) expect(said[0]!.strength).toBe(strength)
      },
    )
  })
  describe(`${rule.kind} stays silent`, () => {
    it.each(lists.silent.map(([name, evidence]) => ({ name, evidence })))('$name', ({ evidence }) => {
      expect(rule.speak(normalise(evidence))).toEqual([])
    })
  })
}

/** Evidence with an answer in OAuth's form. */
export function oauth(error: string, description?: string, more: Evidence = {}): Evidence {
  return { ...more, responseBody: { error, ...(description !== undefined && { error_description: description }) } }
}

/** Evidence with one System Log event of a refusal. */
export function logEvent(reason: string | null, eventType = 'app.oauth2.as.token.grant', result = 'FAILURE'): Evidence {
  return { logEvents: [{ eventType, outcome: { result, reason } }] }
}
