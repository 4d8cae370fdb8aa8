import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSeedText } from './text.ts'

async function faultsOf(text: string) {
  const read = await readSeedText(text)
  return read.ok ? [] : read.faults.map(({ line, path, says }) => `${line} ${path}: ${says}`)
}

const seed = { groups: [{ name: 'Pilots', description: 'They fly' }], users: [{ login: 'amelia@example.com' }] }

describe('a seed file', () => {
  it('is YAML', async () => {
    const text =
      '# people\ngroups:\n  - name: Pilots\n    description: They fly\nusers:\n  - login: amelia@example.com\n'
    expect(await readSeedText(text)).toEqual({ ok: true, seed })
  })

  it('is JSON', async () => {
    expect(await readSeedText(JSON.stringify(seed))).toEqual({ ok: true, seed })
    expect(await readSeedText(JSON.stringify(seed, null, '\t'))).toEqual({ ok: true, seed })
  })

  it.each(['', '\n\n', '# nothing yet\n', '{}', '\uFEFF{}'])('may be empty: %j', async (text) => {
    expect(await readSeedText(text)).toEqual({ ok: true, seed: {} })
  })

  it('may use an alias', async () => {
    const text = 'users:\n  - &a\n    login: a@example.com\n  - <<: *a\n    login: b@example.com\n'
    expect(await faultsOf(text)).toEqual([
      expect.stringMatching(/^4 users\[1\]\.<<: there is no such member; expected one of id, login,/),
    ])
    const read = await readSeedText(
      'groups:\n  - name: A\n    description: &d Words\n  - name: B\n    description: *d\n',
    )
    expect(read).toMatchObject({ ok: true, seed: { groups: [{}, { description: 'Words' }] } })
  })
})

describe('a mistake is named with its line and path', () => {
  it.each([
    [
      'groups:\n  - name: A\n  - nmae: B\n',
      [
        '3 groups[1].name: is missing; it must be text',
        '3 groups[1].nmae: there is no such member; did you mean "name"?',
      ],
    ],
    ['groups:\n  - name: 5\n', ['2 groups[0].name: must be text, not a number']],
    ['groups:\n  - name: A\n\nuser: []\n', ['4 user: there is no such member; did you mean "users"?']],
    ['users:\n  - login: a@example.com\n    status: AWAKE\n', ['3 users[0].status: must be one of STAGED, ']],
    ['users:\n  - login: a@example.com\n    id: 12\n', ['3 users[0].id: ']],
    ['tokens:\n  - owner: x\n    name: y\n    value: short\n', ['4 tokens[0].value: must be 00 and 40 letters']],
    ['{\n "settings": {\n  "rateLimits": {\n   "edition": "huge"\n  }\n }\n}', ['4 settings.rateLimits.edition: ']],
    ['users:\n  - login: ab\n', ['2 users[0].login: must have at least 5 characters']],
    [
      'apps:\n  - label: X\n    type: brauser\n',
      ['3 apps[0].type: must be one of web, browser, native, service; did you mean "browser"?'],
    ],
    ['- a\n- b\n', ['1 (the whole): ']],
    ['just words', ['1 (the whole): ']],
    ['groups: {}\n', ['1 groups: ']],
    ['groups:\n  - name: A\n    __proto__:\n      polluted: yes\n', ['4 groups[0].__proto__: there is no such member']],
  ])('%j', async (text, wanted) => {
    const faults = await faultsOf(text)
    expect(faults).toHaveLength(wanted.length)
    for (const [i, start] of wanted.entries()) expect(faults[i]).toContain(start)
  })

  it.each([
    ['groups:\n  - name: A\n name: B\n', 3],
    ['groups: [\n', 2],
    ['{"groups": [}', 1],
    ['a: 1\na: 2\n', 2],
    ['a: "unfinished\n', 2],
    ['---\na: 1\n---\nb: 2\n', 3],
    ['\tgroups: 1\n', 1],
  ])('also where the file cannot be read at all: %j', async (text, line) => {
    const read = await readSeedText(text)
    expect(read.ok ? 0 : read.faults[0]?.line).toBe(line)
  })

  it('an alias to nothing, and aliases that would fill the memory', async () => {
    expect((await faultsOf('groups: *nobody\n'))[0]).toMatch(/nobody/)
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 12; i++)
      bomb.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      )
    const began = performance.now()
    expect((await faultsOf(bomb.join('\n')))[0]).toMatch(/alias/i)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

describe('any text', () => {
  it('is read or refused, with lines that the file has', async () => {
    const piece = fc.constantFrom(
      'groups',
      'users',
      ':',
      ' ',
      '\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      '*a',
      '&a',
      '!!js',
      '|',
      '#',
      '\0',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(text, async (any) => {
        const read = await readSeedText(any)
        if (read.ok) return
        expect(read.faults.length).toBeGreaterThan(0)
        for (const { line } of read.faults) {
          expect(line).toBeGreaterThan(0)
          expect(line).toBeLessThanOrEqual(any.split('\n').length)
        }
      }),
      { numRuns: 300 },
    )
  })
})
