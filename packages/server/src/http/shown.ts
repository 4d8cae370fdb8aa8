// How is a thing that has not changed kept from being written as JSON again? Values in the state are never changed in
// place, so the text of a row stays true while the row is there and the org keeps its URL.
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'

const TEXT = Symbol('JSON text')

/** JSON that is text already. It goes into an answer as a body, or as an item of a list. */
export interface JsonText {
  readonly [TEXT]: string
}

/** Marks a text as JSON. */
export const jsonText = (text: string): JsonText => ({ [TEXT]: text })

/** How a row looks on the wire. It may depend on the row and on the org's base URL, on nothing else. */
export type Show<T> = (org: Org, row: Stored<T>) => unknown

/** The JSON text of a row, made when it is shown for the first time. */
export type Shown = <T>(show: Show<T>, row: Stored<T>) => JsonText

interface View {
  young: Map<unknown, JsonText>
  old: Map<unknown, JsonText>
}

/** Makes an empty store of at most twice `capacity` texts a way of showing. */
export function createShown(org: () => Org, capacity = 1_000): Shown {
  let baseUrl = ''
  const views = new Map<unknown, View>()

  const viewOf = (show: unknown): View => {
    let view = views.get(show)
    if (!view) {
      view = { young: new Map(), old: new Map() }
      views.set(show, view)
    }
    return view
  }

  return (show, row) => {
    const present = org()
    if (present.baseUrl !== baseUrl) {
      baseUrl = present.baseUrl
      views.clear()
    }
    const view = viewOf(show)
    const known = view.young.get(row)
    if (known) return known
    const text = view.old.get(row) ?? jsonText(JSON.stringify(show(present, row)))
    // Two generations: what nobody asked for while the younger one filled up is forgotten.
    if (view.young.size >= capacity) {
      view.old = view.young
      view.young = new Map()
    }
    view.young.set(row, text)
    return text
  }
}

/** Writes a body as compact JSON. A list holds either texts or plain values, never both. */
export function renderJson(body: unknown): string {
  if (isText(body)) return body[TEXT]
  const pieces = piecesOf(body)
  return pieces ? `[${pieces.map((piece) => piece[TEXT]).join(',')}]` : JSON.stringify(body)
}

/** The texts that a list is made of; undefined for anything else. */
export function piecesOf(body: unknown): readonly JsonText[] | undefined {
  return Array.isArray(body) && isText(body[0]) ? body : undefined
}

function isText(value: unknown): value is JsonText {
  return typeof value === 'object' && value !== null && TEXT in value
}
