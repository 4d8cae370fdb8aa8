// How does a person repeat a proof by hand? As a shell script for a running errorg that leaves the org as it was.
import type { Contract } from '@errorg/errors'
import { type ListedProof, scriptOf } from '@errorg/errors/proofs'

const HEAD = `#!/usr/bin/env bash
# Makes errors of the Okta API happen in a local org, and cures them. Needs bash, curl and jq, and an org that was
# started with \`errorg serve\`, which prints both values:
#   ERRORG_URL=http://127.0.0.1:4000 ERRORG_TOKEN=00… bash this-script.sh
set -eu
export ORG="\${ERRORG_URL:?the URL that errorg serve prints}" TOKEN="\${ERRORG_TOKEN:?the API token that errorg serve prints}"
for program in curl jq; do
  command -v "$program" >/dev/null || { echo "this script needs $program" >&2; exit 2; }
done
# An org with a control token wants it on every call to its control API; the other calls ignore it.
curl() {
  command curl \${ERRORG_CONTROL_TOKEN:+-H "x-errorg-control-token: $ERRORG_CONTROL_TOKEN"} "$@"
}
control() {
  curl -sS -X POST "$ORG/_errorg/$1" -H 'content-type: application/json' --data-raw "$2"
}
`

/** One script for any number of proofs; each begins and ends with the org as it was. */
export function proofScript(proofs: readonly ListedProof[], contract?: Contract): string {
  return [HEAD, ...proofs.map((listed) => block(listed, contract))].join('\n')
}

function block({ code, causeId, cause, proof }: ListedProof, contract: Contract | undefined): string {
  // The first lines of the script are for a script that stands alone; here the head does that.
  const lines = scriptOf({ ...proof, contract: contract ?? proof.contract }).split('\n')
  const body = lines.filter((line) => !/^(?:#!|# ORG is|set -eu|: "\$\{ORG)/.test(line))
  return `echo '=== ${code}/${causeId}'
# ${cause.says.replace(/\s+/g, ' ')}
(
before=$(control snapshot '{}' | jq -r .id)
trap 'control restore "{\\"id\\":\\"$before\\"}" >/dev/null' EXIT
${body.map((line) => (line.startsWith('# ') ? `\necho ${quote(`--- ${line.slice(2)}`)}` : line)).join('\n')}
echo
)
`
}

function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`
}
