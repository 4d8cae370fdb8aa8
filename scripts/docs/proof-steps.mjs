// How does a proof read on a page? Each step as a line, with the body it sends and the values it keeps.
import { bulleted, code, jsonBlock, numbered, plain } from './markdown.mjs'

/** One proof: the state, the call that fails and how, what puts it right. */
export function proofText(proof, { name, expected, index, total, describeStep }) {
  const title = total > 1 ? `#### Proof ${index + 1} of ${total}` : '#### Proof'
  const only = proof.contract === undefined ? '' : ` Only in the contract \`${proof.contract}\`.`
  const blocks = [`${title}\n\nRun it: \`errorg trigger ${name}\`.${only}`]
  const step = (one) => stepText(one, describeStep)
  if (proof.given.length > 0) blocks.push(`The state:\n\n${numbered(proof.given.map(step))}`)
  blocks.push(`The call that fails:\n\n${bulleted([step(proof.call)])}`, expected(proof.contract))
  if (proof.cure) blocks.push(`The cure:\n\n${numbered(proof.cure.map(step))}\n\nThen the same call succeeds.`)
  if (proof.mend) blocks.push(`The request put right, which succeeds:\n\n${bulleted([step(proof.mend)])}`)
  return blocks.join('\n\n')
}

function stepText(step, describeStep) {
  switch (step.step) {
    case 'call':
      return callText(step)
    case 'times':
      return `${step.count} times:\n${nested(step.steps, describeStep)}`
    case 'parallel':
      return `At the same moment:\n${nested(step.steps, describeStep)}`
    case 'meanwhile':
      return `Begin, and let the last byte of the body follow only before the cure:\n${nested(step.steps, describeStep)}`
    case 'advance':
      return `Move the org's clock by ${duration(step.seconds)}.`
    case 'settings':
      return `Change the org's settings:\n\n${jsonBlock(step.patch, '   ')}\n`
    case 'seed':
      return `Put into the org, as an administrator does in the console${kept(step)}:\n\n${jsonBlock(step.seed, '   ')}\n`
    case 'inbox':
      return `Read the newest message to ${code(step.to)}${kept(step)}.`
    default:
      return `${plain(capital(describeStep(step)))}${kept(step)}.`
  }
}

function callText(step) {
  const parts = [code(`${step.method} ${step.path}`)]
  const who = caller(step.as)
  if (who !== '') parts.push(who)
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    parts.push(value === null ? `without the header ${code(name)}` : `with ${code(`${name}: ${value}`)}`)
  }
  const line = parts.join(', ') + kept(step)
  if (step.body === undefined) return line
  // On one line: line ends of a form with files would end the page's line too.
  if (typeof step.body === 'string')
    return `${line}, with the body ${code(step.body.replaceAll('\r\n', '\\r\\n').replaceAll('\n', '\\n'))}`
  return `${line}, with:\n\n${jsonBlock(step.body, '   ')}\n`
}

function caller(as = 'admin') {
  if (as === 'admin') return ''
  if (as === 'nobody') return 'without credentials'
  return 'ssws' in as ? `as the API token ${code(as.ssws)}` : `as the access token ${code(as.bearer)}`
}

function kept({ keep }) {
  const names = Object.entries(keep ?? {}).map(([name, where]) => `${code(where)} as ${code(`{${name}}`)}`)
  return names.length === 0 ? '' : ` (keep ${names.join(', ')})`
}

function nested(steps, describeStep) {
  return steps
    .map((step) =>
      `- ${stepText(step, describeStep)}`
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : `   ${line}`))
        .join('\n'),
    )
    .join('\n')
}

function duration(seconds) {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? 'a day' : `${seconds / 86_400} days`
  if (seconds % 3600 === 0) return seconds === 3600 ? 'an hour' : `${seconds / 3600} hours`
  return `${seconds} seconds`
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
