// What does a page about a kind of causes say? What is wrong, where to look, and which causes are of this kind.
import { cell, count, numbered, page, plain, table } from './markdown.mjs'

/** The page of one kind. */
export function kindPage(kind, { says, look }, entries) {
  const causes = causesOf(kind, entries)
  return page([
    `# ${kind}`,
    plain(says),
    '## Where to look',
    numbered(look.map(plain)),
    '## Causes of this kind',
    causes.length === 0
      ? 'No code of the error code reference has a cause of this kind. It stands in the vocabulary because a diagnosis can find it without a code: in a token, a configuration or a log.'
      : table(
          ['Code', 'Cause', 'In short'],
          causes.map((one) => [
            `[${one.code}](../errors/${one.code}.md)`,
            `[${one.id}](../errors/${one.code}.md#${one.id})`,
            cell(one.cause.says),
          ]),
        ),
    '---',
    `[All kinds](README.md) · [All codes](../errors/README.md) · In a terminal: \`errorg explain ${kind}\``,
  ])
}

/** The index of all kinds. */
export function kindIndex(kinds, entries) {
  const names = Object.keys(kinds)
  return page([
    '# Kinds of causes',
    `A code says what was refused, a cause why. Causes that are alike, whatever their code, share a kind. There are ${names.length}.`,
    table(
      ['Kind', 'What is wrong', 'Causes'],
      names.map((kind) => [`[${kind}](${kind}.md)`, cell(kinds[kind].says), String(causesOf(kind, entries).length)]),
    ),
    `Together ${count(entries.flatMap((entry) => entry.causes).length, 'cause')}. [All codes](../errors/README.md)`,
  ])
}

function causesOf(kind, entries) {
  return entries.flatMap((entry) => entry.causes).filter((one) => one.cause.kind === kind)
}
