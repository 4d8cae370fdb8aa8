import { expect, test } from 'vitest'
import { blocksOf, differenceOf } from './page-blocks.ts'

test('a block knows its comment, its line and the output behind it', () => {
  const page = [
    '# Page',
    '<!-- run: exit 1 -->',
    '```sh',
    'false',
    '```',
    '',
    '```text',
    'nothing',
    '```',
    '',
    '<!-- not run: it needs a real org -->',
    '```sh',
    'curl https://example.okta.com',
    '```',
    '',
    '<!-- run -->',
    'Words between a comment and a block take the comment away.',
    '```ts',
    'const a = 1',
    '```',
  ].join('\n')
  expect(blocksOf(page)).toEqual([
    { language: 'sh', text: 'false', line: 4, exit: 1, output: 'nothing' },
    { language: 'sh', text: 'curl https://example.okta.com', line: 13, notRun: 'it needs a real org' },
    { language: 'ts', text: 'const a = 1', line: 19 },
  ])
})

test.each([
  ['one\ntwo', 'one\ntwo\n'],
  ['token 00…', 'token 00abc'],
  ['one\n…\nfour', 'one\ntwo\nthree\nfour'],
  ['one\n…', 'one\ntwo'],
])('%j shows %j', (shown, real) => {
  expect(differenceOf(shown, real)).toBeUndefined()
})

test.each([
  ['one', 'two'],
  ['one', 'one\ntwo'],
  ['one\ntwo', 'one'],
  ['one\n…\nfour', 'one\ntwo\nthree'],
  ['a.c', 'abc'],
])('%j does not show %j', (shown, real) => {
  expect(differenceOf(shown, real)).toMatch(/^the (page|command) /)
})
