// Which bucket does this method and path count in? Documented order: an exact template first, then the longest
// prefix; a named method beats any method.
import { type Bucket, buckets, uncountedPaths } from './buckets.ts'

interface Pattern {
  bucket: Bucket | undefined
  methods: ReadonlySet<string> | undefined
  segments: readonly string[]
  prefix: boolean
  /** Segments that a path must have at least. */
  least: number
}

const patterns: readonly Pattern[] = [
  ...buckets.flatMap((bucket) => bucket.patterns.map((pattern) => readPattern(pattern, bucket))),
  ...uncountedPaths.map((path) => readPattern(`* ${path}`, undefined)),
].sort(bySpecificity)

/**
 * The bucket of a request; `undefined` for what Okta does not count. Takes a route's template (`/api/v1/users/{id}`)
 * as well as a path, so that a route table asks once and keeps the answer.
 */
export function bucketFor(method: string, path: string): Bucket | undefined {
  const query = path.search(/[?#]/)
  const segments = segmentsOf(query < 0 ? path : path.slice(0, query))
  // A HEAD is a GET without its body.
  const name = method.toUpperCase() === 'HEAD' ? 'GET' : method.toUpperCase()
  return patterns.find((pattern) => fits(pattern, name, segments))?.bucket
}

function readPattern(text: string, bucket: Bucket | undefined): Pattern {
  const [methods, path] = text.split(' ') as [string, string]
  const prefix = path.endsWith('*')
  const segments = segmentsOf(prefix ? path.slice(0, -1) : path)
  return {
    bucket,
    methods: methods === '*' ? undefined : new Set(methods.split('|')),
    segments,
    prefix,
    least: path.endsWith('/*') ? segments.length + 1 : segments.length,
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function fits(pattern: Pattern, method: string, segments: readonly string[]): boolean {
  if (pattern.methods !== undefined && !pattern.methods.has(method)) return false
  const wanted = pattern.segments
  if (pattern.prefix ? segments.length < pattern.least : segments.length !== wanted.length) return false
  return wanted.every((segment, i) => segmentFits(segment, segments[i]!))
}

function segmentFits(wanted: string, segment: string): boolean {
  const hole = wanted.indexOf('{')
  return hole < 0 ? wanted === segment : segment.startsWith(wanted.slice(0, hole))
}

/** Most specific first. */
function bySpecificity(a: Pattern, b: Pattern): number {
  if (a.prefix !== b.prefix) return a.prefix ? 1 : -1
  if (a.segments.length !== b.segments.length) return b.segments.length - a.segments.length
  for (let i = 0; i < a.segments.length; i++) {
    const difference = fixedPartOf(b.segments[i]!) - fixedPartOf(a.segments[i]!)
    if (difference !== 0) return difference
  }
  return Number(a.methods === undefined) - Number(b.methods === undefined)
}

/** How much of a segment is fixed: all of it, a beginning, or nothing. */
function fixedPartOf(segment: string): number {
  const hole = segment.indexOf('{')
  return hole < 0 ? Number.MAX_SAFE_INTEGER : hole
}
