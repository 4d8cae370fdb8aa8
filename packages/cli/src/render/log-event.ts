// How does an event of the System Log look as text? When, what, how it ended and why in a line; who, on what, from
// where and which request below; then what the debug context says of the refusal.
import { redactText } from '@errorg/errors/wire'
import type { LogRecipe } from '../log-recipes.ts'
import { type Look, paint, widthOf, wrap } from './text.ts'

/** What the debug context has that explains a refusal; the rest is for machines. */
const TELLING = [
  'requestUri',
  'url',
  'error',
  'errorCode',
  'error_description',
  'grantType',
  'requestedScopes',
  'grantedScopes',
  'deniedScopes',
  'clientAuthType',
  'authorizationServer',
  'redirectUri',
  'policy',
  'rule',
  'factor',
  'threshold',
  'behaviors',
  'threatSuspected',
] as const

/** One event, ending with a line end. */
export function logEventText(event: Readonly<Record<string, unknown>>, look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const result = textAt(event, 'outcome', 'result') || '(no outcome)'
  const bad = /^(?:FAILURE|DENY|RATE_LIMIT|ABANDONED)$/.test(result)
  const reason = textAt(event, 'outcome', 'reason')
  const head = [
    c.dim(textAt(event, 'published')),
    c.bold(textAt(event, 'eventType') || textAt(event, 'legacyEventType')),
    bad ? c.red(result) : c.green(result),
    reason,
  ]
  const request = textAt(event, 'transaction', 'id') || textAt(event, 'debugContext', 'debugData', 'requestId')
  const who = [
    ['actor', party(at(event, 'actor'))],
    ['target', targets(at(event, 'target'))],
    ['from', textAt(event, 'client', 'ipAddress')],
    ['request', request],
  ].filter(([, value]) => value !== '')
  const debug = TELLING.map((name) => [name, textAt(event, 'debugContext', 'debugData', name)] as const).filter(
    ([name, value]) =>
      value !== '' && !(name === 'url' && textAt(event, 'debugContext', 'debugData', 'requestUri') !== ''),
  )
  const message = textAt(event, 'displayMessage')
  const lines = [wrap(head.filter((word) => word !== '').join(' '), width, '', '    ')]
  if (message !== '') lines.push(wrap(message, width, '  ', '    '))
  if (who.length > 0)
    lines.push(wrap(who.map(([name, value]) => `${c.dim(name!)} ${value}`).join(', '), width, '  ', '    '))
  if (debug.length > 0)
    lines.push(
      wrap(`${c.dim('debug')} ${debug.map(([name, value]) => `${name}=${value}`).join(', ')}`, width, '  ', '    '),
    )
  return `${redactText(lines.join('\n'))}\n`
}

/** The recipes as a list: what each finds, its name in the guide, what Okta writes today. */
export function recipesText(recipes: readonly LogRecipe[], look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const blocks = recipes.map((recipe) =>
    [
      c.bold(recipe.name),
      wrap(recipe.says, width, '  '),
      ...(recipe.guide === undefined
        ? []
        : [wrap(`In the guide: eventType eq "${recipe.guide}"`, width, '  ', '    ')]),
      wrap(recipe.today, width, '  '),
      wrap(c.cyan(recipe.filter), width, '  ', '    '),
    ].join('\n'),
  )
  return `${blocks.join('\n\n')}\n`
}

function at(value: unknown, ...names: readonly string[]): unknown {
  let part = value
  for (const name of names)
    part =
      typeof part === 'object' && part !== null && Object.hasOwn(part, name)
        ? (part as Record<string, unknown>)[name]
        : undefined
  return part
}

function textAt(value: unknown, ...names: readonly string[]): string {
  const part = at(value, ...names)
  // An event is written by whoever caused it: no control character reaches the terminal.
  return typeof part === 'string'
    ? plain(part)
    : typeof part === 'number' || typeof part === 'boolean'
      ? String(part)
      : ''
}

function plain(text: string): string {
  return text
    .slice(0, 500)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

function party(value: unknown): string {
  const [login, name, id] = ['alternateId', 'displayName', 'id'].map((member) => textAt(value, member))
  const shown = [login, name, id].find((word) => word !== undefined && word !== '' && word !== 'unknown') ?? login ?? ''
  return shown
}

function targets(value: unknown): string {
  if (!Array.isArray(value)) return ''
  return value
    .slice(0, 5)
    .map((one) => {
      const type = textAt(one, 'type')
      const [name, other] = [textAt(one, 'displayName'), textAt(one, 'alternateId')]
      // Of an app the name is that of its kind, and only the label tells one from the next.
      const both = [name, other].filter((word, at, all) => !/^(?:unknown)?$/.test(word) && all.indexOf(word) === at)
      const shown = both.join(' / ') || name || other || textAt(one, 'id')
      return type === '' ? shown : `${shown} (${type})`
    })
    .join(', ')
}
