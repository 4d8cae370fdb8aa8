// How does a person repeat a proof by hand? As a shell script for a running errorg that leaves the org as it was.
import type { Contract } from '@errorg/errors'
import { findRedirectError } from '@errorg/errors/oauth'
import { type ListedProof, scriptOf } from '@errorg/errors/proofs'

const HEAD = `#!/usr/bin/env bash
# Makes errors of the Okta API happen in a local org, and cures them. Needs bash, curl, jq or Node, and an org that
# was started with \`errorg serve\`, which prints both values:
#   ERRORG_URL=http://127.0.0.1:4000 ERRORG_TOKEN=00… bash this-script.sh
# Each part begins and ends with the org as it was. Exit code 0: everything went as the proofs say.
set -u
ORG="\${ERRORG_URL:?the URL that errorg serve prints}"
TOKEN="\${ERRORG_TOKEN:?the API token that errorg serve prints}"
# As much of jq as this script uses, where there is none.
command -v jq >/dev/null || jq() {
  node -e '
    let value = JSON.parse(require("fs").readFileSync(0, "utf8"))
    const path = process.argv.at(-1).matchAll(/\\[(\\d+)\\]|\\."([^"]*)"|\\.(\\w+)/g)
    for (const [, index, quoted, name] of path) value = value?.[index ?? quoted ?? name]
    if (value === undefined || value === null) process.exit(1)
    console.log(typeof value === "string" ? value : JSON.stringify(value))
  ' -- "$@"
}
SEEN=$(mktemp)
FAILED=0
trap 'rm -f "$SEEN"' EXIT
# URLs are sent as they stand. An org with a control token wants it on calls to its control API; others ignore it.
send() {
  command curl -sS --globoff --path-as-is \${ERRORG_CONTROL_TOKEN:+-H "x-errorg-control-token: $ERRORG_CONTROL_TOKEN"} "$@"
}
# Answers that are shown (-i) are kept for the checks.
curl() {
  if [ "$1" = -i ]; then send "$@" | tee "$SEEN" && echo; else send "$@"; fi
}
control() {
  send -X POST "$ORG/_errorg/$1" -H 'content-type: application/json' --data-raw "$2"
}
fails_with() {
  grep -Eq "$1" "$SEEN" || { echo "--- this answer is another one than \${1%%|*}"; exit 1; }
}
succeeds() {
  grep '^HTTP/' "$SEEN" | tail -n 1 | grep -Eq ' [23][0-9][0-9]' || { echo '--- this is no success'; exit 1; }
}
`

/** One script for any number of proofs. */
export function proofScript(proofs: readonly ListedProof[], contract?: Contract): string {
  return [HEAD, ...proofs.map((listed) => block(listed, contract)), 'exit "$FAILED"\n'].join('\n')
}

function block({ code, causeId, cause, proof }: ListedProof, contract: Contract | undefined): string {
  const [given = '', call = '', ...after] = partsOf(scriptOf({ ...proof, contract: contract ?? proof.contract }))
  const sent = findRedirectError(code)?.current.error
  const shown = sent ? `${code}|${sent}` : `${code}|insufficient_scope`
  const again = after.length > 0 ? [...after, 'succeeds'] : []
  // In a subshell of its own, so that a part that stops is put back too and the next one begins.
  return `echo '=== ${code}/${causeId}'
# ${cause.says.replace(/\s+/g, ' ')}
(
set -e
HEADERS=$(mktemp)
before=$(control snapshot '{}' | jq -er .id)
trap 'rm -f "$HEADERS"; control restore "{\\"id\\":\\"$before\\"}" >/dev/null' EXIT
${[given, call, `fails_with '${shown}'`, ...again].filter((part) => part !== '').join('\n')}
)
[ $? -eq 0 ] || { FAILED=1; echo '--- stopped'; }
echo
`
}

/** The parts of a script that stands alone, without its head; each begins with its title, which is echoed. */
function partsOf(script: string): string[] {
  const lines = script.trimEnd().split('\n')
  const first = lines.indexOf('HEADERS=$(mktemp)') + 1
  const parts: string[][] = [[]]
  for (const line of lines.slice(first)) {
    const title = /^# (The (?:state|call that fails|cure|same call again|request put right))$/.exec(line)?.[1]
    if (title === undefined) parts.at(-1)!.push(line)
    else if (title === 'The state') parts[0]!.push(`echo '--- ${title}'`)
    else parts.push([`echo '--- ${title}'`])
  }
  return parts.map((part) => part.join('\n').trim())
}
