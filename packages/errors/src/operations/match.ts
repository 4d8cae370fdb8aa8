// Which operation is meant by this method and this path? A tree of path segments; where a literal segment and
// a parameter both fit, the literal wins (`/sessions/me` before `/sessions/{sessionId}`).
import type { Operation } from './operation.ts'

interface Node {
  literals: Map<string, Node>
  parameter?: Node
  here: Operation[]
}

/** Answers questions about a fixed list of operations. */
export interface Matcher {
  match(method: string, path: string): Operation | undefined
  methods(path: string): string[]
}

/** Builds the tree once; the list must not change afterwards. */
export function createMatcher(operations: readonly Operation[]): Matcher {
  const root = emptyNode()
  for (const operation of operations) {
    let node = root
    for (const segment of segmentsOf(operation.path)) node = childFor(node, segment)
    node.here.push(operation)
  }
  return {
    match(method, path) {
      const wanted = String(method).toUpperCase()
      return walk(root, segmentsOf(path), 0, (here) => here.find((operation) => operation.method === wanted))
    },
    methods(path) {
      const found = new Set<string>()
      walk(root, segmentsOf(path), 0, (here) => {
        for (const operation of here) found.add(operation.method)
        return undefined
      })
      return [...found].sort()
    },
  }
}

function emptyNode(): Node {
  return { literals: new Map(), here: [] }
}

function childFor(node: Node, segment: string): Node {
  if (/^\{.*\}$/.test(segment)) {
    node.parameter ??= emptyNode()
    return node.parameter
  }
  let child = node.literals.get(segment)
  if (child === undefined) {
    child = emptyNode()
    node.literals.set(segment, child)
  }
  return child
}

// Depth-first, the literal first. Each node of the tree is visited once at most, so the work is bounded by the
// table and not by what the caller sends.
function walk<Found>(
  node: Node,
  segments: readonly string[],
  at: number,
  ask: (here: readonly Operation[]) => Found | undefined,
): Found | undefined {
  if (at === segments.length) return ask(node.here)
  const segment = segments[at]!
  const literal = node.literals.get(segment)
  const found = literal === undefined ? undefined : walk(literal, segments, at + 1, ask)
  if (found !== undefined) return found
  // An empty segment is no id: recorded orgs answer `GET /api/v1/sessions/` with 405, as they do for the list.
  if (node.parameter === undefined || segment === '') return undefined
  return walk(node.parameter, segments, at + 1, ask)
}

/** The segments of a path; origin, query, fragment and one trailing slash are dropped. */
function segmentsOf(path: string): string[] {
  let rest = String(path)
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(rest)
  if (origin !== null) rest = rest.slice(origin[0].length)
  const end = rest.search(/[?#]/)
  if (end >= 0) rest = rest.slice(0, end)
  if (rest.startsWith('/')) rest = rest.slice(1)
  if (rest.endsWith('/')) rest = rest.slice(0, -1)
  return rest.split('/')
}
