// Does every proof of the catalogue hold, in both contracts, and does the diagnosis find its cause from the wire?

import { diagnose } from '@errorg/diagnose'
import type { Contract } from '@errorg/errors'
import { codes } from '@errorg/errors/codes'
import { httpControl, type ProofRun, proofsOf, runProof } from '@errorg/errors/proofs'
import { createOrg } from '@errorg/server'
import { describe, expect, test } from 'vitest'
import { wireClass } from './wire-class.ts'

const proofs = Object.values(codes).flatMap((entry) => proofsOf(entry).map((proof) => ({ entry, ...proof })))
const contracts: readonly Contract[] = ['reference', 'current']

interface Proven {
  name: string
  kind: string
  run: ProofRun
  privateCause: string | null | undefined
  hadFault: boolean
}

async function prove(contract: Contract, proof: (typeof proofs)[number]): Promise<Proven> {
  const org = await createOrg({ contract, passwordCost: 2 })
  const run = await runProof(
    proof.proof,
    { fetch: org.fetch, baseUrl: org.url, adminToken: org.token, control: httpControl(org.fetch, org.url) },
    { contract },
  )
  const raisedId = run.raised?.response.headers.find(([name]) => name === 'x-okta-request-id')?.[1]
  const entries = org.requests.list()
  // Answers of the dispatcher carry no request id: there the first exchange with the same status and target is it.
  const raised = entries.find((entry) =>
    raisedId === undefined
      ? run.raised?.request.url.endsWith(entry.request.target) && entry.response.status === run.raised.response.status
      : entry.id === raisedId,
  )
  return {
    name: `${proof.entry.code}/${proof.causeId}`,
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
        [`${proof.entry.code}/${proof.causeId}${proof.index > 0 ? ` (${proof.index + 1})` : ''}`, proof, i] as const,
    ),
  )('%s is raised and cured', async (name, proof, i) => {
    const { run, privateCause, hadFault } = (await results)[i]!
    expect(run.problems).toEqual([])
    expect(run.raisedAs?.code).toBe(proof.entry.code)
    const { status } = proof.cause.wire ?? {}
    const expected = status ?? (contract === 'reference' ? proof.entry.reference.status : proof.entry.current.status)
    expect(run.raisedAs?.status).toBe(expected)
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
    const kindsOf = new Map<string, Set<string>>()
    const causesOf = new Map<string, Set<string>>()
    for (const { run, kind, name } of proven) {
      const key = wireClass(run.raised!, run.raisedAs)
      kindsOf.set(key, (kindsOf.get(key) ?? new Set()).add(kind))
      causesOf.set(key, (causesOf.get(key) ?? new Set()).add(name))
    }
    const missed: string[] = []
    let causesFound = 0
    for (const { run, kind, name } of proven) {
      const { request, response } = run.raised!
      const url = new URL(request.url)
      const diagnosis = diagnose({
        httpStatus: response.status,
        method: request.method,
        path: url.pathname + url.search,
        requestHeaders: Object.fromEntries(request.headers),
        requestBody: request.body,
        responseHeaders: Object.fromEntries(response.headers),
        responseBody: response.body,
      })
      const [best] = diagnosis.findings
      const key = wireClass(run.raised!, run.raisedAs)
      if (!best || !kindsOf.get(key)!.has(best.kind))
        missed.push(`${name} (${kind}): found ${best ? `${best.code}/${best.cause} (${best.kind})` : 'nothing'}`)
      if (best && causesOf.get(key)!.has(`${best.code}/${best.cause}`)) causesFound += 1
    }
    expect(missed).toEqual([])
    expect(causesFound / proven.length).toBeGreaterThanOrEqual(0.95)
  })
})

test('at least twenty codes are proven, the four of the guide among them', () => {
  const proven = new Set(proofs.map((proof) => proof.entry.code))
  expect(proven.size).toBeGreaterThanOrEqual(20)
  for (const code of ['E0000006', 'E0000009', 'E0000011', 'E0000047']) expect(proven).toContain(code)
})

test('no proof has both a cure and a mend, and each has one', () => {
  const wrong = proofs.filter(({ proof }) => (proof.cure === undefined) === (proof.mend === undefined))
  expect(wrong.map((proof) => `${proof.entry.code}/${proof.causeId}`)).toEqual([])
})
