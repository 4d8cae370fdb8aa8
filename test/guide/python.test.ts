// Does the guide's own Python function work against a served org? Its text is read from ../shared and run unchanged by
// the machine's python3; sleeping moves the org's clock instead of real time.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createOrg, type RunningOrg } from '@errorg/server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const guide = path.resolve(import.meta.dirname, '../../../shared/mission/guide-401-403-429.txt')
const hasPython = await run('python3', ['--version']).then(
  () => true,
  () => false,
)
const why = !existsSync(guide)
  ? ' (skipped: ../shared is absent)'
  : hasPython
    ? ''
    : ' (skipped: no python3 on this machine)'

// The library that the function imports, as far as it uses it, for machines that do not have it.
const REQUESTS = `
import json, urllib.error, urllib.request
class HTTPError(Exception):
    pass
class Response:
    def __init__(self, status, headers, body):
        self.status_code, self.headers, self._body = status, headers, body
    def raise_for_status(self):
        if self.status_code >= 400:
            raise HTTPError(str(self.status_code) + ' Error')
    def json(self):
        return json.loads(self._body)
def get(url, headers=None):
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as answer:
            return Response(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Response(error.code, error.headers, error.read())
`

// Sleeping is told to the org; what was slept, printed, returned or raised is the result.
const DRIVER = `
import json, os, sys, time, urllib.request
slept = []
def sleep(seconds):
    slept.append(seconds)
    body = json.dumps({'advanceSeconds': seconds}).encode()
    urllib.request.urlopen(urllib.request.Request(os.environ['ORG'] + '/_errorg/clock', data=body, method='POST')).read()
time.sleep = sleep
from guide import make_okta_request_with_retry
try:
    result = {'answer': make_okta_request_with_retry(os.environ['ORG'] + '/api/v1/logs?limit=1', {'Authorization': 'SSWS ' + os.environ['TOKEN']})}
except Exception as error:
    result = {'error': str(error)}
print(json.dumps({**result, 'slept': slept}))
`

describe.skipIf(why !== '')(`the Python function of the guide${why}`, () => {
  let org: RunningOrg
  let folder: string

  beforeEach(async () => {
    org = await createOrg({ passwordCost: 2 })
    await org.listen()
    folder = mkdtempSync(path.join(tmpdir(), 'errorg-guide-'))
    const text = readFileSync(guide, 'utf8')
    const code = text.slice(text.indexOf('import requests'), text.indexOf('# Example usage'))
    writeFileSync(path.join(folder, 'guide.py'), code)
    writeFileSync(path.join(folder, 'driver.py'), DRIVER)
    const real = await run('python3', ['-c', 'import requests']).then(
      () => true,
      () => false,
    )
    if (!real) writeFileSync(path.join(folder, 'requests.py'), REQUESTS)
  })
  afterEach(async () => {
    await org.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function call(): Promise<{ printed: string[]; answer?: unknown[]; error?: string; slept: number[] }> {
    const { stdout } = await run('python3', ['driver.py'], {
      cwd: folder,
      env: { ...process.env, ORG: org.url, TOKEN: org.token, PYTHONDONTWRITEBYTECODE: '1' },
    })
    const lines = stdout.trim().split('\n')
    return { ...JSON.parse(lines.at(-1)!), printed: lines.slice(0, -1) }
  }

  const useUp = async () => {
    org.settings.change({ rateLimits: { edition: 'integrator' } })
    for (let n = 0; n < 10; n++)
      await org.fetch('/api/v1/logs?limit=1', { headers: { authorization: `SSWS ${org.token}` } })
  }

  test('sleeps until the window has ended, and then succeeds', async () => {
    await useUp()
    const { answer, slept, printed } = await call()
    expect(answer).toHaveLength(1)
    expect(slept).toHaveLength(1)
    expect(slept[0]).toBeGreaterThan(1)
    expect(slept[0]).toBeLessThanOrEqual(61)
    expect(printed).toEqual([`Rate limited. Sleeping for ${slept[0]} seconds until reset...`])
  })

  test('raises what is no rate limit', async () => {
    const { tokens } = await org.seed({
      users: [{ login: 'nobody@guide.test' }],
      tokens: [{ owner: 'nobody@guide.test', name: 'ci' }],
    })
    const { stdout } = await run('python3', ['driver.py'], {
      cwd: folder,
      env: { ...process.env, ORG: org.url, TOKEN: tokens[0]!.value, PYTHONDONTWRITEBYTECODE: '1' },
    })
    expect(JSON.parse(stdout)).toMatchObject({ error: expect.stringMatching(/^403/), slept: [] })
  })

  test('gives up after three attempts', async () => {
    org.faults.add({ answer: { code: 'E0000047' } })
    const { error, slept } = await call()
    expect(error).toBe('Max retries exceeded while handling rate limits.')
    expect(slept).toHaveLength(3)
  })
})
