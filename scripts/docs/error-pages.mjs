// What does a page about a code or a redirect error say? What it means, why it happens, how it is put right.
import { bulleted, cell, code, codeCell, count, jsonBlock, numbered, page, plain, table } from './markdown.mjs'
import { proofText } from './proof-steps.mjs'

const RETRY = {
  never: 'No. Nothing changes the answer but a changed request.',
  'after-reset': 'Yes, once the limit is free again: after the moment in `x-rate-limit-reset`.',
  'with-backoff': 'Yes, with waits that grow. If the call writes, read first whether it has been done already.',
  'after-new-credentials': 'Yes, with a new token or after a new sign-in.',
  'after-change': 'Yes, after the state that causes it has changed. Waiting alone does not help.',
}

/** The page of one entry. */
export function errorPage(entry, tools) {
  const { name, it, redirect, causes } = entry
  return page([
    `# ${redirect ? code(name) : name}: ${plain(it.title)}`,
    `> ${plain(it.reference.description)}`,
    redirect ? redirectTable(it, name) : codeTable(it),
    it.note === undefined ? '' : plain(it.note),
    `**Send it again?** ${RETRY[it.retry]}`,
    `## Causes`,
    table(
      ['Cause', 'In short', 'Proof'],
      causes.map((one) => [`[${one.id}](#${one.id})`, cell(one.cause.says), one.proofs.length > 0 ? 'yes' : 'not yet']),
    ),
    ...causes.map((one) => causeText(one, entry, tools)),
    `---`,
    `[All codes](README.md) · [All kinds of causes](../causes/README.md) · In a terminal: \`errorg explain ${name}\``,
  ])
}

function codeTable({ reference, current, summaryInReference }) {
  return table(
    ['', 'Reference', 'Today'],
    [
      ['HTTP status', String(reference.status), String(current.status)],
      ['`errorSummary`', codeCell(summaryInReference ?? current.summary), codeCell(current.summary)],
    ],
  )
}

function redirectTable({ reference, current }, name) {
  return table(
    ['', 'Reference', 'Today'],
    [
      ['`error`', code(name), code(current.error ?? name)],
      ['`error_description`', cell(reference.description), current.descriptions.map(cell).join('<br>')],
    ],
  )
}

function causeText(one, entry, tools) {
  const { cause, id, proofs, mark, why } = one
  const blocks = [
    `### ${id}`,
    plain(cause.says),
    `Kind: [${cause.kind}](../causes/${cause.kind}.md). How certain: ${mark}.`,
  ]
  if (cause.tellApart) blocks.push(`**You can tell by:** ${plain(cause.tellApart)}`)
  blocks.push(`**What to do**\n\n${numbered(cause.fix.map(plain))}`)
  if (cause.operations) blocks.push(`**Known on**\n\n${bulleted(cause.operations.map(code))}`)
  if (cause.wire && proofs.length === 0) blocks.push(answerText(entry, one, tools, undefined))
  blocks.push(`**Known from**\n\n${bulleted(cause.sources.map((source) => `${source.mark}: ${plain(source.where)}`))}`)
  for (const [index, proof] of proofs.entries()) {
    blocks.push(
      proofText(proof, {
        name: one.name,
        index,
        total: proofs.length,
        expected: (contract) => answerText(entry, one, tools, contract),
        describeStep: tools.describeStep,
      }),
    )
  }
  if (proofs.length === 0 && why) blocks.push(`No proof yet: ${plain(why)}`)
  return blocks.join('\n\n')
}

// What the caller sees, once where both contracts agree.
function answerText(entry, one, tools, only) {
  const contracts = only === undefined ? ['reference', 'current'] : [only]
  const answers = contracts.map((contract) => answerIn(contract, entry, one, tools))
  const [first, second] = answers
  const shown =
    second === undefined || second === first
      ? [`The answer:\n\n${first}`]
      : contracts.map((contract, at) => `The answer in the contract \`${contract}\`:\n\n${answers[at]}`)
  const filled = answers.some((answer) => /\{\w+\}/.test(answer)) ? ['What stands in braces is filled in.'] : []
  return [...shown, ...filled].join('\n\n')
}

function answerIn(contract, { name, it, redirect }, { cause, id }, { wireOf }) {
  if (redirect) {
    const error = contract === 'current' ? (it.current.error ?? name) : name
    const description = cause.wire?.summary ?? it.reference.description
    return jsonBlock({ error, error_description: description })
  }
  const { status, summary } = wireOf(it, id, contract)
  const errorCauses = (cause.wire?.causes ?? []).map((text) => ({ errorSummary: text }))
  return `HTTP ${status}\n\n${jsonBlock({ errorCode: it.code, errorSummary: summary, errorCauses })}`
}

/** The index of all codes and redirect errors. */
export function errorIndex(entries, newerCodes) {
  const coded = entries.filter((entry) => !entry.redirect)
  const redirects = entries.filter((entry) => entry.redirect)
  const statuses = [...new Set(coded.flatMap(({ it }) => [it.reference.status, it.current.status]))].sort(
    (a, b) => a - b,
  )
  return page([
    '# Error codes',
    `${count(coded.length, 'code')} of the error code reference and ${count(redirects.length, 'error')} that come by redirect, each with its causes, the way out, and the calls that make it happen.`,
    'Two statuses in a row: the first stands in the reference, the second is sent today. An org in the contract `reference` answers the first, one in the contract `current` the second.',
    '## By code',
    table(
      ['Code', 'What it says', 'HTTP', 'Causes', 'Proven'],
      coded.map((entry) => [
        link(entry),
        cell(entry.it.title),
        statusText(entry.it),
        String(entry.causes.length),
        String(entry.causes.filter((one) => one.proofs.length > 0).length),
      ]),
    ),
    '## By HTTP status',
    ...statuses.map((status) => {
      const here = coded.filter(({ it }) => it.reference.status === status || it.current.status === status)
      return `### ${status}\n\n${bulleted(here.map((entry) => `${link(entry)} ${plain(entry.it.title)}${whichContract(entry.it, status)}`))}`
    }),
    '## By redirect',
    table(
      ['`error`', 'What it says', 'Causes', 'Proven'],
      redirects.map((entry) => [
        link(entry),
        cell(entry.it.title),
        String(entry.causes.length),
        String(entry.causes.filter((one) => one.proofs.length > 0).length),
      ]),
    ),
    '## Newer codes',
    `${count(newerCodes.length, 'code')} are younger than the reference. Of them only status and summary are known here: \`errorg explain CODE\` shows both.`,
  ])
}

function link({ name, redirect }) {
  return `[${redirect ? code(name) : name}](${name}.md)`
}

function statusText({ reference, current }) {
  return reference.status === current.status ? String(current.status) : `${reference.status} / ${current.status}`
}

function whichContract({ reference, current }, status) {
  if (reference.status === current.status) return ''
  return reference.status === status ? ' (reference)' : ' (today)'
}
