// Can the packages be installed as a user gets them? Packs all of them, installs the tarballs together into an empty
// folder, and runs the command and the libraries from there. Needs dist/, which `npm test` builds.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '..')
const names = readdirSync(path.join(root, 'packages'))
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'errorg-packed-'))
  const packed = await run(
    'npm',
    ['pack', '--json', '--silent', '--pack-destination', folder, ...names.map((name) => `./packages/${name}`)],
    { cwd: root },
  )
  const files: string[] = Object.values(JSON.parse(packed.stdout) as Record<string, { filename: string }>).map(
    (one) => one.filename,
  )
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }')
  await run(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--silent',
      ...files.map((file) => `./${path.basename(file)}`),
    ],
    {
      cwd: folder,
    },
  )
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the command runs from the installed tarballs', async () => {
  const { stdout } = await run(path.join(folder, 'node_modules/.bin/errorg'), ['explain', 'E0000016', '--json'], {
    cwd: folder,
  })
  expect(JSON.parse(stdout)).toMatchObject({ code: 'E0000016' })
})

test('an org made from the installed tarballs fails genuinely', async () => {
  const script = `
    import { createOrg } from '@errorg/server'
    import { diagnose } from '@errorg/diagnose'
    import { codes } from '@errorg/errors/codes'
    const org = await createOrg()
    const response = await org.fetch('/api/v1/users/nobody@example.com', { headers: { authorization: 'SSWS ' + org.token } })
    const { findings } = diagnose(await response.text())
    console.log(JSON.stringify({ status: response.status, kind: findings[0].kind, title: codes.E0000007.code }))
  `
  writeFileSync(path.join(folder, 'try.mjs'), script)
  const { stdout } = await run(process.execPath, ['try.mjs'], { cwd: folder })
  expect(JSON.parse(stdout)).toEqual({ status: 404, kind: 'resource-not-found', title: 'E0000007' })
})

test('the tarballs hold no sources, tests or paths of the machine that packed them', async () => {
  const { stdout } = await run(
    'npm',
    ['pack', '--dry-run', '--json', '--silent', ...names.map((name) => `./packages/${name}`)],
    { cwd: root },
  )
  const packages = Object.values(JSON.parse(stdout) as Record<string, { files: { path: string }[] }>)
  const files = packages.flatMap((one) => one.files.map((file) => file.path))
  expect(files.length).toBeGreaterThan(names.length * 2)
  expect(files.filter((file) => /(^|\/)src\/|\.test\.|\.ts$/.test(file) && !file.endsWith('.d.ts'))).toEqual([])
})
