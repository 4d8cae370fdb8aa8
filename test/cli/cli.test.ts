// Does the built command keep its promises as a process: exit codes, streams, signals, start-up?
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { errorg, type Running, start } from './bin.ts'

const running: Running[] = []
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL')
})

interface Served {
  url: string
  token: string
  adminLogin: string
  controlUrl: string
  pid: number
}

async function served(...argv: string[]): Promise<{ org: Served; process: Running }> {
  const process = errorg(['serve', '--port', '0', '--json', ...argv])
  running.push(process)
  return { org: JSON.parse(await process.firstLine) as Served, process }
}

async function stateOf({ url, token }: Served): Promise<unknown> {
  const get = async (path: string) =>
    await (await fetch(url + path, { headers: { authorization: `SSWS ${token}` } })).json()
  return { users: await get('/api/v1/users'), groups: await get('/api/v1/groups') }
}

describe('errorg', () => {
  it('helps quickly', async () => {
    const bare: number[] = []
    const help: number[] = []
    const timed = async (run: () => Running, into: number[]) => {
      const begun = performance.now()
      expect((await run().ended).code).toBe(0)
      into.push(performance.now() - begun)
    }
    for (let round = 0; round < 7; round++) {
      await timed(() => start(process.execPath, ['-e', '0']), bare)
      await timed(() => errorg(['--help']), help)
    }
    // Over what Node itself takes, so that a slow machine does not decide; a server loaded for help costs hundreds.
    expect(Math.min(...help) - Math.min(...bare)).toBeLessThan(100)
  })

  it('keeps result and talk apart', async () => {
    const good = await errorg(['explain', '47']).ended
    expect(good).toMatchObject({ code: 0, err: '' })
    expect(good.out).toContain('E0000047')
    const wrong = await errorg(['explain', 'E00000047']).ended
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toContain('E0000047')
  })

  it('colours when asked, and never against NO_COLOR', async () => {
    const colours = async (env: NodeJS.ProcessEnv) =>
      (await errorg(['explain', '47'], { env }).ended).out.includes('\u001b[')
    expect(await colours({})).toBe(false)
    expect(await colours({ CI: 'true' })).toBe(false)
    expect(await colours({ FORCE_COLOR: '1' })).toBe(true)
    expect(await colours({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false)
  })

  it('diagnoses what is piped into it', async () => {
    const stdin = '{"errorCode":"E0000016","errorSummary":"Activation failed because the user is already active"}'
    const { code, out } = await errorg(['diagnose', '--json'], { stdin }).ended
    expect(code).toBe(1)
    expect(JSON.parse(out).findings[0]).toMatchObject({ code: 'E0000016', cause: 'user-already-active' })
    expect(await errorg(['diagnose']).ended).toMatchObject({ code: 2, out: '' })
  })
})

describe('errorg serve', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('answers, and ends cleanly on %s', async (signal) => {
    const { org, process: server } = await served()
    expect(org.pid).toBe(server.child.pid)
    const me = await fetch(`${org.url}/api/v1/users/me`, { headers: { authorization: `SSWS ${org.token}` } })
    expect(me.status).toBe(200)
    expect(((await me.json()) as { profile: { login: string } }).profile.login).toBe(org.adminLogin)
    server.child.kill(signal)
    const { code, out, err } = await server.ended
    expect({ code, err, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, err: '', lines: 1 })
  })

  // The sources are tested for it too; a bundler once took the check out.
  it('refuses a path that cannot be decoded, as its edge does', async () => {
    const { org } = await served()
    const answer = await fetch(`${org.url}/api/v1/groups/%zz`, { headers: { authorization: `SSWS ${org.token}` } })
    expect([answer.status, await answer.json()]).toEqual([400, { status: 400, message: 'Bad Request' }])
  })

  it('says that its port is busy', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const port = String((other.address() as AddressInfo).port)
    const { code, out, err } = await errorg(['serve', '--port', port]).ended
    other.close()
    expect({ code, out }).toEqual({ code: 5, out: '' })
    expect(err).toContain('--port 0')
  })
})

describe('errorg trigger --org', () => {
  it('proves in a served demo org and leaves it as it was, also when it is interrupted', async () => {
    const { org } = await served()
    const before = await stateOf(org)
    const whole = await errorg(['trigger', 'E0000016', '--org', org.url, '--json']).ended
    expect(whole.code).toBe(0)
    for (const proof of JSON.parse(whole.out).proofs) expect(proof).toMatchObject({ raised: true, cured: true })
    expect(await stateOf(org)).toEqual(before)

    const all = errorg(['trigger', '--all', '--org', org.url])
    running.push(all)
    // Interrupted as soon as a proof has changed something.
    while (JSON.stringify(await stateOf(org)) === JSON.stringify(before)) {
      if (all.child.exitCode !== null) throw new Error('it ended before it could be interrupted')
    }
    all.child.kill('SIGINT')
    const { code, err } = await all.ended
    expect(code).toBe(1)
    expect(err).toContain('the org is as it was before')
    expect(await stateOf(org)).toEqual(before)
  })

  it('prints shell scripts that run against a served org and leave it as it was', async () => {
    const { org } = await served()
    const before = await stateOf(org)
    for (const what of ['E0000016/user-already-active', 'E0000047/token-share-used-up', 'E0000011/owner-inactive']) {
      const script = await errorg(['trigger', what, '--curl']).ended
      const env = { ERRORG_URL: org.url, ERRORG_TOKEN: org.token }
      // As it is, and as on a machine without jq.
      for (const stdin of [script.out, script.out.replace('command -v jq >/dev/null', 'false')]) {
        const { code, out, err } = await start('bash', ['-s'], { stdin, env }).ended
        expect({ what, code, err }).toEqual({ what, code: 0, err: '' })
        expect(out).toContain(what.slice(0, 8))
        expect(await stateOf(org)).toEqual(before)
      }
    }
  })
})
