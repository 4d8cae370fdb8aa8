// Which calls count against the same limit? A first guess from method and path: those that differ only in ids. What
// the guess keeps apart although it is one bucket, kinship.ts finds out from the answers.

// After these every segment names an object, even one without digits: a login may be any word.
const namesFollow: ReadonlySet<string> = new Set(['users', 'groups', 'apps'])

/** `READ /api/v1/users/{}/groups`. Reading and writing have buckets of their own. */
export function pathClass(method: string, path: string): string {
  let name = method === 'GET' || method === 'HEAD' ? 'READ ' : 'WRITE '
  let collection = ''
  let depth = 0
  // No split: this is asked for every call.
  for (let from = 1; from <= path.length; ) {
    let to = path.indexOf('/', from)
    if (to < 0) to = path.length
    if (to > from) {
      depth++
      const part = path.slice(from, to)
      if (depth === 3) collection = part
      const isObject = (depth === 4 && namesFollow.has(collection) && part !== 'rules') || !isWord(part)
      name += isObject ? '/{}' : `/${part}`
    }
    from = to + 1
  }
  return name
}

// `v1`, `lifecycle`, `reset_password`, `authorizationServers`; ids have digits or many capitals, logins an @ or a dot.
function isWord(part: string): boolean {
  let capitals = 0
  for (let i = 0; i < part.length; i++) {
    const char = part.charCodeAt(i)
    if (char >= 97 && char <= 122) continue
    if (char >= 65 && char <= 90) capitals++
    else if (char >= 48 && char <= 57) return part === 'oauth2' || (part.length === 2 && part[0] === 'v')
    else if (char !== 45 && char !== 95) return false
  }
  return capitals < 4
}
