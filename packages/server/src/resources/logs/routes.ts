// Which operations does the API have on the System Log?
import type { Exchange } from '../../http/exchange.ts'
import { openCursor, sealCursor } from '../../lists/cursor.ts'
import { listAnswer, refuseCursor } from '../../lists/page.ts'
import type { Org } from '../../org.ts'
import type { RouteRow } from '../../routes.ts'
import { readLogQuery } from './rules.ts'
import { showEvent } from './schema.ts'
import { readLogPage } from './store.ts'

async function list(org: Org, x: Exchange) {
  const { orgId } = org.fixed
  const query = readLogQuery(x.query, x.now, org.settings.contract, orgId)
  // A cursor belongs to one way of reading: persistence order, or time up or down. How /logs refuses one is not known;
  // E0000029 is recorded on /apps.
  const way = `logs ${query.mode} ${query.newestFirst ? 'down' : 'up'}`
  const place = query.after === undefined ? undefined : (openCursor(org, way, query.after) ?? refuseCursor(query.after))
  const page = readLogPage(org.events, query, place) ?? refuseCursor(query.after ?? '')
  return listAnswer(
    org,
    x,
    page.events.map((event) => showEvent(event, orgId)),
    page.next && sealCursor(org, way, page.next),
    // Documented: `since` and `after` exclude each other; the example of a bounded query keeps both.
    query.mode === 'polling' ? ['since'] : [],
  )
}

/** Rows of the route table. */
export const logRoutes: readonly RouteRow[] = [
  { on: 'GET /api/v1/logs', operation: 'listLogEvents', needs: 'logs.read', handle: list },
]
