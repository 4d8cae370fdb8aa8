import { describe, expect, it } from 'vitest'
import { applySettings, defaultSettings } from './settings.ts'

describe('a change of settings', () => {
  it('merges what it says, by name where things have names', () => {
    const first = applySettings(defaultSettings(), {
      features: { A: false, B: true },
      rateLimits: { edition: 'integrator', limits: { groups: 5 } },
    })
    const second = applySettings(first, { readOnly: true, features: { A: true }, rateLimits: { limits: { users: 7 } } })
    expect(second).toEqual({
      ...defaultSettings(),
      readOnly: true,
      features: { A: true, B: true },
      rateLimits: { ...defaultSettings().rateLimits, edition: 'integrator', limits: { groups: 5, users: 7 } },
    })
  })

  it('changes nothing in place', () => {
    const before = defaultSettings()
    const copy = structuredClone(before)
    applySettings(before, { readOnly: true, features: { A: false }, delays: { activationSeconds: 5 } })
    expect(before).toEqual(copy)
  })

  it('says nothing by a member that is undefined, and something by null and false', () => {
    const set = applySettings(defaultSettings(), {
      readOnly: true,
      rateLimits: { concurrency: 3 },
      contract: 'current',
    })
    const same = applySettings(set, {
      contract: undefined,
      readOnly: undefined,
      features: undefined,
      rateLimits: { edition: undefined, concurrency: undefined, limits: undefined },
      passwordPolicy: { minLength: undefined },
    })
    expect(same).toEqual(set)
    expect(applySettings(set, { readOnly: false, rateLimits: { concurrency: null } })).toMatchObject({
      readOnly: false,
      rateLimits: { concurrency: null },
    })
  })
})
