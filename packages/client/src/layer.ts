// What is a layer? A function that takes a fetch and gives back a fetch with one more ability.

/** The part of fetch that layers speak: one request in, one response out. */
export type Fetch = (request: Request) => Promise<Response>

/** Adds one ability to a fetch. Two layers made from the same options share nothing. */
export type Layer = (next: Fetch) => Fetch
