// Does a range of a network zone, `198.51.100.0/24` or `198.51.100.1-198.51.100.9`, hold an address? IPv4; of IPv6 only
// the very same address is recognised.

/** Whether the range holds the address; false for anything that cannot be read. */
export function holdsAddress(range: string, address: string): boolean {
  const given = numberOf(address)
  if (given === undefined) return range.toLowerCase() === address.toLowerCase()
  const [first = '', last] = range.split('-', 2)
  if (last !== undefined) {
    const [from, to] = [numberOf(first), numberOf(last)]
    return from !== undefined && to !== undefined && from <= given && given <= to
  }
  const [base = '', bits] = range.split('/', 2)
  const start = numberOf(base)
  const kept = bits === undefined ? 32 : /^\d{1,2}$/.test(bits) ? Number(bits) : 33
  if (start === undefined || kept > 32) return false
  const size = 2 ** (32 - kept)
  return Math.floor(start / size) === Math.floor(given / size)
}

function numberOf(address: string): number | undefined {
  const parts = address.trim().split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}
