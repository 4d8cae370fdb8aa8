// Can a proof fail? Ten conditions are taken out of the rules at random (seeded): their proofs must fail, and no other.
import type { ErrorEntry, RedirectErrorEntry } from '@errorg/errors'
import { codes } from '@errorg/errors/codes'
import { redirectErrors } from '@errorg/errors/oauth'
import { proofsOf, runProof } from '@errorg/errors/proofs'
import { createOrg } from '@errorg/server'
import { expect, test, vi } from 'vitest'
import { signingKeys, toolsOf } from './proof-tools.ts'

const broken = vi.hoisted(() => ({ cause: '' }))

// The condition still holds, and the rule says nothing: what a deleted line would do.
vi.mock('../packages/server/src/fail.ts', async (original) => {
  const real = await original<typeof import('../packages/server/src/fail.ts')>()
  return {
    ...real,
    fail: (entry: Parameters<typeof real.fail>[0], cause: string, facts?: Parameters<typeof real.fail>[2]) => {
      if (broken.cause === `${entry.code}/${cause}`) return undefined
      return real.fail(entry, cause, facts)
    },
  }
})

vi.mock('../packages/server/src/oauth/errors.ts', async (original) => {
  const real = await original<typeof import('../packages/server/src/oauth/errors.ts')>()
  return {
    ...real,
    refuse: (...all: Parameters<typeof real.refuse>) =>
      broken.cause === `${all[1]}/${all[3]}` ? undefined : real.refuse(...all),
    refuseAs: (...all: Parameters<typeof real.refuseAs>) =>
      broken.cause === `${all[0].error}/${all[1]}` ? undefined : real.refuseAs(...all),
  }
})

const entries: readonly (ErrorEntry | RedirectErrorEntry)[] = [
  ...Object.values(codes),
  ...Object.values(redirectErrors),
]
const proofs = entries
  .flatMap((entry) => proofsOf(entry).map((proof) => ({ ...proof, name: `${proof.code}/${proof.causeId}` })))
  .filter(({ proof }) => proof.contract !== 'current')

/** mulberry32: the same ten every time; another seed takes another ten. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

async function holds({ proof, code }: (typeof proofs)[number]): Promise<boolean> {
  const org = await createOrg({ passwordCost: 2, signingKeys, onFault: () => undefined })
  const run = await runProof(proof, toolsOf(org), { contract: 'reference' })
  return run.problems.length === 0 && run.raisedAs?.code === code && run.cured
}

const seed = Number(process.env.ERRORG_BREAK_SEED ?? 20261120)
const random = randomOf(seed)
const names = [...new Set(proofs.map((proof) => proof.name))]
const chosen = Array.from({ length: 10 }, () => names.splice(Math.floor(random() * names.length), 1)[0]!)

test.each(chosen)(`without the condition %s exactly its proofs fail (seed ${seed})`, async (name) => {
  broken.cause = name
  try {
    const failed = new Set<string>()
    for (const proof of proofs) if (!(await holds(proof))) failed.add(proof.name)
    expect([...failed]).toEqual([name])
  } finally {
    broken.cause = ''
  }
})
