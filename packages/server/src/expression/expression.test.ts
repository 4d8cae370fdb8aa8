import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBudget, MOST_STEPS } from './budget.ts'
import { createExpressionCache } from './cache.ts'
import { evaluateExpression } from './evaluate.ts'
import { ExpressionFault } from './fault.ts'
import { functions } from './functions/index.ts'
import { parseExpression } from './parse.ts'
import type { ExpressionScope } from './scope.ts'

const scope: ExpressionScope = {
  values: {
    user: {
      login: 'ada@example.com',
      department: null,
      firstName: 'Ada',
      salary: 120,
      isContractor: false,
      skills: ['maths', 'poetry'],
      objects: [{ toString: 1 }, { valueOf: [1] }],
      novel: 'a'.repeat(60_000),
    },
    appuser: null,
    app: { clientId: '0oa1' },
  },
  groups: [
    { id: '00g1', name: 'Engineers', type: 'OKTA_GROUP' },
    { id: '00g2', name: 'Eng/AD', type: 'APP_GROUP' },
  ],
  linked: { manager: { lastName: 'Gates' }, mentor: null },
  inDirectory: true,
  internal: { status: 'ACTIVE' },
  now: Date.UTC(2015, 6, 31, 17, 18, 37, 979),
}

const value = (text: string) => evaluateExpression(parseExpression(text), scope)
const fault = (text: string): ExpressionFault => {
  try {
    value(text)
  } catch (error) {
    if (error instanceof ExpressionFault) return error
    throw error
  }
  throw new Error(`${text} has a value`)
}

describe('an expression', () => {
  it.each([
    ['user.login', 'ada@example.com'],
    ['(appuser != null) ? appuser.userName : app.clientId', '0oa1'],
    ['user.department != null ? user.department : "none"', 'none'],
    ['"a" + user.firstName + \'b\'', 'aAdab'],
    ['\'it\'\'s\' + "" + """"', 'it\'s"'],
    ['1 + 2 * 3 - 4 / 2', 5],
    ['-user.salary % 50', -20],
    ['user.nothing', null],
    ['user.firstName == "Ada" ? (user.firstName == "Bob" ? 1 : 2) : 3', 2],
    ['user.firstName == "Bob" ? 1 : user.firstName == "Ada" ? 2 : 3', 2],
    ['user.department ?: user.firstName', 'Ada'],
    ['user.login.contains("@example.com")', true],
    ["user.login.contains('@Example')", false],
    ["user.login.substringBefore('@').toUpperCase().replace('D', 'nn')", 'AnnA'],
    ["'hello'.replaceFirst('l', 'p') + 'test'.length()", 'heplo4'],
    ["user.skills.contains('maths') && {}.isEmpty()", true],
    ["{1, 2}.add(3).remove(1).size() == 2 && '1.7'.toInteger() == 2", true],
    ['user.getLinkedObject("manager").lastName.toLowerCase()', 'gates'],
    ['user.department ?: appuser ?: "none"', 'none'],
    ['user.isContractor ?: true', false],
    ['user.isContractor ? 1 : user.department ?: 2', 2],
    ['user.department ?: user.isContractor ? 1 : 2', 2],
    ['{a: {b: 1}}.a.b', 1],
    ['user.salary > 100 AND !user.isContractor', true],
    ['user.salary >= 120 and not user.isContractor or false', true],
    ['user.salary < 120 || user.salary <= 119', false],
    ['"a" < "b"', true],
    ['user.department < 5', true],
    ['user.department > 5', false],
    ['5 > NULL', true],
    ['NULL == null AND TRUE', true],
    ['user.or', null],
    ['appuser == null || appuser.x == 1', true],
    ['user.skills', ['maths', 'poetry']],
    ['user.getInternalProperty("status") == "ACTIVE"', true],
    ['{}', []],
    ["{'a': 1, b: 'x'}", { a: 1, b: 'x' }],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  it.each([
    ['String.append("This is", " a test")', 'This is a test'],
    ['String.join(",", "This", "is", "a", "test")', 'This,is,a,test'],
    ['String.join("-", user.skills, 1)', 'maths-poetry-1'],
    ['String.len("This")', 4],
    ['String.removeSpaces("This is a test")', 'Thisisatest'],
    ['String.replace("This is a test", "is", "at")', 'That at a test'],
    ['String.replace("abc", "", "x")', 'abc'],
    ['String.replace("a$b", "$", "$&")', 'a$&b'],
    ['String.replaceFirst("This is a test", "is", "at")', 'That is a test'],
    ['String.startsWith(user.firstName, "Ad")', true],
    ['String.startsWith(user.department, "x")', false],
    ['String.stringContains("This is a test", "test")', true],
    ['String.stringContains("This is a test", "doesn\'tExist")', false],
    ['String.stringSwitch("This is a test", "default", "key1", "value1")', 'default'],
    ['String.stringSwitch("First match wins", "default", "absent", "1", "wins", "2", "match", "3")', '2'],
    ['String.substring("This is a test", 2, 9)', 'is is a'],
    ['String.substringAfter("abc@okta.com", "@")', 'okta.com'],
    ['String.substringBefore("abc@okta.com", "@")', 'abc'],
    ["substringBefore(user.login, '@')", 'ada'],
    ['String.toUpperCase("This")', 'THIS'],
    ['toLowerCase("ThiS")', 'this'],
    ['Arrays.add({10, 20, 30}, 40)', [10, 20, 30, 40]],
    ['Arrays.remove({10, 20, 30}, 20)', [10, 30]],
    ['Arrays.clear({10, 20, 30})', []],
    ['Arrays.get({0, 1, 2}, 0)', 0],
    ['Arrays.flatten(10, {20, 30}, 40)', [10, 20, 30, 40]],
    ['Arrays.contains({10, 20, 30}, 10)', true],
    ['Arrays.contains(user.skills, "sums")', false],
    ['Arrays.size(NULL)', 0],
    ['Arrays.isEmpty(NULL)', true],
    ['Arrays.toCsvString({"This", "is", " a ", "test"})', 'This,is, a ,test'],
    ["Convert.toInt('1234')", 1234],
    ['Convert.toInt(123.6)', 124],
    ["Convert.toNum('2.125')", 2.125],
    ['String.len({toString: 1})', 12],
    ['{toString: 1, valueOf: {1, null}} + "a"', '{toString=1, valueOf=[1, null]}a'],
    ['Arrays.toCsvString({{toString: 1}, 2})', '{toString=1},2'],
    ['String.join("-", user.objects)', '{toString=1}-{valueOf=[1]}'],
    ['Iso3166Convert.toAlpha2("IND")', 'IN'],
    ['Iso3166Convert.toAlpha3("840")', 'USA'],
    ['Iso3166Convert.toAlpha3(8)', 'ALB'],
    ['Iso3166Convert.toNumeric("usa")', '840'],
    ['Iso3166Convert.toName("IN")', 'India'],
    ['Iso3166Convert.toName(user.department)', null],
    ['user.getLinkedObject("manager").lastName', 'Gates'],
    ['user.getLinkedObject("mentor") == null', true],
    ['hasDirectoryUser() AND findDirectoryUser() != null', true],
    ['findDirectoryUser().managerUpn', null],
    ['hasWorkdayUser() ? findWorkdayUser().x : "none"', 'none'],
    ['getManagerUser("active_directory") == null', true],
    ['getAssistantAppUser("active_directory", "google")', null],
    ['isMemberOfGroup("00g2")', true],
    ['isMemberOfAnyGroup("00g8", "00g1")', true],
    ['isMemberOfAnyGroup({"00g8", "00g9"})', false],
    ['isMemberOfGroupName("Engineers") && !isMemberOfGroupName("engineers")', true],
    ['isMemberOfGroupNameStartsWith("Eng/")', true],
    ['isMemberOfGroupNameContains("gin")', true],
    ['isMemberOfGroupNameRegex(".*neers")', true],
    ['isMemberOfGroupNameRegex("neers")', false],
    ['Groups.startsWith("OKTA", "Eng", 10)', ['Engineers']],
    ['Groups.contains("any", "Eng", 1)', ['Engineers']],
    ['getFilteredGroups({"00g2", "00g7"}, "group.name", 40)', ['Eng/AD']],
    ['getFilteredGroups({"00g2"}, "group.id", 40)', ['00g2']],
    ['Time.now()', '2015-07-31T17:18:37.979Z'],
    ['Time.now("America/New_York")', '2015-07-31T13:18:37.979-04:00'],
    ['Time.now("America/New_York", "YYYY-MM-dd HH:mm:ss")', '2015-07-31 13:18:37'],
    ['Time.now("UTC", "EEE, d MMM yy h:mm a \'o\'\'clock\'")', "Fri, 31 Jul 15 5:18 PM o'clock"],
    ['Time.fromUnixToIso8601("1438363117")', '2015-07-31T17:18:37.000Z'],
    ['Time.fromIso8601ToUnix("2015-07-31T13:18:37-04:00")', '1438363117'],
    ['Time.fromWindowsToIso8601(Time.fromIso8601ToWindows("2015-07-31T17:18:37.000Z"))', '2015-07-31T17:18:37.000Z'],
    ['Time.fromStringToIso8601("31/Jul/2015 05:18 PM", "dd/MMM/yyyy hh:mm a")', '2015-07-31T17:18:00.000Z'],
    ['Time.fromIso8601ToString("2015-07-31T17:18:37.979Z", "MM.dd.yyyy")', '07.31.2015'],
    ['Time.fromStringToIso8601("3172015", "dMyyyy")', '2015-07-31T00:00:00.000Z'],
    ['Time.fromStringToIso8601("1112015", "dMyyyy")', '2015-01-11T00:00:00.000Z'],
    ['Time.fromStringToIso8601("Friday 31July2015", "EEEE dMMMyyyy")', '2015-07-31T00:00:00.000Z'],
    [
      'Time.fromStringToIso8601("2015-07-31T13:18:37-04:00", "yyyy-MM-dd\'T\'HH:mm:ssZ")',
      '2015-07-31T13:18:37.000-04:00',
    ],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  it.each([
    ['(user.firstName == "TestAcc"', 28, '")" is missing'],
    ['user.firstName == AND user.lastName', 18, 'a value is missing before "&&"'],
    ['user.firstName == "TestAcc" AND', 31, 'it ends too early'],
    ['user.firstName = "x"', 15, '"=" means nothing'],
    ['user.', 5, 'a dot leads nowhere'],
    ['1 +', 3, 'it ends too early'],
    ['"open', 0, 'a text is not closed'],
    [`1 + ${'9'.repeat(400)}`, 4, 'a number is too large'],
    ['a b', 2, '"b" does not belong there'],
    ['', 0, 'it ends too early'],
    ['user.a ? 1', 10, '":" is missing'],
    ['user[0]', 4, '"[" does not belong there'],
    ['{1, 2', 5, '"}" is missing'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 50, 'it is nested too deep'],
    ['!'.repeat(80), 50, 'it is nested too deep'],
    ['x'.repeat(10_001), 10_000, 'it is too long'],
  ])('a text cannot be read (%#)', (text, at, why) => {
    expect(() => parseExpression(text)).toThrow(ExpressionFault)
    expect(fault(text)).toMatchObject({ kind: 'unreadable', at, why })
  })

  it.each([
    ['1 + user.nope.x', 4, '"x" is asked of nothing'],
    ['nobody', 0, 'nothing is called "nobody"'],
    ['1 + f(1)', 4, 'there is no function "f"'],
    ['user.department.contains("x")', 0, '"contains" is asked of nothing'],
    ['user.login.substring()', 0, 'String.substring does not take 1 arguments'],
    ['String.len()', 0, 'String.len does not take 0 arguments'],
    ['user.salary < "x"', 12, 'a number cannot be compared with a text'],
    ['"a" - 1', 4, 'a text is no number'],
    ['1 / 0', 2, 'it divides by zero'],
    ['Convert.toInt("x")', 0, '"x" is no number'],
    ['String.substring("abc", 2, 9)', 0, 'a text of 3 characters has no part from 2 to 9'],
    ['Arrays.get({1}, 7)', 0, 'there is no place 7'],
    ['Iso3166Convert.toName("Utopia")', 0, '"UTOPIA" is no country code'],
    ['Iso3166Convert.toName("AAF")', 0, '"AAF" is no country code'],
    ['user.getLinkedObject("boss")', 0, 'no relationship is called "boss"'],
    ['user.getLinkedObject("mentor").lastName', 30, '"lastName" is asked of nothing'],
    ['getManagerUser("workday")', 0, '"workday" is no source; active_directory is the only one'],
    ['isMemberOfGroupNameRegex("(a)\\1")', 0, 'the pattern cannot be used: it refers back, or to the edge of a word'],
    ['Groups.startsWith("OKTA", "x", 101)', 0, 'the limit is not between 1 and 100'],
    ['Time.now("Mars")', 0, 'no time zone is called "Mars"'],
    ['String.substring("abc", {toString: 1}, 2)', 0, 'a text of 3 characters has no part from {toString=1} to 2'],
    ['1 + String.replace(user.novel, "a", user.novel)', 4, 'a text grows too long'],
    ['String.join(user.novel, 1, 2)', 0, 'a text grows too long'],
    ['user.novel + "a"', 11, 'a text grows too long'],
    [`1 - 1${'0'.repeat(308)} * 10`, 314, 'a number grows too large'],
    [
      `Time.fromStringToIso8601("${'1'.repeat(60)}x", "${'dM'.repeat(20)}")`,
      0,
      `"${'1'.repeat(40)}" is not of the form ${'dM'.repeat(20)}`,
    ],
    ['user.getInternalProperty("toString")', 0, 'there is no property "toString"'],
  ])('%s has no value', (text, at, why) => {
    expect(fault(text)).toMatchObject({ kind: 'unevaluable', at, why })
  })

  it('works out only what counts', () => {
    expect(value('true || appuser.x.y')).toBe(true)
    expect(value('false && nobody')).toBe(false)
    expect(value('true ? 1 : f()')).toBe(1)
  })

  it('reaches nothing but what it was given', () => {
    for (const text of ['user.constructor', 'user.__proto__', 'app.toString', 'user.skills.length.x ?: null']) {
      if (text.includes('length')) expect(() => value(text)).toThrow(ExpressionFault)
      else expect(value(text)).toBeNull()
    }
    for (const text of ['constructor', '__proto__', 'null.x', 'toString()', '__proto__()', 'constructor()']) {
      expect(() => value(text)).toThrow(ExpressionFault)
    }
  })

  it('says what it asks for without a user', () => {
    const read = parseExpression('String.len(user.a + user.b + user.a) > 2 AND isMemberOfGroup("00g1") OR app.x == 1')
    expect(read.asksGroups).toBe(true)
    expect(read.attributes).toEqual({ user: ['a', 'b'], app: ['x'] })
    expect(read.calls).toEqual([
      { name: 'String.len', runs: 'String.len', at: 0, count: 1, texts: [] },
      { name: 'isMemberOfGroup', runs: 'isMemberOfGroup', at: 45, count: 1, texts: ['00g1'] },
    ])
    expect(parseExpression('user.login').asksGroups).toBe(false)
  })

  it('does not grow without bound', () => {
    let text = '"aaaaaaaaaa"'
    for (let i = 0; i < 40; i++) text = `String.replace(${text}, "a", "aaaaaaaaaa")`
    expect(fault(text).why).toBe('a text grows too long')
  })

  it('takes long chains', () => {
    const terms = Array.from({ length: 400 }, (_, i) => `x${i}`)
    expect(value(terms.map((name) => `"${name}"`).join('+'))).toBe(terms.join(''))
    expect(value(terms.map((name) => `"${name}" == "x399"`).join(' ? 1 : '))).toBe(true)
    expect(value(Array.from({ length: 300 }, (_, i) => `isMemberOfGroup("${i}")`).join(' OR '))).toBe(false)
  })

  const piece = fc.constantFrom(
    ...[
      'user.login',
      'user',
      'appuser.x',
      '"t"',
      "'t''",
      '1',
      '2.5',
      '+',
      '-',
      '*',
      '/',
      '%',
      '?',
      ':',
      '?:',
      '(',
      ')',
    ],
    ...[
      '&&',
      '||',
      ' AND ',
      ' or ',
      ' NOT ',
      '==',
      '!=',
      '<',
      '>=',
      '!',
      ',',
      '{',
      '}',
      '[',
      '.',
      ' ',
      'null',
      '$',
      '\u{1f600}',
    ],
    ...Object.keys(functions).map((name) => `${name}(`),
  )

  it('ends for any text, with a value or with a fault that names its place', () => {
    const text = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 200 }),
    )
    fc.assert(
      fc.property(text, (one) => {
        try {
          value(one)
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionFault)
          expect((error as ExpressionFault).at).toBeLessThanOrEqual(one.length)
          expect((error as ExpressionFault).cause).toBeUndefined()
          expect((error as ExpressionFault).why).not.toBe('')
        }
      }),
      { numRuns: 2_000 },
    )
  })

  // One around the other: what is worked out twice in one of them would double with each level.
  const around = fc.constantFrom(
    ...['(%)', '(% ?: 1)', '(null ?: %)', '(% ? 1 : 2)', '(true ? % : 1)', '(false ? 1 : %)', '!%', '-%', '{%}'],
    ...['{a: %}.a', '(% == 1)', '(1 < %)', '(% AND true)', '(false OR %)', '(% + "a")', '(1 - %)', '{%, user.login}'],
    ...Object.entries(functions).map(
      ([name, { least }]) => `${name}(${['%', '"a"', '"a"'].slice(0, least).join(', ')})`,
    ),
  )
  const nested = fc
    .tuple(fc.array(around, { maxLength: 48 }), fc.constantFrom('user.login', 'null', '"a"', 'true', '{}', 'nobody'))
    .map(([all, first]) => all.reduce((inner, one) => one.replace('%', () => inner), first))
  const short = fc
    .oneof(
      nested,
      fc.array(piece, { maxLength: 300 }).map((pieces) => pieces.join('')),
    )
    .filter((text) => text.length <= 1_024)

  it('takes steps that grow with its length, however it is nested', () => {
    fc.assert(
      fc.property(short, (text) => {
        const budget = createBudget()
        try {
          evaluateExpression(parseExpression(text), scope, budget)
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionFault)
          expect((error as ExpressionFault).cause).toBeUndefined()
        }
        // A thousand steps is what a time zone costs, and its name takes more than one character.
        expect(MOST_STEPS - budget.left).toBeLessThanOrEqual(1_000 * (text.length + 1))
        if (!text.includes('Time.')) expect(MOST_STEPS - budget.left).toBeLessThanOrEqual(100 * (text.length + 1))
      }),
      { numRuns: 2_000, examples: [[`${'('.repeat(45)}user.login${' ?: 1)'.repeat(45)}`]] },
    )
  })

  it('has no value when it takes too many steps', () => {
    const text = Array(60).fill('isMemberOfGroupNameRegex(".?{2000}x")').join(' OR ')
    const { at, why } = fault(text)
    expect(why).toBe('working it out takes more than 1000000 steps')
    expect(at).toBeGreaterThan(0)
    expect(value(text.slice(0, 37))).toBe(false)
  })

  it('turns any error of the evaluation into a fault, and keeps it as the cause', () => {
    const odd = {
      get values(): never {
        throw new TypeError('broken')
      },
    }
    try {
      evaluateExpression(parseExpression('user.x'), odd as never)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionFault)
      expect((error as ExpressionFault).why).toBe('it cannot be worked out: TypeError: broken')
    }
  })

  it('ends for any arguments of any function', () => {
    const argument = fc.constantFrom(
      '""',
      '"a"',
      '"2015-07-31T17:18:37Z"',
      '-1',
      '3',
      '1000000',
      'null',
      'true',
      '{}',
      '{1,"b"}',
      "{'a':1}",
      "{'toString': 1, 'length': 'x', '__proto__': {}}",
      'user.objects',
      'user.novel',
      'user.login',
      "'yyyy-MM''Z'",
    )
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(functions)), fc.array(argument, { maxLength: 5 }), (name, args) => {
        try {
          value(`${name}(${args.join(', ')})`)
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionFault)
          expect((error as ExpressionFault).cause).toBeUndefined()
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the cache of expressions', () => {
  it('reads a text once, forgets the least used, and keeps nothing of refused ones', () => {
    const read = createExpressionCache(2)
    const [a, b] = [read('user.a'), read('user.b')]
    expect(read('user.a')).toBe(a)
    expect(read('user.b')).toBe(b)
    read('user.a')
    read('user.c')
    expect(read('user.a')).toBe(a)
    expect(read('user.b')).not.toBe(b)
    expect(() => read('user.')).toThrow(ExpressionFault)
    expect(() => read('user.')).toThrow(ExpressionFault)
  })

  it('keeps all rules of a large org, and few of the longest texts', () => {
    const read = createExpressionCache()
    const texts = Array.from({ length: 2_000 }, (_, i) => `user.title == "${i}"`)
    const trees = texts.map(read)
    expect(texts.map(read)).toEqual(trees)
    expect(texts.every((text, i) => read(text) === trees[i])).toBe(true)
    const small = createExpressionCache(10, 20)
    const [a] = [small('user.a'), small('user.b'), small('user.c')]
    expect(small('user.a')).toBe(a)
    small('user.d')
    expect(small('user.a')).toBe(a)
    expect(small('user.a + user.b + user.c')).toMatchObject({ asksGroups: false })
    expect(small('user.a')).not.toBe(a)
  })
})
