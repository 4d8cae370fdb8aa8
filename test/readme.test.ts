// Does the README work when somebody pastes it? Its blocks run in their order against a served demo org, and what
// it shows is compared with what is printed.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { supportedOperations } from '@errorg/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorg, type Running, serveDemo, start } from './cli/bin.ts'
import { blocksOf, differenceOf } from './page-blocks.ts'

const root = path.resolve(import.meta.dirname, '..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const blocks = blocksOf(readme)

let served: Running
let env: { ORG: string; TOKEN: string }

beforeAll(async () => {
  ;({ served, env } = await serveDemo())
})
afterAll(() => served.child.kill())

test('every block for a shell or a program says whether it is run', () => {
  const silent = blocks.filter(({ exit, notRun }) => exit === undefined && notRun === undefined)
  expect(silent.map(({ line, text }) => `README.md:${line}: ${text.slice(0, 60)}`)).toEqual([])
  expect(blocks.filter(({ exit }) => exit !== undefined).length).toBeGreaterThanOrEqual(4)
})

describe('what is pasted works:', () => {
  const runnable = blocks.filter(({ exit }) => exit !== undefined)
  test.each(runnable.map((block) => [block.text.split('\n')[0], block] as const))(
    '%s',
    async (_name, { language, text, exit, output = '' }) => {
      const command = language === 'js' ? process.execPath : 'bash'
      const args = language === 'js' ? ['--input-type=module', '-'] : ['-s']
      const { code, out, err } = await start(command, args, { stdin: text, env, cwd: root }).ended
      expect(code, err).toBe(exit)
      expect(differenceOf(output, out)).toBeUndefined()
    },
    60_000,
  )
})

test('npm start prints what the README shows', async () => {
  const shown = blocks.find(({ text }) => text === 'npm start')!.output!
  // The org behind `npm start`, on a port that is free, and without building again.
  const process = errorg(['serve', '--port', '0'])
  await process.firstLine
  process.child.kill('SIGTERM')
  const { code, out } = await process.ended
  expect(code).toBe(0)
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)![0]
  // What is made anew at each start: the token, and the client with its secret.
  const masked = shown.replace(/00j3\w+…/, '00…').replace(/0oa\w+ {2}\w+…/, '0oa…')
  expect(differenceOf(masked, out.replaceAll(url, 'http://127.0.0.1:4000'))).toBeUndefined()
})

test('only URL and token of the SDK are other ones than with a real org', () => {
  const { text } = blocks.find(({ language }) => language === 'js')!
  expect(text).toContain('orgUrl: process.env.ORG, token: process.env.TOKEN')
  expect(text).not.toMatch(/errorg/)
})

test('what the README says is there is there, and what it says is missing is missing', () => {
  // An operation that stands for each thing that "What works" names.
  const stands: Record<string, string> = {
    users: 'createUser',
    groups: 'addGroup',
    'administrator roles': 'assignRoleToUser',
    'API tokens': 'listApiTokens',
    'network zones': 'createNetworkZone',
    'user types': 'createUserType',
    'the System Log': 'listLogEvents',
    apps: 'createApplication',
    'sign-in': 'authenticate',
    factors: 'enrollFactor',
    OAuth: 'token',
    'group rules': 'createGroupRule',
    schemas: 'updateUserProfile',
    policies: 'createPolicy',
    'identity providers': 'createIdentityProvider',
    'trusted origins': 'createTrustedOrigin',
    hooks: 'createEventHook',
    brands: 'listBrands',
    provisioning: 'verifyProvisioningConnectionForApplication',
  }
  const built = new Map(supportedOperations().map((operation) => [operation.id, operation.built]))
  const [, there, missing] = /This is version [\d.]+\. (.+) are there\. (.+) are not yet\./.exec(readme)!
  const isBuilt = (things: string) =>
    things
      .split(/, | and /)
      .filter((thing) => thing !== 'rate limits')
      .map((thing) => {
        const name = thing in stands ? thing : thing.slice(0, 1).toLowerCase() + thing.slice(1)
        expect(Object.keys(stands), 'say in this test which operation stands for it').toContain(name)
        return [name, built.get(stands[name])]
      })
  expect(isBuilt(there!).filter(([, yes]) => yes !== true)).toEqual([])
  expect(isBuilt(missing!).filter(([, yes]) => yes !== false)).toEqual([])
})
