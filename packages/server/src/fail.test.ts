// Is every hole of every text filled? The sources are read, because no test walks every path to a refusal; what they
// leave open is seen when a refusal is rendered (http/render.test.ts).
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { wireOf } from '@errorg/errors'
import { codes, E0000016 } from '@errorg/errors/codes'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { EdgeRefusal, Failure, fail } from './fail.ts'
import { holesOf } from './http/render.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** A call of `fail` as it is written. */
interface Raised {
  at: string
  code: string
  causes: string[]
  /** Names of the facts; undefined where they are not written as an object at the call. */
  facts: ReadonlySet<string> | undefined
}

function raisedIn(file: string): Raised[] {
  const source = ts.createSourceFile(file, readFileSync(join(here, file), 'utf8'), ts.ScriptTarget.Latest)
  const found: Raised[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'fail') {
      const [entry, cause, facts] = node.arguments
      if (entry && cause && ts.isIdentifier(entry) && /^E\d{7}$/.test(entry.text)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
        found.push({ at: `${file}:${line}`, code: entry.text, causes: literals(cause), facts: namesOf(facts) })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

// A cause is often chosen: `a ? 'this' : 'that'`.
function literals(node: ts.Node): string[] {
  if (ts.isStringLiteral(node)) return [node.text]
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)]
  if (ts.isParenthesizedExpression(node)) return literals(node.expression)
  return []
}

function namesOf(facts: ts.Expression | undefined): ReadonlySet<string> | undefined {
  if (!facts) return new Set()
  if (!ts.isObjectLiteralExpression(facts) || facts.properties.some(ts.isSpreadAssignment)) return undefined
  return new Set(facts.properties.map((property) => (property.name as ts.Identifier).text))
}

const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'),
)
const raised = files.flatMap(raisedIn)

describe('every refusal in the sources', () => {
  it('brings a fact for each hole of its texts, in both contracts', () => {
    expect(raised.length).toBeGreaterThan(50)
    const open: string[] = []
    for (const { at, code, causes, facts } of raised) {
      const entry = codes[code]!
      for (const cause of causes) {
        if (!facts) continue
        const templates = facts.has('causes') ? [] : [...(entry.causes[cause]?.wire?.causes ?? [])]
        for (const contract of ['reference', 'current'] as const) templates.push(wireOf(entry, cause, contract).summary)
        for (const hole of new Set(templates.flatMap(holesOf))) {
          if (!facts.has(hole)) open.push(`${at} raises ${code}/${cause} without "${hole}"`)
        }
      }
    }
    expect(open).toEqual([])
  })
})

describe('fail', () => {
  it('throws the entry, the cause and the facts, without a stack', () => {
    const thrown = (() => {
      try {
        return fail(E0000016, 'user-already-active', { id: '00u' })
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toBeInstanceOf(Failure)
    expect(thrown).toMatchObject({ entry: E0000016, causeId: 'user-already-active', facts: { id: '00u' } })
    expect((thrown as Failure).message).toBe('E0000016/user-already-active')
    expect((thrown as Failure).stack).not.toContain('\n    at ')
    expect(new Error('after it').stack).toContain('fail.test.ts')
  })

  it('has a sibling for what has no code', () => {
    expect(new EdgeRefusal(413, 'Payload Too Large', 'why')).toMatchObject({ status: 413, reason: 'why' })
  })
})
