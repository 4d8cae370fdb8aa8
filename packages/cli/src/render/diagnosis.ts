// How does a diagnosis look as text? The best finding in full (what, why, what to do), the others in a line each.
import type { Diagnosis, DiagnosisWithOrg, Finding, Gap } from '@errorg/diagnose'
import type { Cause } from '@errorg/errors'
import { findCode } from '@errorg/errors/codes'
import { kinds } from '@errorg/errors/kinds'
import { findRedirectError } from '@errorg/errors/oauth'
import { type Look, paint, steps, widthOf, wrap } from './text.ts'

const HOW_SURE = {
  certain: 'certain',
  likely: 'likely, the best explanation of what was sent',
  possible: 'possible, one of several that fit',
} as const

/** Quotes longer than this are cut: the whole stands in the input. */
const LONGEST_QUOTE = 200

/** The diagnosis for a person. */
export function diagnosisText(diagnosis: Diagnosis | DiagnosisWithOrg, look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const blocks: string[] = []
  const [best, ...others] = diagnosis.findings
  if (best) {
    blocks.push(`${c.bold(nameOf(best))}  ${c.dim(HOW_SURE[best.strength])}\n${wrap(truthOf(best), width, '  ')}`)
    if (best.because.length > 0) {
      const reasons = best.because.map(
        ({ place, quote, says }) =>
          `${wrap(`${place}: ${c.cyan(quoted(quote))}`, width, '  ', '    ')}\n${wrap(says, width, '    ')}`,
      )
      blocks.push(`${c.bold('Why')}\n${reasons.join('\n')}`)
    }
    if (best.fix.length > 0) blocks.push(`${c.bold('What to do')}\n${steps(best.fix, width, '  ')}`)
    if (others.length > 0) {
      const lines = others.map((finding) => {
        const why = finding.because[0]
        const seen = why ? ` Seen: ${why.place}: ${quoted(why.quote)}` : ''
        return `  ${nameOf(finding)}  ${c.dim(finding.strength)}\n${wrap(`${truthOf(finding)}${seen}`, width, '    ')}`
      })
      blocks.push(`${c.bold('It could also be')}\n${lines.join('\n')}`)
    }
  } else {
    blocks.push(
      `${c.bold('No cause found')}\n${wrap('Nothing in the input points to one cause, and guessing would not help you. `errorg explain 401`, with the status that you got, lists the usual ones.', width, '  ')}`,
    )
  }
  if (diagnosis.wants.length > 0) {
    const title = best ? 'What would decide it' : 'What to send'
    blocks.push(
      `${c.bold(title)}\n${diagnosis.wants.map(({ what, how }) => wrap(`${what}: ${how}`, width, '  - ', '    ')).join('\n')}`,
    )
  }
  if (diagnosis.gaps.length > 0) blocks.push(`${c.bold('Not read')}\n${gapLines(diagnosis.gaps, width)}`)
  if ('org' in diagnosis) {
    const { url, asked, gaps } = diagnosis.org
    if (asked.length > 0) {
      const lines = asked.map(
        ({ request, says }) => `${wrap(c.cyan(request), width, '  - ', '    ')}\n${wrap(says, width, '    ')}`,
      )
      blocks.push(`${c.bold(`Asked ${url}`)}\n${lines.join('\n')}`)
    } else if (gaps.length === 0) {
      blocks.push(`${c.bold(`Asked ${url}`)}\n${wrap('Nothing: no answer of the org could change this.', width, '  ')}`)
    }
    if (gaps.length > 0) blocks.push(`${c.bold('Not answered')}\n${gapLines(gaps, width)}`)
  }
  return `${blocks.join('\n\n')}\n`
}

function gapLines(gaps: readonly Gap[], width: number): string {
  return gaps.map(({ what, why, send }) => wrap(`${what} ${why} Send this: ${send}`, width, '  - ', '    ')).join('\n')
}

/** The most telling name of a finding: code and cause, else its kind. */
function nameOf(finding: Finding): string {
  if (finding.code !== null && finding.cause !== null) return `${finding.code}/${finding.cause}`
  return finding.code === null ? finding.kind : `${finding.code}, ${finding.kind}`
}

function truthOf(finding: Finding): string {
  const causes: Readonly<Record<string, Cause>> | undefined =
    finding.code === null ? undefined : (findCode(finding.code) ?? findRedirectError(finding.code))?.causes
  return (finding.cause === null ? undefined : causes?.[finding.cause]?.says) ?? kinds[finding.kind].says
}

function quoted(quote: string): string {
  const line = quote.replace(/\s+/g, ' ').trim()
  return `"${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)} …` : line}"`
}
