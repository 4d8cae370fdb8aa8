// Do the built commands work together over HTTPS? `serve --tls` says which certificate to trust; programs that trust it,
// `diagnose --org` among them, talk to the org, and others do not.
import { existsSync, statSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { errorg, type Running, start } from './bin.ts'

const running: Running[] = []
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL')
})

async function served() {
  const process = errorg(['serve', '--tls', '--port', '0', '--json'])
  running.push(process)
  return {
    process,
    org: JSON.parse(await process.firstLine) as { url: string; token: string; caFile: string; adminLogin: string },
  }
}

describe('serve --tls', () => {
  it('is trusted by who knows its certificate, for as long as it runs', async () => {
    const { process, org } = await served()
    expect(org.url).toMatch(/^https:/)
    expect(statSync(org.caFile).mode & 0o777).toBe(0o600)
    const code = `fetch('${org.url}/_errorg/health').then((r) => console.log(r.status), (e) => console.log(e.cause.code))`
    const call = async (env: NodeJS.ProcessEnv) =>
      (await start(globalThis.process.execPath, ['-e', code], { env }).ended).out.trim()
    expect(await call({ NODE_EXTRA_CA_CERTS: org.caFile })).toBe('200')
    expect(await call({})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    process.child.kill('SIGTERM')
    expect((await process.ended).code).toBe(0)
    expect(existsSync(org.caFile)).toBe(false)
  })

  it('can be asked by a diagnosis', async () => {
    const { org } = await served()
    const evidence = JSON.stringify({
      httpStatus: 403,
      method: 'POST',
      path: `/api/v1/users/${org.adminLogin}/lifecycle/activate`,
      responseBody: { errorCode: 'E0000016', errorSummary: 'Activation failed because the user is already active' },
    })
    const args = ['diagnose', '--org', org.url, '--json']
    const trusting = { NODE_EXTRA_CA_CERTS: org.caFile, OKTA_API_TOKEN: org.token }
    const asked = await errorg(args, { stdin: evidence, env: trusting }).ended
    expect(asked).toMatchObject({ code: 1, err: '' })
    expect(JSON.parse(asked.out).findings[0]).toMatchObject({ cause: 'user-already-active', strength: 'certain' })
    const distrusting = await errorg(args, { stdin: evidence, env: { OKTA_API_TOKEN: org.token } }).ended
    expect(distrusting.code).toBe(5)
    expect(distrusting.err).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
  })
})
