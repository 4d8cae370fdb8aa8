import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorg } from './testing.ts'

describe('the command line', () => {
  it('shows help on stdout with exit code 0, and its commands', async () => {
    const { code, out, err } = await errorg(['--help'])
    expect(code).toBe(0)
    expect(err).toBe('')
    for (const name of ['serve', 'explain', 'trigger', 'diagnose']) expect(out).toContain(name)
  })

  it('has the version of its package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect((await errorg(['--version'])).out.trim()).toBe(version)
  })

  it.each([
    [[]],
    [['no-such-command']],
    [['serve', '--no-such-flag']],
    [['serve', '--contract', 'yesterday']],
    [['explain', '47', '48']],
  ])('answers %j with usage: exit 2, nothing on stdout', async (argv) => {
    const { code, out, err } = await errorg(argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toBe('')
  })
})
