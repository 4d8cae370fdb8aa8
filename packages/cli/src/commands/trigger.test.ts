import { ledger } from '@errorg/errors/proofs'
import { createOrg, type RunningOrg } from '@errorg/server'
import { afterEach, describe, expect, it } from 'vitest'
import { errorg } from '../testing.ts'
import type { ProofResult } from './trigger.ts'

const ACTIVE = 'E0000016/user-already-active'

const orgs: RunningOrg[] = []
afterEach(async () => {
  await Promise.all(orgs.splice(0).map((org) => org.close()))
})

async function listening(options: Parameters<typeof createOrg>[0] = {}) {
  const org = await createOrg(options)
  orgs.push(org)
  await org.listen()
  return org
}

/** Everything of an org that a proof might leave behind. */
async function stateOf(org: RunningOrg) {
  const get = async (path: string) => {
    const answer = await org.fetch(path, { headers: { authorization: `SSWS ${org.token}` } })
    return await answer.json()
  }
  return { users: await get('/api/v1/users'), groups: await get('/api/v1/groups'), settings: org.settings.get() }
}

describe('trigger', () => {
  it('raises a cause in a fresh org, diagnoses it from the answer, and cures it', async () => {
    const { code, out, err } = await errorg(['trigger', ACTIVE, '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      proofs: [
        {
          code: 'E0000016',
          cause: 'user-already-active',
          kind: 'user-status-forbids-operation',
          contract: 'reference',
          mark: 'documented',
          raised: true,
          cured: true,
          status: 403,
          found: { cause: 'user-already-active', kind: 'user-status-forbids-operation' },
          named: true,
        },
      ],
      ledger: [],
    })
  })

  it('follows the contract that it is told', async () => {
    const { out } = await errorg(['trigger', '22/method-not-supported', '--contract', 'current', '--json'])
    expect(JSON.parse(out).proofs[0]).toMatchObject({ contract: 'current', status: 405, raised: true, cured: true })
  })

  it('shows request, response, diagnosis, cure and the same call succeeding, with secrets hidden', async () => {
    const { code, out } = await errorg(['trigger', ACTIVE])
    expect(code).toBe(0)
    const parts = [
      'Given',
      'Request',
      'Response',
      'raised: E0000016',
      'Diagnosis',
      'Cure',
      'The same call again',
      'cured:',
    ]
    expect(parts.map((part) => out.indexOf(part))).toEqual(parts.map((part) => out.indexOf(part)).sort((a, b) => a - b))
    expect(out).not.toMatch(/SSWS 00[\w-]{40}/)
    for (const part of parts) expect(out).toContain(part)
  })

  it('runs every proof of a code and names what of it cannot be proven yet', async () => {
    const { out } = await errorg(['trigger', '7', '--json'])
    const { proofs, ledger: open } = JSON.parse(out) as { proofs: ProofResult[]; ledger: { cause: string }[] }
    expect(new Set(proofs.map((proof) => proof.cause))).toContain('resource-missing')
    expect(open).toEqual(ledger.filter((entry) => entry.code === 'E0000007'))
  })

  it('says why a code cannot be triggered yet', async () => {
    const entry = ledger.find((one) => one.code === 'temporarily_unavailable')!
    const text = await errorg(['trigger', entry.code])
    expect(text).toMatchObject({ code: 1, out: '' })
    expect(text.err).toContain(entry.why)
    const json = await errorg(['trigger', entry.code, '--json'])
    expect(JSON.parse(json.out)).toEqual({ schema: 1, proofs: [], ledger: [entry] })
  })

  it.each([[[]], [['E0009999']], [['E0000016/user-already-actve']], [['E0000016', '--all']]])(
    'refuses %j as usage',
    async (argv) => {
      expect(await errorg(['trigger', ...argv])).toMatchObject({ code: 2, out: '' })
    },
  )

  it('suggests causes', async () => {
    expect((await errorg(['trigger', 'E0000016/user-already-actve'])).err).toContain(ACTIVE)
  })

  it('prints the steps as data and runs nothing', async () => {
    const { code, out } = await errorg(['trigger', ACTIVE, '--steps'])
    expect(code).toBe(0)
    expect(JSON.parse(out).proofs).toMatchObject([
      { code: 'E0000016', cause: 'user-already-active', given: [{ step: 'call' }], call: { step: 'call' }, cure: [{}] },
    ])
  })

  it('prints data or a script, not both', async () => {
    const { code, out, err } = await errorg(['trigger', ACTIVE, '--steps', '--curl'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('not both')
  })

  it('prints a script that restores what it changes', async () => {
    const { code, out } = await errorg(['trigger', ACTIVE, '--curl'])
    expect(code).toBe(0)
    expect(out).toMatch(/^#!/)
    expect(out.indexOf('control snapshot')).toBeLessThan(out.indexOf('--- The state'))
    expect(out).toContain('trap \'rm -f "$HEADERS"; control restore')
  })
})

describe('trigger --org', () => {
  it('proves in a running org, in its contract, and leaves it as it was', async () => {
    const org = await listening({ demo: true, contract: 'current' })
    const before = await stateOf(org)
    for (const what of [ACTIVE, 'E0000010', 'E0000047/token-share-used-up']) {
      const { code, out } = await errorg(['trigger', what, '--org', org.url, '--json'])
      expect(code, what).toBe(0)
      expect(JSON.parse(out).proofs[0]).toMatchObject({ raised: true, cured: true, contract: 'current' })
    }
    expect(await stateOf(org)).toEqual(before)
  })

  it('puts the org back when a proof fails in the middle', async () => {
    // The login that the proof wants is taken, so its first step is refused.
    const org = await listening({ seed: { users: [{ login: 'ada@example.com' }] } })
    const before = await stateOf(org)
    const { code, out } = await errorg(['trigger', ACTIVE, '--org', org.url])
    expect(code).toBe(1)
    expect(out).toContain('the proof stopped:')
    expect(await stateOf(org)).toEqual(before)
  })

  it('puts the org back when it is stopped in the middle', async () => {
    const org = await listening()
    const before = await stateOf(org)
    let stop = () => {}
    const slow: typeof fetch = async (input, init) => {
      // Stopped once the user of the proof exists.
      if (input instanceof Request && input.url.includes('/lifecycle/activate')) stop()
      return await fetch(input, init)
    }
    const { code, out, err } = await errorg(['trigger', ACTIVE, '--org', org.url], {
      fetch: slow,
      onStop: (end) => {
        stop = end
      },
    })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('stopped; the org is as it was before')
    expect(await stateOf(org)).toEqual(before)
  })

  it('refuses what is no errorg', async () => {
    const real: typeof fetch = async () => new Response('{"errorCode":"E0000022"}', { status: 404 })
    const { code, out, err } = await errorg(['trigger', ACTIVE, '--org', 'https://example.okta.com'], { fetch: real })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('is no errorg')
  })

  it('follows no redirect to a health page elsewhere', async () => {
    let mode: string | undefined
    const moved: typeof fetch = async (_input, init) => {
      mode = init?.redirect
      return new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:4000/_errorg/health' } })
    }
    expect((await errorg(['trigger', ACTIVE, '--org', 'http://elsewhere.test'], { fetch: moved })).code).toBe(2)
    expect(mode).toBe('manual')
  })

  it('needs the control token of an org that demands one', async () => {
    const org = await listening({ controlToken: 'swordfish-1' })
    const argv = ['trigger', ACTIVE, '--org', org.url, '--json']
    expect(await errorg(argv)).toMatchObject({ code: 4, out: '' })
    expect((await errorg(argv, { env: { ERRORG_CONTROL_TOKEN: 'swordfish-1' } })).code).toBe(0)
    expect((await errorg([...argv, '--control-token-env', 'MINE'], { env: { MINE: 'swordfish-1' } })).code).toBe(0)
  })

  it('says when nothing answers, or the URL is none', async () => {
    const org = await listening()
    const { url } = org
    await org.close()
    expect(await errorg(['trigger', ACTIVE, '--org', url])).toMatchObject({ code: 5, out: '' })
    expect(await errorg(['trigger', ACTIVE, '--org', 'localhost'])).toMatchObject({ code: 2, out: '' })
  })
})
