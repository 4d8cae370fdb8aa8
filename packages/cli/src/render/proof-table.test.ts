import { findCode } from '@errorg/errors/codes'
import { proofsOf } from '@errorg/errors/proofs'
import { describe, expect, it } from 'vitest'
import type { TriggeredProof } from '../commands/trigger.ts'
import { proofTable } from './proof-table.ts'

const listed = proofsOf(findCode('E0000016')!)[0]!
const good: TriggeredProof = {
  listed,
  run: { steps: [], problems: [], cured: true },
  diagnosis: undefined,
  result: {
    code: 'E0000016',
    cause: 'user-already-active',
    kind: 'user-status-forbids-operation',
    contract: 'reference',
    mark: 'recorded',
    raised: true,
    cured: true,
    status: 403,
    found: { cause: 'user-already-active', kind: 'user-status-forbids-operation' },
    named: true,
  },
}

describe('the table of all proofs', () => {
  it('counts what was raised, cured and found, and says what stopped a proof', () => {
    const stopped: TriggeredProof = {
      ...good,
      run: { steps: [], problems: ['given, step 1: no answer'], cured: false },
      result: { ...good.result, raised: false, cured: false, status: null, found: null, named: false },
    }
    const otherKind: TriggeredProof = {
      ...good,
      result: { ...good.result, found: { cause: null, kind: 'clock-skew' }, named: false },
    }
    const undecided: TriggeredProof = {
      ...good,
      result: { ...good.result, found: { cause: null, kind: 'user-locked-out' } },
    }
    const text = proofTable(
      [good, stopped, otherKind, undecided],
      [
        { code: 'E0000056', cause: 'app-still-active', why: 'No apps.' },
        { code: 'E0000040', cause: 'label-taken', why: 'No apps.' },
      ],
      { color: false, columns: 100 },
    )
    expect(text).toContain('4 proofs of 1 code: 3 raised, 3 cured')
    expect(text).toContain('1 right cause, 1 right kind, 2 with the true cause among the findings')
    expect(text).toMatch(/NOT raised +NOT cured +nothing found/)
    expect(text).toContain('other: clock-skew')
    expect(text).toContain('undecided: user-locked-out, or the true one')
    expect(text).toContain('E0000016/user-already-active: given, step 1: no answer')
    expect(text).toContain('2 causes cannot be proven yet\n  2 No apps.')
  })
})
