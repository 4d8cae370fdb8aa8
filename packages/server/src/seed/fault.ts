// Which seed does not fit the org: what does it name that is not there, or that is there already?

/** A seed that does not fit the org. */
export class SeedFault extends Error {
  constructor(
    /** Where in the seed: `tokens[0].owner`. */
    readonly path: string,
    readonly says: string,
  ) {
    super(`${path}: ${says}`)
    this.name = 'SeedFault'
  }
}
