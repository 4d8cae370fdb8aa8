import { E0000001, E0000007 } from '@errorg/errors/codes'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../fail.ts'
import { Failure } from '../fail.ts'
import { testOrg } from '../testing.ts'
import { holesOf, renderFailure, wireOfFailure } from './render.ts'
import { begin } from './walk.ts'

const missing = (facts: Facts) => wireOfFailure(new Failure(E0000007, 'resource-missing', facts), 'current')

describe('the texts of a refusal', () => {
  it('are filled', () => {
    expect(missing({ id: '00u', type: 'User' })).toEqual({
      status: 404,
      summary: 'Not found: Resource not found: 00u (User)',
      causes: [],
      unfilled: [],
    })
    expect(missing({ id: 7, type: '' }).summary).toBe('Not found: Resource not found: 7 ()')
  })

  it.each<Facts>([{ id: '00u' }, { id: '00u', type: undefined }, { id: '00u', type: null }, { id: '00u', type: {} }])(
    'never show a hole: %j',
    (facts) => {
      const { summary, unfilled } = missing(facts)
      expect(summary).toBe('Not found: Resource not found: 00u (unknown)')
      expect(unfilled).toEqual(['type'])
    },
  )

  it('may be filled with what looks like a hole, or like a replacement', () => {
    const { summary, unfilled } = missing({ id: '{type}$&$1', type: 'User' })
    expect(summary).toBe('Not found: Resource not found: {type}$&$1 (User)')
    expect(unfilled).toEqual([])
  })

  it('of causes are taken as they are where they were worked out', () => {
    const causes = ['{name}: as sent']
    const failure = new Failure(E0000001, 'value-invalid', { field: 'name', causes })
    expect(wireOfFailure(failure, 'reference')).toMatchObject({ causes, unfilled: [] })
    expect(wireOfFailure(failure, 'reference').causes).not.toBe(causes)
  })

  it('have the holes that stand in them', () => {
    expect(holesOf('Not found: {id} ({type}), {0}, { x }, {}')).toEqual(['id', 'type', '0'])
  })
})

describe('a refusal with a hole that nobody filled', () => {
  const incoming = {
    method: 'GET',
    target: '/',
    headers: {},
    remoteAddress: '127.0.0.1',
    readBody: async () => undefined,
  }
  const failure = new Failure(E0000007, 'resource-missing', { id: '00u' })

  it('is a fault that the org reports, and still an answer', async () => {
    const heard: unknown[] = []
    const { org } = await testOrg({ onFault: (error) => heard.push(error) })
    const { body } = renderFailure(org, begin(org, incoming), failure)
    expect(JSON.parse(body).errorSummary).toBe('Not found: Resource not found: 00u (unknown)')
    expect(heard).toEqual([new Error('E0000007/resource-missing was raised without type')])
  })

  it('fails a test', async () => {
    const { org } = await testOrg()
    expect(() => renderFailure(org, begin(org, incoming), failure)).toThrow('raised without type')
  })
})
