// What is a layer? A function that takes a fetch and gives back a fetch with one more ability.

/** What fetch takes as its second argument, and two things only the caller or an outer layer can know. */
export type CallInit = RequestInit & {
  /**
   * Whether sending it twice does no more than sending it once. Absent: told from the method. Say `true` for a
   * POST that sets fields of a known object; then it is repeated after a fault, which a POST otherwise is not.
   */
  idempotent?: boolean
  /** How often this call was sent before; set by the layer that repeats. */
  attempt?: number
  /** Other calls wait for this one, so the number of those under way does not hold it back; set for token requests. */
  urgent?: boolean
}

/**
 * The shape of fetch. Layers take and give plain arguments and no `Request`: making one costs 5 µs, copying one with
 * another header or signal as much again, and every layer would pay.
 */
export type Fetch = (input: string | URL | Request, init?: CallInit) => Promise<Response>

/**
 * Adds one ability to a fetch. What a layer remembers belongs to the layer: two made from the same options share
 * nothing, and one put around two fetches is shared by both.
 */
export type Layer = (next: Fetch) => Fetch

/** Puts layers around a fetch; the first is the outermost. */
export function layered(layers: readonly Layer[], fetch: Fetch): Fetch {
  return layers.reduceRight((inner, layer) => layer(inner), fetch)
}
