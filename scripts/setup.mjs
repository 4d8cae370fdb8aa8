#!/usr/bin/env node
// Sets the repository up: installs what the lock file names and builds what is stale. Does nothing when both are
// fresh. All talk goes to stderr, so that what follows has stdout to itself.
//
//   node scripts/setup.mjs [--build]   --build: build even when nothing has changed
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const packages = ['errors', 'server', 'client', 'diagnose', 'cli']
const installStamp = path.join(root, 'node_modules', '.errorg-installed')
const buildStamp = path.join(root, '.cache', 'built')

/** Prints a line of progress. */
export function say(text) {
  process.stderr.write(`errorg: ${text}\n`)
}

/** Runs a command with its output on stderr; resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

// The bundler warns of every Node below 22. The packages run on 20.19, so that line would only worry whoever reads it.
const aboutNode = /\[tsdown\] Node\.js v\S+ is deprecated\./

function runBundler(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 'pipe'] })
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!aboutNode.test(line)) process.stderr.write(`${line}\n`)
    })
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

/** Stops with a message when Node is too old for the packages. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  say(
    `Node ${process.versions.node} is too old: errorg needs 20.19 or newer. Install it from https://nodejs.org and try again.`,
  )
  process.exit(2)
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

function isStamped(stamp, hash) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

function sourceFiles() {
  const files = ['package.json', 'tsdown.config.ts', 'tsconfig.json', 'package-lock.json']
  for (const name of packages) {
    files.push(`packages/${name}/package.json`)
    for (const entry of readdirSync(path.join(root, 'packages', name, 'src'), { recursive: true })) {
      const file = `packages/${name}/src/${entry}`
      if (file.endsWith('.test.ts') || !statSync(path.join(root, file)).isFile()) continue
      files.push(file)
    }
  }
  return files.sort()
}

/** Installs the packages of the lock file when they are not there or not those. */
export async function install() {
  const hash = hashOf(['package-lock.json'])
  if (isStamped(installStamp, hash)) return
  const startedAt = Date.now()
  say('installing packages (once, about a minute) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const code = await run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    shell: process.platform === 'win32',
  })
  if (code !== 0) {
    say(`npm ci ended with ${code}. Its reason is above; often the registry cannot be reached. Nothing was started.`)
    process.exit(1)
  }
  writeFileSync(installStamp, hash)
  say(`packages installed in ${seconds(startedAt)} s`)
}

/** Builds dist/ of every package when a source has changed since the last build. */
export async function build(force = false) {
  const hash = hashOf(sourceFiles())
  const built = packages.every((name) => existsSync(path.join(root, 'packages', name, 'dist')))
  if (!force && built && isStamped(buildStamp, hash)) return
  const startedAt = Date.now()
  say('building …')
  const code = await runBundler([path.join(root, 'node_modules/tsdown/dist/run.mjs'), '--logLevel', 'error'])
  if (code !== 0) {
    say('the build failed; its reason is above')
    process.exit(1)
  }
  mkdirSync(path.dirname(buildStamp), { recursive: true })
  writeFileSync(buildStamp, hash)
  say(`built in ${seconds(startedAt)} s`)
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1)
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  checkNode()
  await install()
  await build(process.argv.includes('--build'))
}
