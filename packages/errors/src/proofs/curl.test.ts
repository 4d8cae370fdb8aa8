import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { codes, E0000011 } from '../codes/index.ts'
import { curlOf, describeStep, scriptOf } from './curl.ts'
import { proofsOf } from './list.ts'
import { answering, verifying } from './peers.ts'
import { call, type Proof, seed, times } from './step.ts'

test('a step is a command with variables for what is kept', () => {
  const step = call('POST /api/v1/users?activate=true', { body: { name: "O'Neil", id: '{user}' }, keep: { id: '/id' } })
  expect(curlOf(step)).toBe(
    `ANSWER=$(curl -s -X POST "$ORG"'/api/v1/users?activate=true' -H 'accept: application/json' ` +
      `-H 'content-type: application/json' -H 'authorization: SSWS '"$TOKEN" ` +
      `--data-raw '{"name":"O'\\''Neil","id":"{user}"}')\n` +
      `id=$(printf '%s' "$ANSWER" | jq -r '.id')`,
  )
})

test('an exchange is a command without its secrets', () => {
  const shown = curlOf({
    request: {
      method: 'POST',
      url: 'https://a.okta.com/x?token=verysecret1',
      headers: [['authorization', `SSWS 00${'a'.repeat(40)}`]],
      body: '{"password":"hunter22"}',
    },
    response: { status: 200, headers: [], body: '' },
  })
  expect(shown).not.toMatch(/verysecret1|aaaa|hunter22/)
  expect(shown).toContain("-H 'authorization: SSWS 00…(40 characters hidden)'")
})

test('steps in a line for people', () => {
  expect(describeStep(times(3, call('GET /a', { as: 'nobody' })))).toBe('3 times: GET /a as nobody')
})

test('a script sets variables and leaves other braces alone', () => {
  const proof: Proof = {
    given: [
      seed({ tokens: [{ owner: 'me' }] }, { fresh: '/tokens/0/value' }),
      call('GET /api/v1/groups?q=a b', { keep: { next: 'link:next' }, headers: { accept: null } }),
    ],
    call: call('GET {next}', { body: '{fresh} {other}', as: { ssws: '{fresh}' } }),
    cure: [],
  }
  const script = scriptOf(proof)
  expect(script).toContain(`fresh=$(printf '%s' "$ANSWER" | jq -r '.tokens[0].value')`)
  expect(script).toContain(`"$ORG"'/api/v1/groups?q=a%20b' -H 'accept:'`)
  expect(script).toContain(`curl -i -X GET "$next"`)
  expect(script).toContain(`--data-raw "$fresh"' {other}'`)
})

test('the script of every proof is valid bash', () => {
  const proofs = Object.values(codes).flatMap(proofsOf)
  expect(proofs.length).toBeGreaterThan(30)
  const all = proofs.map(({ proof }) => scriptOf(proof)).join('\n')
  expect(() => execFileSync('bash', ['-n'], { input: all })).not.toThrow()
})

test('proofs are listed with code, cause and place', () => {
  const listed = proofsOf(E0000011)
  expect(listed[0]).toMatchObject({ code: 'E0000011', causeId: 'token-unknown', index: 0 })
  expect(listed.every((one) => one.cause.says.length > 0 && one.proof.call.step === 'call')).toBe(true)
})

test('a server on the other side is told in words, and the script says which variable its URL goes into', () => {
  const [step] = answering({ error: {} }, 'refusing', 503)
  expect(describeStep(step!)).toBe(
    'start a server that answers every request in the same way: status 503, {"error":{}}',
  )
  expect(curlOf(step!)).toBe(
    '# By hand: start a server that answers every request in the same way: status 503, {"error":{}}; set refusing',
  )
  const [verifies] = verifying('right')
  expect(describeStep(verifies!)).toBe(
    'start a server that answers a GET with the verification value of an event hook, and takes every POST with 204',
  )
  expect(describeStep({ step: 'peer', behaves: 'sings', keep: {} })).toBe('start a server that sings')
})
