// Does every cause have a proof or a stated reason for having none? The reasons stand in one list, and it is exact.
import type { Cause } from '@errorg/errors'
import { codes } from '@errorg/errors/codes'
import { redirectErrors } from '@errorg/errors/oauth'
import { ledger } from '@errorg/errors/proofs'
import { describe, expect, it } from 'vitest'

const FILE = 'packages/errors/src/proofs/ledger.ts'

const causes = [
  ...Object.entries(codes).map(([code, entry]) => ({ code, causes: entry.causes })),
  ...Object.entries(redirectErrors).map(([code, entry]) => ({ code, causes: entry.causes })),
].flatMap((entry) =>
  Object.entries<Cause>(entry.causes).map(([id, cause]) => ({
    name: `${entry.code}/${id}`,
    proven: [cause.proof ?? []].flat().length > 0,
  })),
)
const listed = ledger.map((entry) => `${entry.code}/${entry.cause}`)

describe('the ledger of what cannot be proven yet', () => {
  it('names every cause without a proof', () => {
    const missing = causes.filter((cause) => !cause.proven && !listed.includes(cause.name)).map((cause) => cause.name)
    expect(missing, `give each a proof in its code's file, or a line with the reason in ${FILE}`).toEqual([])
  })

  it('names no cause that has a proof or does not exist', () => {
    const unproven = causes.filter((cause) => !cause.proven).map((cause) => cause.name)
    const unneeded = listed.filter((name) => !unproven.includes(name))
    expect(unneeded, `take these out of ${FILE}`).toEqual([])
  })

  it('names each cause once and gives a reason', () => {
    expect(listed.filter((name, at) => listed.indexOf(name) !== at)).toEqual([])
    expect(ledger.filter((entry) => !entry.why.endsWith('.'))).toEqual([])
  })
})
