// How does a person repeat this by hand? Renders calls and proofs as curl commands for a shell.
import { redactHeaders, redactText } from '../wire/redact.ts'
import type { Exchange } from './exchange.ts'
import { describePeer } from './peers.ts'
import type { CallStep, Proof, Step } from './step.ts'

/** One line about a step, for lists and progress. */
export function describeStep(step: Step): string {
  switch (step.step) {
    case 'call': {
      const { as = 'admin' } = step
      const caller = typeof as === 'string' ? as : 'ssws' in as ? 'an API token' : 'an access token'
      return `${step.method} ${step.path}${caller === 'admin' ? '' : ` as ${caller}`}`
    }
    case 'times':
      return `${step.count} times: ${step.steps.map(describeStep).join('; ')}`
    case 'parallel':
      return `at the same moment: ${step.steps.map(describeStep).join('; ')}`
    case 'meanwhile':
      return `begin, and let the rest of the body follow later: ${step.steps.map(describeStep).join('; ')}`
    case 'advance':
      return `move the clock by ${step.seconds} seconds`
    case 'settings':
      return `change settings: ${JSON.stringify(step.patch)}`
    case 'seed':
      return `add seed data: ${JSON.stringify(step.seed)}`
    case 'inbox':
      return `read the newest message to ${step.to}`
    case 'peer':
      return `start ${describePeer(step.behaves, step.with)}`
    case 'sign':
      return `make a signed ${step.what}`
    case 'verify':
      return `verify the token ${step.token}`
  }
}

/**
 * A curl command. An exchange is shown with its secrets hidden. A step is shown runnable: it reads the base URL
 * from `$ORG`, the API token from `$TOKEN` and kept values from variables of their names.
 */
export function curlOf(subject: Exchange | Step): string {
  return 'step' in subject ? stepLines(subject, namesIn([subject])).join('\n') : exchangeCurl(subject)
}

/** A whole proof as a shell script (bash, curl, jq) for a running errorg. */
export function scriptOf(proof: Proof): string {
  const names = namesIn([...proof.given, proof.call, ...(proof.cure ?? [])])
  const lines = [
    '#!/usr/bin/env bash',
    '# ORG is the base URL of a running errorg, TOKEN its API token; both are printed when it starts.',
    'set -eu',
    ': "$ORG" "$TOKEN"',
    'HEADERS=$(mktemp)',
  ]
  if (proof.contract !== undefined) lines.push(control('PATCH', 'settings', { contract: proof.contract }, names))
  if (proof.given.length > 0) lines.push('', '# The state')
  for (const step of proof.given) lines.push(...stepLines(step, names))
  lines.push('', '# The call that fails', callLine(proof.call, ['-i'], names))
  if (proof.cure !== undefined) {
    lines.push('', '# The cure')
    if (proof.given.some((step) => step.step === 'meanwhile')) lines.push('wait')
    for (const step of proof.cure) lines.push(...stepLines(step, names))
    lines.push('', '# The same call again', callLine(proof.call, ['-i'], names))
  }
  if (proof.mend !== undefined) lines.push('', '# The request put right', callLine(proof.mend, ['-i'], names))
  return `${lines.join('\n')}\n`
}

function exchangeCurl(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request
  const words = ['curl', '-X', method, quote(redactText(url))]
  for (const [name, value] of redactHeaders(headers)) words.push('-H', quote(`${name}: ${value}`))
  if (body !== undefined) words.push('--data-raw', quote(redactText(body)))
  return words.join(' ')
}

function stepLines(step: Step, names: Names): string[] {
  switch (step.step) {
    case 'call':
      return keepingLines(step, names)
    case 'times': {
      const inner = step.steps.flatMap((one) => stepLines(one, names))
      return [`for n in $(seq 1 ${step.count}); do`, ...inner.map((line) => `  ${line}`), 'done']
    }
    case 'parallel':
      return [...step.steps.map((one) => `${callLine(one, ['-s', '-o', '/dev/null'], names)} &`), 'wait']
    case 'meanwhile':
      return step.steps.map((one) => slowLine(one, names))
    case 'advance':
      return [control('POST', 'clock', { advanceSeconds: step.seconds, freeze: step.freeze }, names)]
    case 'settings':
      return [control('PATCH', 'settings', step.patch, names)]
    case 'seed': {
      const keep = step.keep ?? {}
      return answered(control('POST', 'seed', step.seed, names, Object.keys(keep).length > 0), keep)
    }
    case 'inbox': {
      const to = quote(`to=${step.to}`, names)
      return answered(`curl -s -G "$ORG/_errorg/inbox" --data-urlencode ${to} | jq '.[0]'`, step.keep)
    }
    // These need a program of their own; a shell script can only say so.
    case 'peer':
    case 'sign':
      return [`# By hand: ${describeStep(step)}; set ${Object.keys(step.keep).join(', ')}`]
    case 'verify':
      return [`# By hand: ${describeStep(step)}`]
  }
}

// A pipe that stays open keeps the call under way: a few seconds are enough for the lines that follow.
function slowLine({ body, ...step }: CallStep, names: Names): string {
  const sent = quote(typeof body === 'string' ? body : JSON.stringify(body), names)
  const typed = { ...step, headers: { 'content-type': 'application/json', ...step.headers } }
  return `(printf '%s' ${sent}; sleep 3) | ${callLine(typed, ['-s', '-o', '/dev/null', '-T', '-'], names)} &`
}

function keepingLines(step: CallStep, names: Names): string[] {
  const keep = step.keep ?? {}
  if (Object.keys(keep).length === 0) return [callLine(step, ['-s', '-o', '/dev/null'], names)]
  const needsHeaders = Object.values(keep).some((where) => !where.startsWith('/'))
  return answered(callLine(step, needsHeaders ? ['-s', '-D', '"$HEADERS"'] : ['-s'], names), keep)
}

/** Runs a command and keeps values of its output in variables. */
function answered(command: string, keep: Readonly<Record<string, string>>): string[] {
  if (Object.keys(keep).length === 0) return [command]
  const lines = [`ANSWER=$(${command})`]
  for (const [name, where] of Object.entries(keep)) lines.push(`${name}=$(${readLine(where)})`)
  return lines
}

function readLine(where: string): string {
  const [, kind, name = ''] = /^(header|link|location|cookie):(.+)$/.exec(where) ?? []
  const find = (pattern: string) => `sed -nE ${quote(pattern)} "$HEADERS" | tr -d '\\r' | tail -n 1`
  if (kind === 'header') return find(`s/^${name}: *(.*)/\\1/Ip`)
  if (kind === 'link') return find(`s/^link: *<([^>]*)>.*rel="${name}".*/\\1/Ip`)
  if (kind === 'location') return find(`s/^location:.*[?&#]${name}=([^&#]*).*/\\1/Ip`)
  if (kind === 'cookie') return find(`s/^set-cookie: *${name}=([^;]*).*/\\1/Ip`)
  const path = where
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${/^\w+$/.test(part) ? part : JSON.stringify(part)}`))
    .join('')
  return `printf '%s' "$ANSWER" | jq -r ${quote(path.startsWith('[') ? `.${path}` : path)}`
}

function callLine(step: CallStep, flags: readonly string[], names: Names): string {
  const words = ['curl', ...flags, '-X', step.method, address(step.path, names)]
  const headers = new Map<string, string | null>([['accept', 'application/json']])
  if (step.body !== undefined) headers.set('content-type', 'application/json')
  const { as = 'admin' } = step
  if (as === 'admin') headers.set('authorization', 'SSWS {TOKEN}')
  else if (as !== 'nobody') headers.set('authorization', 'ssws' in as ? `SSWS ${as.ssws}` : `Bearer ${as.bearer}`)
  for (const [name, value] of Object.entries(step.headers ?? {})) headers.set(name.toLowerCase(), value)
  for (const [name, value] of headers) {
    // "name:" without a value tells curl to leave out a header that it would send by itself.
    if (value !== null) words.push('-H', quote(`${name}: ${value}`, names))
    else words.push('-H', quote(`${name}:`))
  }
  if (step.body !== undefined) {
    words.push('--data-raw', quote(typeof step.body === 'string' ? step.body : JSON.stringify(step.body), names))
  }
  return words.join(' ')
}

function control(method: string, path: string, body: unknown, names: Names, shown = false): string {
  const silent = shown ? '-s' : '-s -o /dev/null'
  return `curl ${silent} -X ${method} "$ORG/_errorg/${path}" -H 'content-type: application/json' --data-raw ${quote(JSON.stringify(body), names)}`
}

/** A path as a word for the shell, with the characters encoded that fetch encodes and curl does not. */
function address(path: string, names: Names): string {
  const encoded = path.replace(/[\s"<>`^|\\]/g, encodeURIComponent).replace(/'/g, '%27')
  return quote(encoded.startsWith('{') ? encoded : `{ORG}${encoded}`, names)
}

/** The names of variables that a script sets; other braces are part of what is sent. */
type Names = ReadonlySet<string>

const noNames: Names = new Set()

function namesIn(steps: readonly Step[]): Names {
  const names = new Set(['ORG', 'TOKEN', 'n'])
  for (const step of steps) {
    if ('keep' in step) for (const name of Object.keys(step.keep ?? {})) names.add(name)
    if ('steps' in step) for (const name of namesIn(step.steps)) names.add(name)
  }
  return names
}

/** A word for the shell: single quotes, with `{name}` holes as variables in double quotes. */
function quote(text: string, names: Names = noNames): string {
  let word = ''
  let literal = ''
  const flush = () => {
    if (literal !== '') word += `'${literal.replace(/'/g, `'\\''`)}'`
    literal = ''
  }
  for (const [index, part] of text.split(/\{(\w+)\}/).entries()) {
    if (index % 2 === 0) literal += part
    else if (!names.has(part)) literal += `{${part}}`
    else {
      flush()
      word += `"$${part}"`
    }
  }
  flush()
  return word === '' ? "''" : word
}
