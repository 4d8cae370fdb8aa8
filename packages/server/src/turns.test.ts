import { describe, expect, it } from 'vitest'
import { groups } from './entities/group.ts'
import { VersionConflict } from './state/state.ts'
import { testOrg } from './testing.ts'
import { createTurns } from './turns.ts'

describe('requests that change one thing at the same moment', () => {
  it('all get through, however many', async () => {
    const t = await testOrg()
    const group = (await t.call('POST /api/v1/groups', { profile: { name: 'Crowded' } })).json
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_x, i) =>
        t.call(`PUT /api/v1/groups/${group.id}`, { profile: { name: 'Crowded', description: `by ${i}` } }),
      ),
    )
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([])
    expect((await t.org.state.load(groups, group.id))?.value.profile.description).toMatch(/^by \d+$/)
  })

  it('make a name once', async () => {
    const t = await testOrg()
    const body = { profile: { name: 'Only' } }
    const answers = await Promise.all(Array.from({ length: 20 }, () => t.call('POST /api/v1/groups', body)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(new Set(answers.map((answer) => answer.json.errorCode))).toEqual(new Set([undefined, 'E0000001']))
  })
})

describe('taking turns', () => {
  it('runs one after the other, and again until it wins', async () => {
    const inTurn = createTurns()
    const heard: string[] = []
    let lost = 0
    const first = inTurn(async () => {
      heard.push('first begins')
      await Promise.resolve()
      if (++lost < 3) throw new VersionConflict('group', '00g')
      heard.push('first ends')
      return 1
    })
    const second = inTurn(async () => {
      heard.push('second')
      return 2
    })
    expect(await Promise.all([first, second])).toEqual([1, 2])
    expect(heard).toEqual(['first begins', 'first begins', 'first begins', 'first ends', 'second'])
  })

  it('gives up on what can never win, and lets the next one go', async () => {
    const inTurn = createTurns()
    const never = inTurn(() => Promise.reject(new VersionConflict('group', '00g')))
    const broken = inTurn(() => Promise.reject(new Error('other')))
    const fine = inTurn(async () => 'fine')
    await expect(never).rejects.toBeInstanceOf(VersionConflict)
    await expect(broken).rejects.toThrow('other')
    expect(await fine).toBe('fine')
  })
})
