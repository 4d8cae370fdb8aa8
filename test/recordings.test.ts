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

/** What the org answered as recorded when this number was last raised. A drop is a regression: raise it, never lower it. */
const MATCHED = 2500

test.skipIf(!present)(
  `recorded traffic is answered as Okta did${present ? '' : ' (skipped: ../shared is absent)'}`,
  async () => {
    const org = await createOrg({ contract: 'current', passwordCost: 2 })
    const { url } = await org.listen()
    const report = path.join(tmpdir(), `errorg-replay-${process.pid}.json`)
    try {
      await promisify(execFile)(
        process.execPath,
        [replay, '--base', url, '--token', org.token, '--reset', 'POST:/_errorg/reset', '--json', report],
        { maxBuffer: 64 * 1024 * 1024 },
      )
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
      expect(sums.fault).toBe(0)
      expect(sums.match).toBeGreaterThanOrEqual(MATCHED)
    } finally {
      rmSync(report, { force: true })
      await org.close()
    }
  },
  120_000,
)
