// Is there such a path, and does it know this method?
import { E0000008, E0000022 } from '@errorg/errors/codes'
import { EdgeRefusal, fail } from '../fail.ts'
import { isPreflight, preflightRoute } from '../http/cors.ts'
import type { Gate } from './gate.ts'

/** Finds the route. Unknown paths are E0000008 in the reference; today Okta's edge answers them without a code. */
export const pathGate: Gate = {
  name: 'path',
  stage: 'dispatcher',
  pass(org, x) {
    const found = org.routes.find(x.method, x.path)
    if (found) {
      x.route = found.route
      x.operation = found.route.info
      x.params = found.params
      return
    }
    if (isPreflight(x) && org.routes.methodsOf(x.path).length > 0) {
      x.route = preflightRoute
      return
    }
    if (!canBeDecoded(x.path)) throw new EdgeRefusal(400, 'Bad Request', `a % escape in ${x.path} means nothing`)
    // Recorded for a path that ends in a slash: where an id would make it right, its being empty is a 405.
    if (org.routes.find(x.method, withIds(x.path)) !== undefined) fail(E0000022, 'id-empty', { method: x.method })
    if (org.routes.methodsOf(x.path).length > 0) fail(E0000022, 'method-not-supported', { method: x.method })
    if (org.settings.contract === 'reference') fail(E0000008, 'path-unknown')
    throw new EdgeRefusal(404, 'Resource not found', `no route for ${x.path}`)
  },
}

/** The path with an id wherever there is none. */
function withIds(path: string): string {
  return path.replace(/\/(?=\/)/g, '/0').replace(/\/$/, '/0')
}

function canBeDecoded(path: string): boolean {
  try {
    // Its value is used, else a bundler takes the call for one without effect and leaves it out.
    return decodeURIComponent(path) !== ''
  } catch {
    return false
  }
}
