// Does every proof of the catalogue hold, in both contracts, and does the diagnosis find its cause from the wire?

import { diagnose } from '@errorg/diagnose'
import { type Contract, type ErrorEntry, type RedirectErrorEntry, redirectWireOf } from '@errorg/errors'
import { codes } from '@errorg/errors/codes'
import { redirectErrors } from '@errorg/errors/oauth'
import { type ProofRun, proofsOf, runProof } from '@errorg/errors/proofs'
import { header, matchTemplate } from '@errorg/errors/wire'
import { createOrg } from '@errorg/server'
import { describe, expect, test } from 'vitest'
import { signingKeys, toolsOf } from './proof-tools.ts'
import { wireClass } from './wire-class.ts'

const entries: readonly (ErrorEntry | RedirectErrorEntry)[] = [
  ...Object.values(codes),
  ...Object.values(redirectErrors),
]
const proofs = entries.flatMap((entry) => proofsOf(entry).map((proof) => ({ entry, ...proof })))
const contracts: readonly Contract[] = ['reference', 'current']

interface Proven {
  entry: ErrorEntry | RedirectErrorEntry
  name: string
  kind: string
  run: ProofRun
  privateCause: string | null | undefined
  hadFault: boolean
}

/** What the answer has to show: the error and the status, of a redirect where the cause names no other. */
function expectedOf({ entry, cause }: (typeof proofs)[number], contract: Contract): { code: string; status: number } {
  const { status } = cause.wire ?? {}
  if ('code' in entry) return { code: entry.code, status: status ?? entry[contract].status }
  return { code: contract === 'current' ? (entry.current.error ?? entry.error) : entry.error, status: status ?? 302 }
}

async function prove(contract: Contract, proof: (typeof proofs)[number]): Promise<Proven> {
  const org = await createOrg({ contract, passwordCost: 2, signingKeys })
  const run = await runProof(proof.proof, toolsOf(org), { contract })
  const raisedId = run.raised?.response.headers.find(([name]) => name === 'x-okta-request-id')?.[1]
  const entries = org.requests.list()
  // Answers of the dispatcher carry no request id: there the first exchange with the same status and target is it.
  const raised = entries.find((entry) =>
    raisedId === undefined
      ? run.raised?.request.url.endsWith(entry.request.target) && entry.response.status === run.raised.response.status
      : entry.id === raisedId,
  )
  return {
    entry: proof.entry,
    name: `${proof.code}/${proof.causeId}`,
    kind: proof.cause.kind,
    run,
    privateCause: raised?.cause,
    hadFault: entries.some((entry) => entry.fault !== null),
  }
}

describe.each(contracts)('in the %s contract', (contract) => {
  const mine = proofs.filter(({ proof }) => proof.contract === undefined || proof.contract === contract)
  const results = Promise.all(mine.map((proof) => prove(contract, proof)))

  test.each(
    mine.map(
      (proof, i) =>
        [`${proof.code}/${proof.causeId}${proof.index > 0 ? ` (${proof.index + 1})` : ''}`, proof, i] as const,
    ),
  )('%s is raised and cured', async (name, proof, i) => {
    const { run, privateCause, hadFault } = (await results)[i]!
    expect(run.problems).toEqual([])
    const expected = expectedOf(proof, contract)
    expect(run.raisedAs?.code).toBe(expected.code)
    expect(run.raisedAs?.status).toBe(expected.status)
    expect(privateCause).toBe(name.split(' ')[0])
    expect(run.raisedAs?.summary).not.toMatch(/\{\w+\}/)
    expect(
      run.cured,
      `the second call answered ${run.again?.response.status} ${run.again?.response.body.slice(0, 300)}`,
    ).toBe(true)
    expect(hadFault, 'an injected answer proves nothing').toBe(false)
  })

  test('every proof is diagnosed from the wire: its kind, or one that no caller can tell from it', async () => {
    const proven = await results
    // What a redirect says may be the sentence of other causes too, of which some cannot be proven yet.
    const lookalikes = (entry: ErrorEntry | RedirectErrorEntry, said: string | undefined) =>
      'code' in entry || said === undefined
        ? []
        : Object.entries(entry.causes)
            .filter(([id]) => matchTemplate(redirectWireOf(entry, id, contract).description, said))
            .map(([, cause]) => cause.kind)
    const kindsOf = new Map<string, Set<string>>()
    const causesOf = new Map<string, Set<string>>()
    for (const { run, kind, name, entry } of proven) {
      const key = wireClass(run.raised!, run.raisedAs)
      kindsOf.set(key, new Set([...(kindsOf.get(key) ?? []), kind, ...lookalikes(entry, run.raisedAs?.summary)]))
      causesOf.set(key, (causesOf.get(key) ?? new Set()).add(name))
    }
    const missed: string[] = []
    const unnamed: string[] = []
    const wronglyCertain: string[] = []
    let causesFound = 0
    for (const { run, kind, name } of proven) {
      const { request, response } = run.raised!
      const url = new URL(request.url)
      const diagnosis = diagnose({
        httpStatus: response.status,
        method: request.method,
        path: url.pathname + url.search,
        requestHeaders: Object.fromEntries(request.headers),
        requestBody: request.body ?? '',
        responseHeaders: Object.fromEntries(response.headers),
        responseBody: response.body,
        redirectUrl: header(response.headers, 'location'),
      })
      const [best] = diagnosis.findings
      const found = diagnosis.findings.map((finding) => `${finding.code}/${finding.cause}`)
      const [, causeId] = name.split('/')
      if (!diagnosis.findings.some((finding) => finding.cause === causeId))
        unnamed.push(`${name}: found ${found.join(', ')}`)
      if (best?.strength === 'certain' && best.cause !== causeId) wronglyCertain.push(`${name}: found ${found[0]}`)
      const key = wireClass(run.raised!, run.raisedAs)
      if (!best || !kindsOf.get(key)!.has(best.kind))
        missed.push(`${name} (${kind}): found ${best ? `${best.code}/${best.cause} (${best.kind})` : 'nothing'}`)
      if (best && causesOf.get(key)!.has(`${best.code}/${best.cause}`)) causesFound += 1
    }
    expect(missed).toEqual([])
    expect(unnamed, 'the true cause is among the findings, also where the answer does not decide').toEqual([])
    expect(wronglyCertain).toEqual([])
    expect(causesFound / proven.length).toBeGreaterThanOrEqual(0.95)
  })
})

test('at least twenty codes are proven, the four of the guide among them', () => {
  const proven = new Set(proofs.map((proof) => proof.code))
  expect(proven.size).toBeGreaterThanOrEqual(20)
  for (const code of ['E0000006', 'E0000009', 'E0000011', 'E0000047']) expect(proven).toContain(code)
})

test('no proof has both a cure and a mend, and each has one', () => {
  const wrong = proofs.filter(({ proof }) => (proof.cure === undefined) === (proof.mend === undefined))
  expect(wrong.map((proof) => `${proof.code}/${proof.causeId}`)).toEqual([])
})
