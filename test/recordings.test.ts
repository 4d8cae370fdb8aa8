// How much of recorded Okta traffic does the org answer as Okta did? Replays the open recordings from ../shared
// against a listening org (contract current, limits off, reset before each cassette).
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createOrg } from '@errorg/server'
import { expect, test } from 'vitest'

const replay = path.resolve(import.meta.dirname, '../../shared/recorded/replay.mjs')
const present = existsSync(replay)

/** What the org answered as recorded when these numbers were last raised. A drop is a regression: raise them, never lower them. */
const MATCHED = 2980
/** Of the recorded errors, counted as distinct operation and code: those that are answered so each time. */
const ERRORS_MATCHED = 41

interface Step {
  /** Method and address, with holes. */
  m: string
  u: string
  /** The recorded error code. */
  e?: string
  /** Set where a step cannot be replayed. */
  x?: string
}

/** `GET /api/v1/apps/{}/features`: an address without its query and ids. */
function templateOf({ m, u }: Step): string {
  const path = u
    .split('?')[0]!
    .replace(/\{\{\d+\}\}/g, '{}')
    .replace(/\/(?=[^/]*\d)[A-Za-z0-9_-]{18,22}(?=\/|$)/g, '/{}')
  return `${m} ${path}`
}

/** Which steps missed, and why, from what the replay prints: `  cassette #3 GET /address — status 501, recorded 200`. */
function missesOf(printed: string): Map<string, string> {
  const misses = new Map<string, string>()
  for (const [, cassette, step, why] of printed.matchAll(/^ {2}(\S+) #(\d+) .* — (.*)$/gm)) {
    misses.set(`${cassette} #${step}`, why!)
  }
  return misses
}

/** The recorded cassettes that the replay runs: those with request bodies of their own. */
function cassettes(): { name: string; steps: Step[] }[] {
  return readFileSync(path.join(path.dirname(replay), 'replay-open.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; steps: Step[]; inferred?: boolean })
    .filter((cassette) => !cassette.inferred)
}

test.skipIf(!present)(
  `recorded traffic is answered as Okta did${present ? '' : ' (skipped: ../shared is absent)'}`,
  async () => {
    const org = await createOrg({ contract: 'current', passwordCost: 2 })
    const { url } = await org.listen()
    const report = path.join(tmpdir(), `errorg-replay-${process.pid}.json`)
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [replay, '--base', url, '--token', org.token, '--reset', 'POST:/_errorg/reset', '--verbose', '--json', report],
        { maxBuffer: 64 * 1024 * 1024 },
      )
      const misses = missesOf(stdout)
      const { sums, errorSums, byArea } = JSON.parse(readFileSync(report, 'utf8'))
      console.log(
        `open recordings: ${sums.match} of ${sums.total} interactions (${((100 * sums.match) / sums.total).toFixed(1)} %), ` +
          `errors ${errorSums.match} of ${errorSums.total}; missed: status ${sums.status}, code ${sums.error}, keys ${sums.keys}, ` +
          `list ${sums.list}, blocked ${sums.blocked}, fault ${sums.fault}`,
      )
      console.log(
        Object.entries(byArea as Record<string, { match: number; total: number }>)
          .map(([area, { match, total }]) => `${area} ${match}/${total}`)
          .join(', '),
      )
      const reasons = new Map<string, number>()
      const errors = new Map<string, boolean>()
      for (const { name, steps } of cassettes()) {
        for (const [n, step] of steps.entries()) {
          const why = misses.get(`${name} #${n}`)
          if (why !== undefined) {
            const reason = `${templateOf(step)}: ${why.replace(/ which no earlier answer gave.*/, ' of an earlier step that missed')}`
            reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
          }
          if (step.e === undefined || step.x !== undefined) continue
          const error = `${templateOf(step)} ${step.e}`
          errors.set(error, (errors.get(error) ?? true) && why === undefined)
        }
      }
      console.log(
        `misses by reason:\n${[...reasons]
          .sort(([, one], [, other]) => other - one)
          .map(([reason, times]) => `${times} × ${reason}`)
          .join('\n')}`,
      )
      const matched = [...errors.values()].filter(Boolean).length
      console.log(`distinct operation × code: ${matched} of ${errors.size} recorded errors`)
      expect(misses.size, 'every miss was read').toBe(sums.total - sums.match)
      expect(matched).toBeGreaterThanOrEqual(ERRORS_MATCHED)
      expect(sums.fault).toBe(0)
      expect(sums.match).toBeGreaterThanOrEqual(MATCHED)
    } finally {
      rmSync(report, { force: true })
      await org.close()
    }
  },
  120_000,
)
