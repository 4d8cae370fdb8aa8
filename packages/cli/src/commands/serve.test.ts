import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { errorg, type Ran, type World } from '../testing.ts'

// Ends every org that a test leaves running.
let stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops) stop()
  stops = []
})

/** Starts an org; resolves when it has printed its result, with what it printed. */
async function started(argv: string[], world: World = {}) {
  let stop = () => {}
  let first: (text: string) => void = () => {}
  const printed = new Promise<string>((resolve) => {
    first = resolve
  })
  const ended: Promise<Ran> = errorg(['serve', '--port', '0', ...argv], {
    ...world,
    onOut: (text) => first(text),
    onStop: (end) => {
      stop = end
      stops.push(end)
    },
  })
  const early = ended.then((ran) => Promise.reject(new Error(`ended with ${ran.code}: ${ran.err}`)))
  early.catch(() => undefined)
  return { printed: await Promise.race([printed, early]), ended, stop: () => stop() }
}

/** A call over TLS that refuses whoever `ca` does not vouch for. */
function callOverTls(
  url: string,
  ca: string | undefined,
  init: { headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ status: number | undefined; hsts: boolean; body: string }>((resolve, reject) => {
    const method = init.body === undefined ? 'GET' : 'POST'
    const call = request(url, { method, headers: init.headers, ca, agent: false }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode, hsts: 'strict-transport-security' in answer.headers, body }),
      )
    })
    call.on('error', reject)
    call.end(init.body)
  })
}

const SEED = `users:
  - login: ada@example.com
    password: Correct-Horse-9
tokens:
  - owner: ada@example.com
    name: ci
    value: 00abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN
settings:
  contract: current
`

describe('serve', () => {
  it('prints one line of JSON with the keys that programs rely on, and answers there', async () => {
    const org = await started(['--json'])
    expect(org.printed.trimEnd().split('\n')).toHaveLength(1)
    const result = JSON.parse(org.printed)
    expect(Object.keys(result)).toEqual([
      'url',
      'token',
      'adminLogin',
      'adminPassword',
      'controlUrl',
      'contract',
      'pid',
      'clients',
      'users',
    ])
    expect(result).toMatchObject({ contract: 'reference', pid: process.pid })
    expect(result.clients[0]).toEqual({
      clientId: expect.stringMatching(/^0oa/),
      clientSecret: expect.any(String),
      redirectUris: expect.arrayContaining(['http://localhost:3000/callback']),
      grantTypes: ['authorization_code', 'refresh_token'],
    })
    expect(result.clients.map((client: object) => 'clientSecret' in client)).toEqual([true, false, true])
    expect(result.users[0]).toEqual({ login: expect.any(String), password: expect.any(String) })
    const answer = await fetch(`${result.url}/api/v1/groups?q=Everyone`, {
      headers: { authorization: `SSWS ${result.token}` },
    })
    expect(answer.status).toBe(200)
    expect(((await answer.json()) as { profile: { name: string } }[])[0]!.profile.name).toBe('Everyone')
    expect((await fetch(`${result.controlUrl}health`)).status).toBe(200)
    org.stop()
    expect(await org.ended).toMatchObject({ code: 0, err: '' })
    await expect(fetch(result.url)).rejects.toThrow()
  })

  it('shows a person the address, the credentials, the contract and lines to paste', async () => {
    const { printed } = await started([])
    for (const part of [
      'http://127.0.0.1:',
      'SSWS 00',
      'admin@example.com',
      'reference',
      'curl',
      'okta.Client',
      'errorg diagnose',
    ])
      expect(printed).toContain(part)
  })

  it('shows a person the first client with its secret and says where the others are', async () => {
    const { printed } = await started([])
    expect(printed).toMatch(/Client +0oa\w{17} {2}\w{64}\n/)
    expect(printed).toContain('redirects to http://localhost:3000/callback')
    expect(printed).toContain('and 2 more: `--json` lists all')
  })

  it('counts requests as the workforce edition does, unless told otherwise', async () => {
    const limits = async (...argv: string[]) => {
      const { controlUrl } = JSON.parse((await started(['--json', ...argv])).printed)
      const settings = (await (await fetch(`${controlUrl}settings`)).json()) as { rateLimits: { edition: string } }
      return settings.rateLimits.edition
    }
    expect(await limits()).toBe('workforce')
    expect(await limits('--rate-limits', 'off')).toBe('off')
  })

  it('diagnoses an exchange of its own from what the caller saw', async () => {
    const { url, token, controlUrl } = JSON.parse((await started(['--json'])).printed)
    const refused = await fetch(`${url}/api/v1/users`, { headers: { authorization: token } })
    const id = refused.headers.get('x-okta-request-id')
    const diagnosis = await (await fetch(`${controlUrl}requests/${id}/diagnosis`)).json()
    expect(diagnosis).toMatchObject({
      schema: 1,
      findings: [{ code: 'E0000011', cause: 'ssws-word-missing', kind: 'ssws-prefix-missing' }],
    })
    expect(JSON.stringify(diagnosis)).not.toContain(token)
  })

  it('takes a seed file; a typed flag beats its settings', async () => {
    const files = { 'seed.yaml': SEED }
    const fromFile = JSON.parse((await started(['--json', '--seed', 'seed.yaml'], { files })).printed)
    expect(fromFile).toMatchObject({
      contract: 'current',
      users: [{ login: 'ada@example.com', password: 'Correct-Horse-9' }],
    })
    const answer = await fetch(`${fromFile.url}/api/v1/groups?limit=1`, {
      headers: { authorization: 'SSWS 00abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN' },
    })
    // A token that nobody knows is refused with E0000011; this one belongs to a user without a role.
    expect(((await answer.json()) as { errorCode: string }).errorCode).toBe('E0000006')
    const typed = await started(['--json', '--seed', 'seed.yaml', '--contract', 'reference'], { files })
    expect(JSON.parse(typed.printed).contract).toBe('reference')
  })

  it.each([
    ['users:\n  - login: ada@example.com\n    pasword: x\n', /seed\.yaml:3 {2}users\[0\]\.pasword: /],
    ['users:\n  - login: ada@example.com\n    status: AWAKE\n', /seed\.yaml:3 {2}users\[0\]\.status: .*ACTIVE/],
    ['users: [\n', /seed\.yaml:\d+ /],
    [
      'tokens:\n  - name: ci\n    owner: nobody@example.com\n',
      /seed\.yaml:3 {2}tokens\[0\]\.owner: .*nobody@example\.com/,
    ],
  ])('names file, line, path and what was expected in %j', async (text, wanted) => {
    const { code, out, err } = await errorg(['serve', '--port', '0', '--seed', 'seed.yaml'], {
      files: { 'seed.yaml': text },
    })
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toMatch(wanted)
  })

  it('says when the seed file is not there', async () => {
    expect(await errorg(['serve', '--seed', 'none.yaml'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('there is no such file'),
    })
  })

  it('only checks with --config-check', async () => {
    const good = await errorg(['serve', '--config-check', '--seed', 's.yaml'], { files: { 's.yaml': SEED } })
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was started') })
    const bad = await errorg(['serve', '--config-check', '--seed', 's.yaml'], { files: { 's.yaml': 'user: 1' } })
    expect(bad.code).toBe(3)
  })

  it('says of an empty seed file that it leaves the org empty', async () => {
    const empty = await errorg(['serve', '--config-check', '--seed', 's.yaml'], { files: { 's.yaml': '# later\n' } })
    expect(empty).toMatchObject({
      code: 0,
      err: 'errorg: s.yaml says nothing: the org holds only its administrator.\n',
    })
    const full = await errorg(['serve', '--config-check', '--seed', 's.yaml'], { files: { 's.yaml': SEED } })
    expect(full.err).toBe('')
  })

  it('leaves no certificate behind when it could not start', async () => {
    const kept = new Map<string, string>()
    const org = await started(['--json'])
    const { port } = new URL(JSON.parse(org.printed).url)
    expect((await errorg(['serve', '--tls', '--port', port], { kept })).code).toBe(5)
    expect(kept.size).toBe(0)
  })

  it('says that a port is busy, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const { code, out, err } = await errorg(['serve', '--port', String(port)])
    other.close()
    expect({ code, out }).toEqual({ code: 5, out: '' })
    expect(err).toContain(`port ${port}`)
    expect(err).toContain('--port 0')
  })

  it.each([
    [['--port', '70000']],
    [['--port', 'http']],
    [['--url', 'example.test']],
    [['--url', 'https://example.test/path']],
  ])('refuses %j as usage', async (argv) => {
    expect(await errorg(['serve', ...argv])).toMatchObject({ code: 2, out: '' })
  })

  it('advertises the URL it is told', async () => {
    const { printed } = await started(['--json', '--url', 'https://okta.example.test/'])
    const { url, controlUrl } = JSON.parse(printed)
    expect(url).toBe('https://okta.example.test')
    // The control API is where it can be called, which also says which port was free.
    expect((await fetch(`${controlUrl}health`)).status).toBe(200)
  })

  it('serves HTTPS with --tls, and keeps the certificate that callers need while it runs', async () => {
    const kept = new Map<string, string>()
    const org = await started(['--json', '--tls', '--url', 'https://okta.example.test'], { kept })
    const result = JSON.parse(org.printed)
    const ca = kept.get(result.caFile)!
    expect(ca).toMatch(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/)
    expect([...kept.values()].join()).not.toContain('PRIVATE KEY')
    org.stop()
    await org.ended
    expect(kept.size).toBe(0)
  })

  it.each(['localhost', '127.0.0.1'])('answers a caller who verifies the certificate for %s', async (name) => {
    const kept = new Map<string, string>()
    const { url, caFile, token } = JSON.parse((await started(['--json', '--tls'], { kept })).printed)
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const me = `https://${name}:${new URL(url).port}/api/v1/users/me`
    const headers = { authorization: `SSWS ${token}` }
    const answer = await callOverTls(me, kept.get(caFile), { headers })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)._links.self.href).toMatch(`${url}/api/v1/users/`)
    // A browser would hold all of "localhost" to HTTPS for ten years.
    expect(answer.hsts).toBe(false)
    // Without it a caller cannot know whom it talks to.
    await expect(callOverTls(me, undefined, { headers })).rejects.toThrow(/self-signed certificate/)
  })

  it('breaks TLS connections off where a fault asks for it', async () => {
    const kept = new Map<string, string>()
    const { url, controlUrl, caFile } = JSON.parse((await started(['--json', '--tls'], { kept })).printed)
    const ca = kept.get(caFile)
    const headers = { 'content-type': 'application/json' }
    const fault = { match: { path: '/api/v1/users/me' }, line: 'reset' }
    expect(
      (await callOverTls(`${controlUrl}faults`, ca, { headers, body: JSON.stringify(fault) })).status,
    ).toBeLessThan(300)
    await expect(callOverTls(`${url}/api/v1/users/me`, ca)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await callOverTls(`${controlUrl}health`, ca)).status).toBe(200)
  })

  it('has another key at each start', async () => {
    const kept = [new Map<string, string>(), new Map<string, string>()]
    for (const one of kept) await started(['--json', '--tls'], { kept: one })
    expect([...kept[0]!.values()]).not.toEqual([...kept[1]!.values()])
  })

  it('tells a person where the certificate is and who has to know', async () => {
    const { printed } = await started(['--tls'], { kept: new Map() })
    expect(printed).toContain('https://127.0.0.1:')
    expect(printed).toMatch(/Certificate +\/kept\/errorg-ca\.pem/)
    expect(printed).toContain('curl -sS --cacert /kept/errorg-ca.pem')
    expect(printed).toContain('NODE_EXTRA_CA_CERTS=/kept/errorg-ca.pem npx errorg trigger')
  })

  it('takes the control token from the environment, never as a flag', async () => {
    const refused = await errorg(['serve', '--control-token', 'swordfish'])
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).not.toContain('swordfish')
    const { printed } = await started(['--json', '--control-token'], { env: { ERRORG_CONTROL_TOKEN: 'swordfish-1' } })
    const { controlUrl } = JSON.parse(printed)
    expect((await fetch(`${controlUrl}health`)).status).toBe(403)
    expect((await fetch(`${controlUrl}health`, { headers: { 'x-errorg-control-token': 'swordfish-1' } })).status).toBe(
      200,
    )
  })

  it('has no control API with --no-control', async () => {
    const { printed } = await started(['--json', '--no-control'])
    const result = JSON.parse(printed)
    expect(result.controlUrl).toBeNull()
    expect((await fetch(`${result.url}/_errorg/health`)).status).toBe(404)
  })

  it('warns when other machines can reach it', async () => {
    const org = await started(['--json', '--host', '0.0.0.0'])
    org.stop()
    expect((await org.ended).err).toContain('can be reached from other machines')
  })
})
