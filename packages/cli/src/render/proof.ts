// How does a proof look as text? The state, the call and its answer, what the diagnosis makes of it, the cure, and
// the same call succeeding.
import { describeStep, type Exchange, type Step } from '@errorg/errors/proofs'
import { redactHeaders, redactText } from '@errorg/errors/wire'
import type { TriggeredProof } from '../commands/trigger.ts'
import { type Look, paint, widthOf, wrap } from './text.ts'

/** Headers that tell something about a failure; the rest is the same on every answer. */
const TELLING = /^(?:date|content-type|location|www-authenticate|x-okta-request-id|x-rate-limit-.*|retry-after|allow)$/

/** One proof for a person. */
export function proofText({ listed, result, run, diagnosis }: TriggeredProof, look: Look): string {
  const c = paint(look)
  const width = widthOf(look)
  const { proof } = listed
  const yes = (good: boolean, text: string) => (good ? c.green(text) : c.red(text))
  const blocks = [
    `${c.bold(`${result.code}/${result.cause}`)}  ${c.dim(`${result.kind}, contract ${result.contract}, ${result.mark}`)}\n${wrap(listed.cause.says, width, '  ')}`,
  ]
  const section = (name: string, body: string) => blocks.push(`${c.bold(name)}\n${body}`)
  if (proof.given.length > 0) section('Given', stepsText(proof.given))
  if (run.raised) {
    section('Request', requestText(run.raised))
    section('Response', responseText(run.raised))
    const right = result.raised
      ? yes(true, `raised: ${result.code}, for this cause`)
      : yes(false, `not raised: the org did not refuse the call with ${result.code} for this cause`)
    blocks.push(`  ${right}`)
  }
  if (diagnosis) {
    const best = diagnosis.findings[0]
    const lines: string[] = []
    if (!best) lines.push('  No cause found.')
    else {
      const name = best.cause === null ? best.kind : `${best.code}/${best.cause}`
      lines.push(`  ${name}  ${c.dim(best.strength)}`)
      for (const { place, quote, says } of best.because.slice(0, 3))
        lines.push(wrap(`${place}: "${short(quote)}". ${says}`, width, '    - ', '      '))
      const same = best.cause === result.cause
      const verdict = same
        ? 'the right cause'
        : best.kind === result.kind
          ? 'the right kind, the cause is left open'
          : result.named
            ? `this answer does not decide it: the true cause is named too, ${diagnosis.findings.findIndex((one) => one.cause === result.cause) + 1} of ${diagnosis.findings.length}`
            : 'another kind than the true one'
      lines.push(`  ${yes(best.kind === result.kind || result.named, verdict)}`)
    }
    section('Diagnosis, from that answer alone', lines.join('\n'))
  }
  if (proof.cure) section('Cure', stepsText(proof.cure))
  if (run.again) {
    section(
      proof.mend ? 'The request put right' : 'The same call again',
      `${requestLine(run.again)}\n${statusLine(run.again)}`,
    )
    blocks.push(
      `  ${result.cured ? yes(true, 'cured: the call succeeds') : yes(false, 'not cured: the call still fails')}`,
    )
  }
  for (const problem of run.problems) blocks.push(`  ${c.red('the proof stopped:')} ${redactText(problem)}`)
  return `${blocks.join('\n\n')}\n`
}

function stepsText(steps: readonly Step[]): string {
  return steps.map((step) => `  ${short(describeStep(step), 160)}`).join('\n')
}

function requestText(exchange: Exchange): string {
  const { headers, body } = exchange.request
  const lines = redactHeaders(headers).map(([name, value]) => `  ${name}: ${value}`)
  return [requestLine(exchange), ...lines, ...bodyLines(body)].join('\n')
}

function responseText(exchange: Exchange): string {
  const headers = redactHeaders(exchange.response.headers).filter(([name]) => TELLING.test(name.toLowerCase()))
  const lines = headers.map(([name, value]) => `  ${name}: ${value}`)
  return [statusLine(exchange), ...lines, ...bodyLines(exchange.response.body)].join('\n')
}

function requestLine({ request }: Exchange): string {
  const url = new URL(request.url)
  return `  ${request.method} ${redactText(url.pathname + url.search)}`
}

function statusLine({ response }: Exchange): string {
  return `  HTTP ${response.status}`
}

function bodyLines(body: string | undefined): string[] {
  if (body === undefined || body === '') return []
  let shown = body
  try {
    shown = JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    // Not JSON: shown as it is.
  }
  const lines = redactText(shown).split('\n')
  const cut = lines.length > 40 ? [...lines.slice(0, 40), '…'] : lines
  return ['', ...cut.map((line) => `  ${line}`)]
}

function short(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most)} …` : line
}
