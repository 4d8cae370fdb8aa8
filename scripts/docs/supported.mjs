// What is built, what is proven, and what is not? Numbers and lists, all read off the code.
import { marks } from './catalogue.mjs'
import { bulleted, cell, code, count, page, plain, table } from './markdown.mjs'

/** The numbers that SUPPORTED.md and the README show. */
export function numbersOf({ entries, operations, recordings }) {
  const coded = entries.filter((entry) => !entry.redirect)
  const redirects = entries.filter((entry) => entry.redirect)
  const causes = entries.flatMap((entry) => entry.causes)
  const isProven = (entry) => entry.causes.some((one) => one.proofs.length > 0)
  const known = operations.filter((operation) => operation.id !== undefined)
  const ofTier = (tier) => known.filter((operation) => operation.tier === tier)
  const built = (list) => list.filter((operation) => operation.built).length
  return {
    codes: [coded.filter(isProven).length, coded.length],
    redirects: [redirects.filter(isProven).length, redirects.length],
    causes: [causes.filter((one) => one.proofs.length > 0).length, causes.length],
    proofs: causes.reduce((sum, one) => sum + one.proofs.length, 0),
    operations: [built(known), known.length],
    tiers: [1, 2, 3].map((tier) => [built(ofTier(tier)), ofTier(tier).length]),
    recordings,
  }
}

const TIERS = ['raise the error codes', 'what SDK users call most next', 'the rest']

/** The table of numbers. */
export function numbersTable(numbers) {
  const of = ([done, all]) => `${thousands(done)} of ${thousands(all)}`
  return table(
    ['What', 'How much'],
    [
      ['Codes of the reference, raised for their genuine reason and cured', of(numbers.codes)],
      ['Errors by redirect, raised and cured', of(numbers.redirects)],
      ['Causes with a proof', of(numbers.causes)],
      ['API operations built', of(numbers.operations)],
      ...numbers.tiers.map((tier, at) => [`Operations of tier ${at + 1}: ${TIERS[at]}`, of(tier)]),
      ['Recorded calls to real orgs that are answered as Okta answered', of(numbers.recordings)],
    ],
  )
}

/** SUPPORTED.md. */
export function supportedPage({ entries, operations, numbers, kinds, newerCodes }) {
  const coded = entries.filter((entry) => !entry.redirect)
  const redirects = entries.filter((entry) => entry.redirect)
  const causes = entries.flatMap((entry) => entry.causes)
  return page([
    '# What is built, and what is not',
    'Everything here is read off the code. What is not in a list of this page does not work.',
    '## In numbers',
    numbersTable(numbers),
    `Beside them the catalogue names ${count(Object.keys(kinds).length, 'kind')} of causes and ${count(newerCodes.length, 'newer code')}, of which only status and summary are known.`,
    'A proof is a list of calls: they build a state, one call fails with the code for the cause, the cure is applied, and the same call succeeds. The tests run every proof in both contracts and hand each failing answer to the diagnosis. Injected faults are not allowed in proofs.',
    '## How certain the catalogue is',
    'recorded: seen in traffic with a real org. documented: written down by Okta. reported: somebody met it and wrote about it. inferred: concluded. A code counts by the most certain source of its causes.',
    table(
      ['', ...marks, 'together'],
      [
        [
          'Codes',
          ...marks.map((mark) => String(coded.filter((entry) => entry.mark === mark).length)),
          String(coded.length),
        ],
        [
          'Errors by redirect',
          ...marks.map((mark) => String(redirects.filter((entry) => entry.mark === mark).length)),
          String(redirects.length),
        ],
        [
          'Causes',
          ...marks.map((mark) => String(causes.filter((one) => one.mark === mark).length)),
          String(causes.length),
        ],
      ],
    ),
    '## Codes',
    table(
      ['Code', 'What it says', 'Mark', 'Causes', 'Proven causes', 'Proofs'],
      entries.map((entry) => [
        `[${entry.redirect ? code(entry.name) : entry.name}](docs/errors/${entry.name}.md)`,
        cell(entry.it.title),
        entry.mark,
        String(entry.causes.length),
        String(entry.causes.filter((one) => one.proofs.length > 0).length),
        String(entry.causes.reduce((sum, one) => sum + one.proofs.length, 0)),
      ]),
    ),
    '## Causes without a proof',
    `${count(causes.filter((one) => one.proofs.length === 0).length, 'cause')}, by what they wait for. A test fails when one is missing here or no longer needed.`,
    ...byWhy(causes),
    '## Operations that are built',
    ...builtByTag(operations),
    '## Apps of the catalogue',
    "Okta's catalogue of integrations is not public, so an app of any name can be made of it, with the sign-on mode that it asks for. Names of templates (`bookmark`, `oidc_client`, `template_swa` …) have their own mode only. For apps of the catalogue no base attributes of users are known: any attribute of an assignment is taken.",
    '## Operations that are not built',
    'The paths are known. A call answers 501 with the code E0000052, and names the operation.',
    notBuiltTable(operations),
    'A path or method that Okta does not have answers 404 or 405, as Okta does.',
  ])
}

function byWhy(causes) {
  const groups = new Map()
  for (const one of causes) {
    if (one.proofs.length > 0) continue
    const why = one.why ?? 'No reason is written down.'
    groups.set(why, [...(groups.get(why) ?? []), one])
  }
  return [...groups].map(
    ([why, list]) =>
      `**${plain(why)}** (${list.length})\n\n${list.map((one) => `[${one.name}](docs/errors/${one.code}.md#${one.id})`).join(', ')}`,
  )
}

function builtByTag(operations) {
  const built = operations.filter((operation) => operation.built)
  return tagsOf(built).map((tag) => {
    const here = built.filter((operation) => operation.tag === tag)
    const lines = here.map(({ id, method, path }) => `${code(`${method} ${path}`)}${id === undefined ? '' : ` ${id}`}`)
    return `**${tag}**\n\n${bulleted(lines)}`
  })
}

function notBuiltTable(operations) {
  const missing = operations.filter((operation) => !operation.built)
  const rows = tagsOf(missing).map((tag) => {
    const here = missing.filter((operation) => operation.tag === tag)
    const all = operations.filter((operation) => operation.tag === tag)
    const tiers = [1, 2, 3].map((tier) => {
      const n = here.filter((operation) => operation.tier === tier).length
      return n === 0 ? '' : String(n)
    })
    return [tag, ...tiers, `${here.length} of ${all.length}`, here.map(({ id }) => id).join(', ')]
  })
  return table(['Part of the API', 'Tier 1', 'Tier 2', 'Tier 3', 'Not built', 'Operations'], rows)
}

function tagsOf(operations) {
  return [...new Set(operations.map((operation) => operation.tag))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function thousands(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}
