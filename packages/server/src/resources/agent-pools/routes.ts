// Which pools of agents has the org? None: agents run on machines of their own, and none ever connects to this org.
import type { Exchange } from '../../http/exchange.ts'
import { listAnswer } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'

/** Rows of the route table. */
export const agentPoolRoutes: readonly RouteRow[] = [
  {
    on: 'GET /api/v1/agentPools',
    operation: 'listAgentPools',
    needs: 'org.read',
    handle: async (org: Org, x: Exchange) => listAnswer(org, x, []),
  },
]
