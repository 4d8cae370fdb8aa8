// Can a claim be made of this expression at all? Claims of authorization servers and of federation protocols are judged
// alike; whether it has a value shows only when there is somebody to work it out for.
import { E0000001 } from '@errorg/errors/codes'
import { ExpressionFault, type ReadExpression } from './expression/index.ts'
import { fail } from './fail.ts'

/** Refuses a text that is no expression. */
export function canBeRead(read: ReadExpression, field: string, text: string): void {
  try {
    read(text)
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    if (isBeyond(text)) return
    fail(E0000001, 'claim-expression-unreadable', { field, at: error.at, why: error.why })
  }
}

// Okta's language has projections, selections, indexes and safe navigation, which this org cannot work out: what uses
// them may be right, so it is taken as long as its brackets close. (A claim made of it fails when a token is asked for.)
function isBeyond(text: string): boolean {
  const signs = text.replace(/"[^"]*"|'[^']*'/g, '')
  return /[[#@]|\?\.|\.[!?^$]/.test(signs) && !/["']/.test(signs) && closes(signs)
}

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

function closes(signs: string): boolean {
  const open: string[] = []
  for (const sign of signs) {
    if ('([{'.includes(sign)) open.push(sign)
    else if (Object.hasOwn(openers, sign) && open.pop() !== openers[sign]) return false
  }
  return open.length === 0
}
