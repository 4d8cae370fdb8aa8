import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEventFilter } from './event-filter.ts'

const event = {
  eventType: 'group.user_membership.add',
  severity: 'INFO',
  outcome: { result: 'SUCCESS', reason: null },
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
