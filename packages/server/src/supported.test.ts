import { operations } from '@errorg/errors/operations'
import { expect, test } from 'vitest'
import { createOrg } from './create-org.ts'
import { supportedOperations } from './supported.ts'

test('every published operation is listed once', () => {
  const listed = supportedOperations().flatMap(({ id }) => id ?? [])
  expect(listed).toEqual(operations.map(({ id }) => id))
})

test('what is listed as built answers, what is not says so with 501', async () => {
  const org = await createOrg({ passwordCost: 2 })
  const statuses = new Map<boolean, Set<number>>([
    [true, new Set()],
    [false, new Set()],
  ])
  for (const { method, path, built } of supportedOperations()) {
    const body = method === 'POST' || method === 'PUT' || method === 'PATCH' ? '{}' : undefined
    const { status } = await org.fetch(path.replace(/\{\w+\}/g, 'nothing'), {
      method,
      body,
      headers: { authorization: `SSWS ${org.token}`, 'content-type': 'application/json' },
    })
    statuses.get(built)!.add(status)
    // One of them revokes the very token that calls.
    if (method === 'DELETE' && built) await org.reset()
  }
  expect([...statuses.get(false)!]).toEqual([501])
  expect(statuses.get(true)).not.toContain(501)
  expect(statuses.get(true)).toContain(200)
})

test('two operations whose paths differ in a parameter are told apart by their literal parts', () => {
  const by = new Map(supportedOperations().map((operation) => [operation.id, operation]))
  expect(by.get('listUsers')).toMatchObject({ method: 'GET', path: '/api/v1/users', built: true })
  expect(by.get('listEvents')?.built).toBe(true)
  expect(supportedOperations().filter(({ id }) => id === undefined)).toContainEqual(
    expect.objectContaining({ path: '/docs/reference/error-codes', built: true }),
  )
})
