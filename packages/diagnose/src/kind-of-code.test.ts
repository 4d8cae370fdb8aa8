import { findNewerCode, newerCodes } from '@errorg/errors/codes'
import { describe, expect, it } from 'vitest'
import { diagnoseEvidence } from './diagnose.ts'
import { kindOfCode } from './kind-of-code.ts'

/** Their summary is a hole or a state that is no failure, so the code alone says nothing. */
const SPEECHLESS = new Set(['E0000070', 'E0000101', 'E0000116', 'E0000131', 'E0000167'])

describe('the kind of a code', () => {
  it.each([
    ['E0000016', 'user-status-forbids-operation'],
    ['E0000062', 'duplicate-object'],
    ['E0000215', 'endpoint-unsupported'],
  ])('%s is %s', (code, kind) => {
    expect(kindOfCode(code)).toBe(kind)
  })

  it.each(['E0000001', 'E0000011', 'E0000047', 'E9999999', 'invalid_grant'])('%s alone decides nothing', (code) => {
    expect(kindOfCode(code)).toBeUndefined()
  })

  it.each(newerCodes.filter(({ code }) => !SPEECHLESS.has(code)))('$code is diagnosed', ({ code, status, summary }) => {
    const { findings } = diagnoseEvidence({
      httpStatus: status,
      responseBody: { errorCode: code, errorSummary: summary },
    })
    expect(findings[0]?.kind).toBe(kindOfCode(code))
    expect(findings[0]?.fix.length).toBeGreaterThan(0)
  })

  it('is not guessed for codes without a summary of their own', () => {
    for (const code of SPEECHLESS) {
      expect(findNewerCode(code), code).toBeDefined()
      expect(kindOfCode(code), code).toBeUndefined()
    }
  })
})
