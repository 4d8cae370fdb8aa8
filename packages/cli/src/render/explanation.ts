// How does an explanation look as text? What it is, why it happens, what to do, in that order.
import type { RetryAdvice } from '@errorg/errors'
import type { CauseView, CodeLine, Explanation } from '../explanation.ts'
import { count, dashes, type Look, paint, steps, table, widthOf, wrap } from './text.ts'

const RETRY: Record<RetryAdvice, string> = {
  never: 'Do not send it again unchanged: the answer will be the same.',
  'after-reset': 'Send it again after the moment in x-rate-limit-reset.',
  'with-backoff': 'Send it again with growing waits; read back first where the call writes.',
  'after-new-credentials': 'Send it again with a new token or after a new sign-in.',
  'after-change': 'Send it again once the state that causes it has changed.',
}

/** More causes than this are listed in a line each; `explain CODE/cause` has the rest. */
const MOST_IN_FULL = 8

/** The explanation for a person. */
export function explanationText(it: Explanation, look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const blocks: string[] = []
  const heading = (text: string, rest = '') => blocks.push(rest === '' ? c.bold(text) : `${c.bold(text)}  ${rest}`)
  const section = (name: string, body: string) => blocks.push(`${c.bold(name)}\n${body}`)

  switch (it.what) {
    case 'code': {
      const { reference, current } = it
      heading(`${it.code} ${it.title}`)
      const same = reference.status === current.status
      const rows = [
        ['  HTTP', same ? String(current.status) : `${reference.status} in the reference, ${current.status} today`],
        ['  Reference', reference.description],
        ['  On the wire', current.summary],
      ]
      if (it.summaryInReference) rows.push(['  Wire, reference', it.summaryInReference])
      blocks.push(hangingTable(rows, width))
      if (it.note) blocks.push(wrap(it.note, width, '  '))
      blocks.push(wrap(RETRY[it.retry], width, '  '))
      blocks.push(causesText(it.causes, look))
      break
    }
    case 'newer-code':
      heading(it.code, `HTTP ${it.status}`)
      blocks.push(wrap(it.summary, width, '  '))
      blocks.push(
        wrap(
          'This code is newer than the error code reference: only its status and summary are known here, not its causes. {0}, {1} … are filled on the wire. Paste the whole answer into `errorg diagnose`.',
          width,
          '  ',
        ),
      )
      break
    case 'oauth': {
      heading(it.error, it.title ?? '')
      const rows: string[][] = []
      if (it.answers.length > 0) {
        const answers = it.answers.map((answer) => `${answer.status} (${count(answer.variants, 'condition')})`)
        rows.push(['  HTTP', `${answers.join(', ')} where it is answered directly`])
      }
      if (it.reference) rows.push(['  Reference', it.reference.description])
      if (it.current?.error) rows.push(['  Sent today as', it.current.error])
      if (rows.length > 0) blocks.push(hangingTable(rows, width))
      if (it.note) blocks.push(wrap(it.note, width, '  '))
      if (it.retry) blocks.push(wrap(RETRY[it.retry], width, '  '))
      if (it.causes.length > 0) blocks.push(causesText(it.causes, look))
      else {
        blocks.push(
          wrap(
            'Its causes are not written down here: `error_description` beside it says which condition failed. Paste the whole answer into `errorg diagnose`.',
            width,
            '  ',
          ),
        )
      }
      break
    }
    case 'status':
      heading(`HTTP ${it.status}`, it.title)
      blocks.push(wrap(it.says, width, '  '))
      section('Common causes', dashes(it.commonCauses, width, '  '))
      section('Immediate action', steps(it.immediateAction, width, '  '))
      section('Long-term fix', dashes(it.longTermFix, width, '  '))
      if (it.codes.length > 0) section('Codes with this status', codeTable(it.codes, it.status))
      if (it.newerCodes.length > 0)
        section('Newer codes', wrap(it.newerCodes.map((newer) => newer.code).join(' '), width, '  '))
      if (it.oauthErrors.length > 0) section('OAuth errors', wrap(it.oauthErrors.join(' '), width, '  '))
      break
    case 'kind':
      heading(it.kind)
      blocks.push(wrap(it.says, width, '  '))
      section('Where to look', steps(it.look, width, '  '))
      if (it.causes.length > 0) {
        const lines = it.causes.map((cause) => `  ${cause.code}/${cause.cause}\n${wrap(cause.says, width, '    ')}`)
        section('Causes of this kind', lines.join('\n'))
      }
      break
    case 'cause':
      heading(`${it.code}/${it.cause}`, it.kind)
      blocks.push(causeBody(it, width))
      if (it.operations.length > 0) section('Known on', dashes(it.operations, width, '  '))
      section(
        'Known from',
        dashes(
          it.sources.map((source) => `${source.mark}: ${source.where}`),
          width,
          '  ',
        ),
      )
      if (it.proven) blocks.push(`  See it happen: errorg trigger ${it.code}/${it.cause}`)
      break
  }
  return `${blocks.join('\n\n')}\n`
}

function causesText(causes: readonly CauseView[], look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const title = c.bold(causes.length === 1 ? 'Why it happens' : `Why it happens: ${count(causes.length, 'cause')}`)
  if (causes.length > MOST_IN_FULL) {
    const lines = causes.map((cause) => `  ${c.cyan(cause.cause)}\n${wrap(cause.says, width, '    ')}`)
    const first = causes[0]!
    return `${title}\n${lines.join('\n')}\n\n  What to do about one of them: errorg explain ${first.code}/${first.cause}`
  }
  return [
    title,
    ...causes.map((cause) => `  ${c.cyan(cause.cause)}  ${c.dim(cause.kind)}\n${causeBody(cause, width)}`),
  ].join('\n\n')
}

function causeBody(cause: CauseView, width: number): string {
  const parts = [wrap(cause.says, width, '  ')]
  if (cause.tellApart) parts.push(wrap(`You can tell by: ${cause.tellApart}`, width, '  '))
  parts.push(steps(cause.fix, width, '    '))
  return parts.join('\n')
}

function codeTable(codes: readonly CodeLine[], status: number): string {
  return table(
    codes.map((line) => [
      `  ${line.code}`,
      line.status === status ? line.title : `${line.title} (${line.status} in the reference)`,
    ]),
  )
}

/** Rows of name and text, the text wrapped beside its name. */
function hangingTable(rows: readonly (readonly string[])[], width: number): string {
  const left = Math.max(...rows.map((row) => row[0]!.length)) + 2
  return rows.map(([name, text]) => wrap(text!, width, name!.padEnd(left), ' '.repeat(left))).join('\n')
}
