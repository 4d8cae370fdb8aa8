// Which operations has Okta taken away? They say so, instead of looking like a wrong path.
import { E0000026 } from '@errorg/errors/codes'
import { fail } from '../../fail.ts'
import type { RouteRow } from '../../routes.ts'

/** Rows of the route table. */
export const retiredRoutes: readonly RouteRow[] = [
  {
    on: 'GET /api/v1/events',
    operation: 'listEvents',
    needs: 'logs.read',
    handle: async () => fail(E0000026, 'events-api-retired'),
  },
]
