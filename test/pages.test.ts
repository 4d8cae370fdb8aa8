// Do the pages keep their word? Every link between them leads somewhere, and the answers that the pages of codes
// show are the answers that come.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Contract, wireOf } from '@errorg/errors'
import { codes } from '@errorg/errors/codes'
import { proofsOf, runProof } from '@errorg/errors/proofs'
import { createOrg } from '@errorg/server'
import { expect, test } from 'vitest'
import { toolsOf } from './proof-tools.ts'

const root = path.resolve(import.meta.dirname, '..')
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true })
    .map((name) => `docs/${name}`)
    .filter((name) => name.endsWith('.md')),
]
const texts = new Map(pages.map((page) => [page, readFileSync(path.join(root, page), 'utf8')]))

/** Headings as GitHub names them in links. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map((match) => match[1]!)
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  )
}

test('every link between pages leads to a file and a heading that are there', () => {
  const dead: string[] = []
  for (const [page, text] of texts) {
    const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '))
    for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      const [file = '', anchor] = target.split('#')
      const name = file === '' ? page : path.posix.join(path.posix.dirname(page), file)
      if (!existsSync(path.join(root, name))) dead.push(`${page}: ${target}`)
      else if (anchor !== undefined && !anchorsOf(texts.get(name) ?? '').has(anchor)) dead.push(`${page}: ${target}`)
    }
  }
  expect(dead).toEqual([])
  expect(texts.size).toBeGreaterThan(150)
})

test('every page of the guide and of the reference is reached from the table of contents', () => {
  const reached = new Set<string>(['docs/README.md'])
  for (const page of reached) {
    for (const [, target = ''] of (texts.get(page) ?? '').matchAll(/\]\(([^)\s#]+\.md)/g)) {
      const name = path.posix.join(path.posix.dirname(page), target)
      if (texts.has(name)) reached.add(name)
    }
  }
  expect([...texts.keys()].filter((page) => !reached.has(page))).toEqual([])
})

/** A template as a pattern: `{holes}` stand for anything. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`)
}

test.each(['reference', 'current'] as const)('the answers on the pages are those that come: %s', async (contract) => {
  const wrong: string[] = []
  for (const entry of Object.values(codes)) {
    for (const { causeId, cause, proof } of proofsOf(entry)) {
      if (proof.contract !== undefined && proof.contract !== contract) continue
      const { status, summary, causes } = await answerOf(proof, contract)
      const shown = wireOf(entry, causeId, contract)
      const texts = cause.wire?.causes ?? []
      const fits =
        status === shown.status &&
        patternOf(shown.summary).test(summary ?? '') &&
        causes.length === texts.length &&
        texts.every((text, at) => patternOf(text).test(causes[at]!))
      if (!fits) wrong.push(`${entry.code}/${causeId}: ${JSON.stringify({ status, summary, causes })}`)
    }
  }
  expect(wrong, 'correct `wire` of the cause in packages/errors/src/codes').toEqual([])
})

async function answerOf(proof: Parameters<typeof runProof>[0], contract: Contract) {
  const org = await createOrg({ contract, passwordCost: 2 })
  const { raisedAs } = await runProof(proof, toolsOf(org), { contract })
  return { status: raisedAs?.status, summary: raisedAs?.summary, causes: raisedAs?.causes ?? [] }
}
