import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBudget, MOST_STEPS } from '../expression/budget.ts'
import { ExpressionFault } from '../expression/fault.ts'
import { readEventFilter } from './event-filter.ts'

const event = {
  eventType: 'group.user_membership.add',
  severity: 'INFO',
  outcome: { result: 'SUCCESS', reason: null },
  odd: [{ toString: 1, valueOf: 2 }, null],
  actor: { alternateId: "o'hara@example.com", displayName: 'Ada' },
  target: [
    { type: 'User', displayName: 'Grace', detailEntry: null },
    { type: 'UserGroup', displayName: 'Sales', detailEntry: { size: 3 } },
  ],
}

describe('filters that pass or stop this event', () => {
  test.each([
    ["event.target.?[type eq 'UserGroup'].size()>0 && event.target.?[displayName eq 'Sales'].size()>0", true],
    ["event.target.?[type eq 'UserGroup' and displayName eq 'Marketing'].size() > 0", false],
    ["event.outcome.result == 'SUCCESS'", true],
    ["event.outcome.result != 'SUCCESS'", false],
    ["!(event.severity eq 'WARN')", true],
    ["not event.severity.equals('INFO')", false],
    ["event.severity == 'WARN' || event.actor.displayName == 'Ada'", true],
    ["event.severity == 'WARN' && event.severity == 'INFO' || event.actor.displayName == 'Ada'", true],
    ["event.actor.alternateId == 'o''hara@example.com'", true],
    ['event.actor.displayName == "Ada"', true],
    ["event.actor.alternateId.contains('@example')", true],
    ["event.actor.alternateId.toUpperCase().startsWith('O')", true],
    ["event.actor.alternateId.endsWith('.org')", false],
    ['event.target[1].detailEntry.size == 3', true],
    ['event.target.![displayName].contains("Grace")', true],
    ["event.target.^[type eq 'UserGroup'].displayName.equalsIgnoreCase('SALES')", true],
    ["event.target.$[type != 'x'].displayName == 'Sales'", true],
    ["event.target.?[#this.type == 'User'].size() == 1", true],
    ["event.target.?[#root.event.severity == 'INFO'].size() == 2", true],
    ['event.target.size() >= 2', true],
    ['event.target.size() < 2', false],
    ['event.outcome.reason == null', true],
    // What is not there is null, however deep.
    ['event.client.ipAddress.nothing == null', true],
    ['event.__proto__ == null', true],
    ['event.constructor.name == null', true],
    ["event.target['length'] == null", true],
    // Only true is true.
    ['event.severity', false],
    ['true', true],
    ['event.target.size() > "1"', false],
    [`${'#root.event.target.?['.repeat(4)}type eq 'User'${'].size()>0'.repeat(4)}`, true],
    // Texts are made of what is there, whatever it calls its members.
    ["event.odd[0].contains('toString=1')", true],
  ])('%s: %s', (text, passes) => {
    expect(readEventFilter(text)?.(event)).toBe(passes)
  })
})

test.each([
  '',
  ' ',
  'event.',
  "event.target.?[type eq 'User'",
  "event.target.?[type eq 'User']]",
  'event.severity == ',
  "event.severity = 'INFO'",
  "event.severity == 'INFO",
  'event.severity.delete()',
  'event.target.size(1)',
  'event.severity.contains()',
  'T(java.lang.Runtime)',
  '#other',
  '1 +',
  '((((',
  '('.repeat(100) + ')'.repeat(100),
  '!'.repeat(100),
  `event.a == '${'x'.repeat(1100)}'`,
  `${'event.target.?['.repeat(5)}true${'].size()>0'.repeat(5)}`,
])('%s is no filter', (text) => {
  expect(readEventFilter(text)).toBeUndefined()
})

test('any text is a filter or none, and any filter answers with yes or no', () => {
  const word = fc.constantFrom(
    ...['event', 'target', 'type', '.', '.?[', ']', '[', '(', ')', '==', 'eq', '&&', '!', 'and', "'x'", '1', 'null'],
    ...['size', '()', ',', '#this', 'not', '.^[', '.![', ' ', '__proto__', 'true', '>'],
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word).map((words) => words.join(' ')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const filter = readEventFilter(text)
        if (filter) expect(typeof filter(event)).toBe('boolean')
      },
    ),
    { numRuns: 1_000 },
  )
})

test('a filter that takes too many steps for an event cannot be worked out', () => {
  const many = { target: Array.from({ length: 40 }, () => ({ type: 'User' })) }
  const filter = readEventFilter(`${'#root.event.target.?['.repeat(4)}type eq 'User'${'].size()>0'.repeat(4)}`)!
  try {
    filter(many)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionFault)
    expect((error as ExpressionFault).why).toBe('working it out takes more than 1000000 steps')
  }
})

test('the steps of a filter have a bound, however it is nested', () => {
  const around = fc.constantFrom(
    ...['(%)', '!%', '(% == %)', '(% && true)', '(false or %)', 'event.target.?[%].size()', 'event.target.![%]'],
    ...['#root.event.target.^[%]', '#root.event.target.$[%].type', '#root.event.target[%]', "'x'.contains(%)"],
  )
  const nested = fc
    .tuple(fc.array(around, { maxLength: 40 }), fc.constantFrom('type', 'true', "'x'", 'event.target', '#this'))
    .map(([all, first]) => all.reduce((inner, one) => one.replaceAll('%', () => inner).slice(0, 2_000), first))
    .filter((text) => text.length <= 1_024)
  fc.assert(
    fc.property(nested, (text) => {
      const budget = createBudget()
      readEventFilter(text)?.(event, budget)
      // Two targets, four selections deep: each character is come to sixteen times at most, at some steps each.
      expect(MOST_STEPS - budget.left).toBeLessThanOrEqual(16 * 20 * (text.length + 1))
    }),
    { numRuns: 1_000 },
  )
})
