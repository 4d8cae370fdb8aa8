// How long does one wait for an org, and for the command line?
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOrg } from '@errorg/server'
import { describeHost, keep, quantile } from './measure/report.mjs'

const RUNS = 9
const host = describeHost()
const shim = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../packages/cli/bin/errorg.js')

/** Runs the command line; resolves with the ms until `seen` says that its output is enough, or until it ends. */
function runCli(args, seen) {
  return new Promise((resolve, reject) => {
    const from = performance.now()
    const child = spawn(process.execPath, [shim, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    let enough = false
    child.stdout.on('data', async (chunk) => {
      out += chunk
      if (!seen || enough || !out.includes('\n')) return
      enough = true
      try {
        await seen(out)
        resolve(performance.now() - from)
      } catch (error) {
        reject(error)
      } finally {
        child.kill('SIGTERM')
      }
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (seen)
        return enough || reject(new Error(`errorg ${args.join(' ')} ended with ${code} before it said anything`))
      if (code === 0) resolve(performance.now() - from)
      else reject(new Error(`errorg ${args.join(' ')} ended with ${code}`))
    })
  })
}

async function firstAnswer(out) {
  const { url, token } = JSON.parse(out.slice(0, out.indexOf('\n')))
  const response = await fetch(`${url}/api/v1/users?limit=1`, {
    headers: { authorization: `SSWS ${token}`, accept: 'application/json' },
  })
  if (response.status !== 200) throw new Error(`the first answer was ${response.status}`)
  await response.text()
}

async function medianOf(measure) {
  const times = []
  for (let i = 0; i < RUNS; i++) times.push(await measure())
  return {
    value: quantile(times),
    unit: 'ms',
    detail: `fastest ${Math.min(...times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms of ${RUNS}`,
  }
}

async function secondOrg() {
  const from = performance.now()
  const org = await createOrg()
  const ms = performance.now() - from
  await org.close()
  return ms
}

await (await createOrg()).close()
// The client's own start is not the server's.
await fetch('http://127.0.0.1:9', { signal: AbortSignal.timeout(1_000) }).catch(() => undefined)
keep({
  name: 'start',
  question: 'How long does one wait?',
  how: `Median of ${RUNS} runs. Processes are timed from their start by a parent that is already running.`,
  host,
  rows: [
    { what: 'a further `createOrg()` in a process', atMost: 10, ...(await medianOf(secondOrg)) },
    {
      what: '`errorg serve` until its first answer',
      atMost: 300,
      ...(await medianOf(() => runCli(['serve', '--port', '0', '--json'], firstAnswer))),
    },
    { what: '`errorg --help`', ...(await medianOf(() => runCli(['--help']))) },
    { what: '`errorg explain E0000047`', ...(await medianOf(() => runCli(['explain', 'E0000047']))) },
    { what: '`node` alone, for comparison', ...(await medianOf(() => nodeAlone())) },
  ],
})

function nodeAlone() {
  return new Promise((resolve, reject) => {
    const from = performance.now()
    spawn(process.execPath, ['-e', ''], { stdio: 'ignore' })
      .once('error', reject)
      .once('exit', () => resolve(performance.now() - from))
  })
}
