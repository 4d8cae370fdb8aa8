// When does the org forget tokens that ended long ago? Every hour of its clock, while there are any: a program that
// fetches a token a second would else fill the memory with what nobody can use any more.
import { consentAsks } from '../entities/consent.ts'
import {
  authCodes,
  type RefreshToken,
  refreshTokens,
  revokedTokens,
  sessionTokens,
  usedAssertions,
} from '../entities/sign-in.ts'
import type { JobRunner } from '../jobs.ts'
import type { Org } from '../org.ts'
import { type Collection, remove, type Stored, type Write } from '../state/state.ts'

const KIND = 'oauth.sweep'

const HOUR_MS = 3_600_000

// A dead refresh token is remembered for a month, so that the private record can say why it was refused.
const REFRESH_KEPT_MS = 30 * 24 * HOUR_MS

/** Makes sure that what was just written is swept up one day. */
export function sweepLater(org: Org, now: number): void {
  if (org.jobs.snapshot().some((job) => job.kind === KIND)) return
  org.jobs.add({ dueAt: now + HOUR_MS, kind: KIND, data: {} })
}

const sweep: JobRunner = async (org) => {
  const now = org.clock.now()
  const ended = (row: { expiresAt: number }) => row.expiresAt + HOUR_MS <= now
  const writes: Write[] = []
  let left = 0
  const look = async <T>(collection: Collection<T>, isOver: (value: T) => boolean) => {
    const rows: readonly Stored<T>[] = await org.state.scan(collection)
    const over = rows.filter((row) => isOver(row.value))
    writes.push(...over.map((row) => remove(collection, row)))
    left += rows.length - over.length
  }
  await look(authCodes, ended)
  await look(usedAssertions, ended)
  await look(revokedTokens, ended)
  await look(sessionTokens, ended)
  await look(consentAsks, ended)
  await look(refreshTokens, (token) => endOf(token) + REFRESH_KEPT_MS <= now)
  if (writes.length > 0) await org.state.change(writes)
  if (left > 0) org.jobs.add({ dueAt: now + HOUR_MS, kind: KIND, data: {} })
}

function endOf({ expiresAt, idleUntil, rotatedAt, revokedAt }: RefreshToken): number {
  return Math.min(expiresAt, idleUntil, rotatedAt ?? expiresAt, revokedAt ?? expiresAt)
}

/** What sweeps, by the job's kind. */
export const sweepJobs: Readonly<Record<string, JobRunner>> = { [KIND]: sweep }
