import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type TestOrg, testOrg } from '../../testing.ts'

const TABS = '/api/v1/users/me/home/tabs'

let t: TestOrg
beforeEach(async () => {
  t = await testOrg()
})

const wire = (answer: { status: number; json: { errorSummary: string } }) => [
  answer.status,
  answer.json.errorSummary,
  t.lastCause(),
]

describe('the tabs of a user', () => {
  it('begin with one; more are made, renamed and deleted', async () => {
    const [first] = (await t.call(`GET ${TABS}`)).json
    expect(first).toMatchObject({ label: 'My Apps', position: 0, isDefault: true })
    const made = await t.call(`POST ${TABS}`, { label: 'Travel' })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ id: expect.stringMatching(/^ust\w{17}$/), label: 'Travel', position: 1 })
    t.clock.advance(60)
    expect((await t.call(`PUT ${TABS}/${first.id}`, { label: 'Work' })).json).toMatchObject({
      id: first.id,
      label: 'Work',
      isDefault: true,
      lastUpdated: '2026-11-20T10:01:00.000Z',
    })
    // Its own name is free for a tab, in any case of its letters.
    expect((await t.call(`PUT ${TABS}/${made.json.id}`, { label: 'TRAVEL' })).json.label).toBe('TRAVEL')
    const labels = (await t.call(`GET ${TABS}`)).json.map((tab: { label: string }) => tab.label)
    expect(labels).toEqual(['Work', 'TRAVEL'])
    expect((await t.call(`DELETE ${TABS}/${made.json.id}`)).status).toBe(204)
    expect((await t.call(`GET ${TABS}`)).json).toHaveLength(1)
  })

  it('have names of their own', async () => {
    await t.call(`POST ${TABS}`, { label: 'Travel' })
    const taken = 'Tab error: A tab with this name already exists'
    expect(wire(await t.call(`POST ${TABS}`, { label: 'travel' }))).toEqual([403, taken, 'E0000061/tab-name-taken'])
    expect(wire(await t.call(`POST ${TABS}`, { label: 'my apps' }))).toEqual([403, taken, 'E0000061/tab-name-taken'])
    const [first] = (await t.call(`GET ${TABS}`)).json
    expect((await t.call(`PUT ${TABS}/${first.id}`, { label: 'Travel' })).status).toBe(403)
  })

  it('keep their first', async () => {
    const [first] = (await t.call(`GET ${TABS}`)).json
    const refused = 'Tab error: The default tab cannot be deleted'
    expect(wire(await t.call(`DELETE ${TABS}/${first.id}`))).toEqual([403, refused, 'E0000061/default-tab-fixed'])
    await t.call(`PUT ${TABS}/${first.id}`, { label: 'Work' })
    expect((await t.call(`DELETE ${TABS}/${first.id}`)).status).toBe(403)
  })

  it('are changed by their owner alone, and go with the owner', async () => {
    const ada = await t.makeAdmin('ada@example.com')
    const { id } = (await t.call(`POST ${TABS}`, { label: 'Travel' }, { token: ada.token })).json
    const foreign = 'Tab error: The tab belongs to another user'
    for (const path of [`${TABS}/${id}`, `/api/v1/users/${ada.userId}/home/tabs/${id}`]) {
      expect(wire(await t.call(`PUT ${path}`, { label: 'Mine' }))).toEqual([
        403,
        foreign,
        'E0000061/tab-of-another-user',
      ])
    }
    const missing = await t.call(`DELETE ${TABS}/ustnone`)
    expect(missing.json.errorSummary).toBe('Not found: Resource not found: ustnone (HomeTab)')
    await t.call(`POST /api/v1/users/${ada.userId}/lifecycle/deactivate`)
    await t.call(`DELETE /api/v1/users/${ada.userId}`)
    expect((await t.call(`PUT ${TABS}/${id}`, { label: 'Mine' })).status).toBe(404)
  })

  it('take any label without a fault', async () => {
    const odd = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(300)))
    await fc.assert(
      fc.asyncProperty(odd, async (label) => {
        const before = (await t.call(`GET ${TABS}`)).json
        const answer = await t.call(`POST ${TABS}`, JSON.stringify({ label }))
        expect(answer.status).toBeLessThan(500)
        if (answer.status === 201) return
        expect(answer.json.errorCode).toMatch(/^E0000(001|003|061)$/)
        expect((await t.call(`GET ${TABS}`)).json).toEqual(before)
      }),
    )
  })
})
