import { expect, it } from 'vitest'
import { pathText, readBy } from './control/read.ts'
import { faultBody, settingsPatch } from './control/schemas.ts'
import { createOrg } from './create-org.ts'
import { requireFault, requireSettings } from './program-input.ts'
import { defaultSettings } from './settings.ts'

// A program without types hands over anything.
// biome-ignore lint/suspicious/noExplicitAny: what is tested is no value of the type
const any = (value: unknown): any => value

it.each([
  [{ sead: {} }, 'sead: there is no such member; did you mean "seed"?'],
  [{ contract: 'x' }, 'contract: must be one of reference, current'],
  [{ settings: { readonly: true } }, 'settings.readonly: there is no such member; did you mean "readOnly"?'],
  [{ settings: { rateLimits: { edition: 'integrater' } } }, 'settings.rateLimits.edition: must be one of off, integr'],
  [{ demo: 'yes' }, 'demo: must be true or false'],
  [{ control: null }, 'control: must be true or false'],
  [JSON.parse('{"__proto__":{"demo":true}}'), '__proto__: there is no such member'],
])('createOrg refuses %j', async (options, says) => {
  await expect(createOrg(any(options))).rejects.toThrow(says)
  await expect(createOrg(any(options))).rejects.toBeInstanceOf(TypeError)
})

it('a refused change of settings changes nothing', async () => {
  const org = await createOrg()
  const before = org.settings.get()
  expect(() => org.settings.change(any({ contract: 'current', readonly: true }))).toThrow(/readonly.*"readOnly"/)
  expect(org.settings.get()).toEqual(before)
  org.settings.change({ readOnly: true, contract: undefined })
  expect(org.settings.get().readOnly).toBe(true)
})

it('a refused fault is not there', async () => {
  const org = await createOrg()
  const path = '/api/v1/groups'
  expect(() => org.faults.add(any({ match: { paht: path }, answer: { status: 503 } }))).toThrow(/match\.paht.*"path"/)
  expect(() => org.faults.add(any({ bogus: 1 }))).toThrow(/bogus: there is no such member; expected one of name, match/)
  expect(org.faults.list()).toEqual([])
  expect(org.faults.add({ match: { path }, answer: { status: 503 } }).id).toBe('fault-1')
})

function pathsOf(refuse: () => void): string[] {
  try {
    refuse()
    return []
  } catch (error) {
    const [, told = ''] = (error as Error).message.split(/: (.*)/)
    return told
      .split('; ')
      .flatMap((fault) => /^(.+?): (?:must|is |this|there)/.exec(fault)?.[1] ?? [])
      .sort()
  }
}

const schemaPaths = (schema: typeof settingsPatch | typeof faultBody, value: unknown): string[] => {
  const read = readBy<unknown>(schema, value)
  return read.ok ? [] : [...new Set(read.faults.map((fault) => pathText(fault.path)))].sort()
}

const strange = [null, 'x', '', -1, 0, 0.5, 101, 1e12, true, [], {}, ['x'], { x: 1 }, { x: 'a\nb' }, { 'a b': 'x' }]

const changes = Object.entries(defaultSettings()).flatMap(([name, part]) => [
  ...strange.map((value) => ({ [name]: value })),
  ...Object.keys(typeof part === 'object' ? { ...part, bogus: 1 } : {}).flatMap((inner) =>
    strange.map((value) => ({ [name]: { [inner]: value } })),
  ),
])
const places = ['range', 'country', 'region', 'asn', 'services', 'malicious', 'bogus'].flatMap((name) =>
  [...strange, '10.0.0.0/8', 'DE', 'DE-BE', '3320', ['NORD_VPN']].map((value) => ({
    addresses: { known: [{ range: '10.0.0.1', [name]: value }] },
  })),
)
const modes = strange.map((value) => ({ rateLimits: { clientModes: { LOGIN_PAGE: value }, limits: { users: value } } }))

it('settings are refused where the control API refuses them', () => {
  for (const patch of [...changes, ...places, ...modes]) {
    const wanted = schemaPaths(settingsPatch, patch)
    expect([patch, pathsOf(() => requireSettings(any(patch)))]).toEqual([patch, wanted])
  }
})

it('faults are refused where the control API refuses them', () => {
  const members = Object.keys(any(faultBody).shape)
  expect(members).toContain('skewSeconds')
  const inputs = [
    ...[...members, 'bogus'].flatMap((name) => strange.map((value) => ({ [name]: value }))),
    ...['method', 'path', 'caller', 'bogus'].flatMap((name) => strange.map((value) => ({ match: { [name]: value } }))),
    ...['code', 'status', 'body', 'headers'].flatMap((name) => strange.map((value) => ({ answer: { [name]: value } }))),
    { line: 'hang' },
    { body: 'html' },
    { answer: { status: 200 }, headers: { a: null } },
  ]
  for (const input of inputs) {
    expect([input, pathsOf(() => requireFault(any(input)))]).toEqual([input, schemaPaths(faultBody, input)])
  }
})
