import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { groups } from './entities/group.ts'
import type { JobRunner } from './jobs.ts'
import { jobRunners } from './resources/index.ts'
import { put } from './state/state.ts'
import { type TestOrg, testOrg } from './testing.ts'

// Work that no resource has, so that it can be held and made to fail.
const runners = jobRunners as Record<string, JobRunner>
let run: JobRunner = async () => undefined
beforeAll(() => {
  runners.probe = (org, data) => run(org, data)
})
afterAll(() => {
  delete runners.probe
})

const add = (t: TestOrg, inSeconds: number, name: string) =>
  t.org.jobs.add({ dueAt: t.clock.now() + inSeconds * 1_000, kind: 'probe', data: { name } })

const rename: JobRunner = async (org, { name }) => {
  const row = (await org.state.load(groups, org.fixed.everyoneId))!
  await org.state.change([put(groups, row.id, { ...row.value, profile: { ...row.value.profile, name } }, row)])
}

const everyone = async (t: TestOrg) => (await t.call(`GET /api/v1/groups/${t.org.fixed.everyoneId}`)).json.profile.name

describe('work that has come due', () => {
  it('is done before the next request is answered, in its order', async () => {
    const t = await testOrg()
    const done: string[] = []
    run = async (_org, { name }) => {
      done.push(name!)
    }
    add(t, 20, 'second')
    add(t, 10, 'first')
    add(t, 99, 'later')
    await t.call('GET /api/v1/groups')
    expect(done).toEqual([])
    t.clock.advance(30)
    await t.call('GET /api/v1/groups')
    expect(done).toEqual(['first', 'second'])
  })

  it('is waited for by whoever comes while it is done', async () => {
    const t = await testOrg()
    let go: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    run = async (org, data) => {
      await held
      await rename(org, data)
    }
    add(t, 0, 'All of us')
    const first = everyone(t)
    const second = everyone(t)
    go()
    expect(await Promise.all([first, second])).toEqual(['All of us', 'All of us'])
  })

  it('may bring more work that is due', async () => {
    const t = await testOrg()
    run = async (org, { name }) => {
      if (name !== 'xxx') org.jobs.add({ dueAt: org.clock.now(), kind: 'probe', data: { name: `${name}x` } })
      await rename(org, { name: name! })
    }
    add(t, 0, 'x')
    expect(await everyone(t)).toBe('xxx')
  })

  it('that fails is heard of, and the rest is done', async () => {
    const heard: unknown[] = []
    const t = await testOrg({ onFault: (error) => heard.push(error) })
    run = async (org, data) => {
      if (data.name === 'broken') throw new Error('broken')
      await rename(org, data)
    }
    add(t, 0, 'broken')
    add(t, 0, 'whole')
    expect(await everyone(t)).toBe('whole')
    expect(heard).toEqual([new Error('broken')])
    expect(await everyone(t)).toBe('whole')
  })

  it('that meets a request which changes the same thing is done again', async () => {
    const t = await testOrg()
    let tries = 0
    run = async (org, data) => {
      tries += 1
      const row = (await org.state.load(groups, org.fixed.everyoneId))!
      if (tries === 1) await org.state.change([put(groups, row.id, { ...row.value }, row)])
      await org.state.change([put(groups, row.id, { ...row.value, profile: { name: data.name } }, row)])
    }
    add(t, 0, 'twice')
    expect(await everyone(t)).toBe('twice')
    expect(tries).toBe(2)
  })

  it('that was under way when the org was put back writes nothing', async () => {
    const t = await testOrg()
    let go: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    let begun: () => void = () => undefined
    const running = new Promise<void>((resolve) => {
      begun = resolve
    })
    run = async (org, data) => {
      begun()
      await held
      await rename(org, data)
    }
    add(t, 0, 'too late')
    add(t, 0, 'too late as well')
    const asked = everyone(t)
    await running
    t.org.putBack()
    go()
    expect(await asked).toBe('Everyone')
  })
})

describe('the log of an org', () => {
  it('knows who did what from the request, and fills what nobody said', async () => {
    const t = await testOrg()
    t.org.log(undefined, { eventType: 'x', displayMessage: 'X', severity: undefined, targets: undefined })
    const [event] = [...t.org.events.read()]
    expect(event).toMatchObject({
      severity: 'INFO',
      result: 'SUCCESS',
      targets: [],
      actor: { type: 'SystemPrincipal' },
    })
    await t.call('POST /api/v1/groups', { profile: { name: 'A' } }, { headers: { 'x-forwarded-for': '192.0.2.1' } })
    const made = [...t.org.events.read()].at(-1)!
    expect(made.actor.id).toBe(t.adminId)
    expect(made.request).toMatchObject({ method: 'POST', path: '/api/v1/groups', address: '192.0.2.1' })
    expect(made.request?.requestId).toBe(t.org.ledger.list()[0]?.id)
  })
})
