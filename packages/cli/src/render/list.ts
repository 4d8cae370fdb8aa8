// How does the list of everything look as text?
import type { List } from '../commands/explain.ts'
import { type Look, paint, table } from './text.ts'

/** The list as a table, grouped by what it is ordered by. */
export function listText(list: List, look: Look): string {
  const c = paint(look)
  switch (list.by) {
    case 'code':
      return `${table(list.codes.map((line) => [line.code, String(line.status), line.title]))}\n`
    case 'status':
      return `${list.statuses
        .map(
          ({ status, codes }) =>
            `${c.bold(String(status))}\n${table(codes.map((line) => [`  ${line.code}`, line.title]))}`,
        )
        .join('\n\n')}\n`
    case 'kind':
      return `${list.kinds
        .map(({ kind, says, causes }) => {
          const rows = causes.map((cause) => `  ${cause.code}/${cause.cause}`)
          return [`${c.bold(kind)}  ${says}`, ...rows].join('\n')
        })
        .join('\n\n')}\n`
  }
}
