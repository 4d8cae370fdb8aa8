// How do all proofs look at once? A line each, then the counts, then what cannot be proven yet and why.
import type { LedgerEntry } from '@errorg/errors/proofs'
import type { TriggeredProof } from '../commands/trigger.ts'
import { count, type Look, paint, table, widthOf, wrap } from './text.ts'

/** The table of `trigger --all`. */
export function proofTable(done: readonly TriggeredProof[], unproven: readonly LedgerEntry[], look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const rows = done.map(({ result }) => [
    `${result.code}/${result.cause}`,
    result.contract,
    result.status === null ? '-' : String(result.status),
    result.raised ? 'raised' : 'NOT raised',
    result.cured ? 'cured' : 'NOT cured',
    foundText(result),
  ])
  const head = ['proof', 'contract', 'status', 'raised', 'cured', 'diagnosis']
  const [first, ...lines] = table([head, ...rows]).split('\n')
  const results = done.map((one) => one.result)
  const those = (test: (result: TriggeredProof['result']) => boolean) => results.filter(test).length
  const codes = new Set(results.filter((one) => one.raised && one.cured).map((one) => one.code))
  const blocks = [
    [c.bold(first!), ...lines].join('\n'),
    `${count(results.length, 'proof')} of ${count(codes.size, 'code')}: ${those((one) => one.raised)} raised, ${those((one) => one.cured)} cured; ` +
      `diagnosed from the answer alone: ${those((one) => one.found?.cause === one.cause)} right cause, ${those((one) => one.found?.kind === one.kind)} right kind, ${those((one) => one.named)} with the true cause among the findings.`,
  ]
  const problems = done.filter(({ run }) => run.problems.length > 0)
  if (problems.length > 0) {
    const texts = problems.map(({ result, run }) =>
      wrap(`${result.code}/${result.cause}: ${run.problems[0]}`, width, '  ', '    '),
    )
    blocks.push(`${c.bold('What stopped proofs')}\n${texts.join('\n')}`)
  }
  if (unproven.length > 0) {
    const reasons = groupByWhy(unproven)
    const lines = [...reasons].map(([why, entries]) => wrap(`${entries.length}  ${why}`, width, '  ', '      '))
    blocks.push(`${c.bold(`${count(unproven.length, 'cause')} cannot be proven yet`)}\n${lines.join('\n')}`)
  }
  return `${blocks.join('\n\n')}\n`
}

function foundText({ found, cause, kind, named }: TriggeredProof['result']): string {
  if (!found) return 'nothing found'
  if (found.cause === cause) return 'right cause'
  if (found.kind === kind) return 'right kind'
  return named ? `undecided: ${found.kind}, or the true one` : `other: ${found.kind}`
}

function groupByWhy(entries: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  const groups = new Map<string, LedgerEntry[]>()
  for (const entry of entries) groups.set(entry.why, [...(groups.get(entry.why) ?? []), entry])
  return groups
}
