// How does the judgement on a token look as text? What it is, its claims in words, what was checked, and everything that
// is wrong with it: several things can be.
import type { Finding, TokenJudgement } from '@errorg/diagnose'
import { kinds } from '@errorg/errors/kinds'
import { type Look, paint, steps, widthOf, wrap } from './text.ts'

/** What the token was held against, as typed. */
export interface HeldAgainst {
  issuer?: string
  audience?: string
  scope?: string
  clientId?: string
  nonce?: string
  /** Where the keys came from. */
  keys?: string
}

/** The judgement for a person. */
export function judgementText(judgement: TokenJudgement, against: HeldAgainst, look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const blocks: string[] = []
  const { token } = judgement
  if (token) {
    const names = token.claims.map(({ place }) => place.replace(/^(?:payload|header)\./, ''))
    const pad = Math.min(20, Math.max(...names.map((name) => name.length)))
    const lines = token.claims.map(({ value, says }, at) => {
      const name = `  ${names[at]!.padEnd(pad)}  `
      return wrap(
        `${c.cyan(value)}${says === '' ? '' : ` ${c.dim(`(${says})`)}`}`,
        width,
        name,
        ' '.repeat(name.length),
      )
    })
    blocks.push([wrap(c.bold(token.says), width), ...lines].join('\n'))
    blocks.push(`${c.bold('Checked')}\n${wrap(checked(judgement, against), width, '  ')}`)
  }
  for (const finding of judgement.findings) blocks.push(findingBlock(finding, look))
  if (token && judgement.findings.length === 0)
    blocks.push(wrap('Nothing is wrong with it in what was checked.', width))
  const open = [
    ...judgement.wants.map(({ what, how }) => `${what}: ${how}`),
    ...judgement.gaps.map(({ what, why, send }) => `${what} ${why} Send this: ${send}`),
  ]
  if (open.length > 0)
    blocks.push(
      `${c.bold(token ? 'Not checked' : 'Not read')}\n${open.map((line) => wrap(line, width, '  - ', '    ')).join('\n')}`,
    )
  return `${blocks.join('\n\n')}\n`
}

function checked({ token }: TokenJudgement, against: HeldAgainst): string {
  const parts = ['form', 'times']
  if (against.issuer !== undefined) parts.push('issuer')
  if (against.audience !== undefined) parts.push('audience')
  if (against.scope !== undefined) parts.push('scope')
  if (against.clientId !== undefined) parts.push('client')
  if (against.nonce !== undefined) parts.push('nonce')
  const signature = {
    valid: `The signature is valid, by the keys of ${against.keys}.`,
    invalid: `The signature is not right, by the keys of ${against.keys}.`,
    'key-unknown': `The signature cannot be checked: the key is not among those of ${against.keys}.`,
    'not-checked': 'The signature is not checked.',
  }[token?.signature ?? 'not-checked']
  return `${parts.join(', ').replace(/^f/, 'F')}. ${signature}`
}

function findingBlock(finding: Finding, look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const because = finding.because.map(
    ({ place, quote, says }) =>
      `${wrap(`${place}: ${c.cyan(`"${quote}"`)}`, width, '  ', '    ')}\n${wrap(says, width, '    ')}`,
  )
  return [
    `${c.bold(`${finding.kind}/${finding.cause}`)}  ${c.dim(finding.strength)}`,
    wrap(kinds[finding.kind].says, width, '  '),
    ...because,
    `  ${c.bold('What to do')}`,
    steps(finding.fix, width, '  '),
  ].join('\n')
}
