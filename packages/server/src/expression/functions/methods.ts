// Which functions are written behind their value, as in `user.profile.login.contains("@")`? The newer spelling of the
// language, that of Identity Engine (documented: string, array and conversion functions; there is no startsWith among them).

/** The function that a method stands for, by the method's name; it takes the value as its first argument. */
export function functionOf(method: string, value?: unknown): string | undefined {
  const ofList = Array.isArray(value) && Object.hasOwn(ofLists, method)
  const names = ofList ? ofLists : Object.hasOwn(ofTexts, method) ? ofTexts : ofLists
  return Object.hasOwn(names, method) ? names[method] : undefined
}

const ofTexts: Readonly<Record<string, string>> = {
  toUpperCase: 'String.toUpperCase',
  toLowerCase: 'String.toLowerCase',
  substring: 'String.substring',
  substringBefore: 'String.substringBefore',
  substringAfter: 'String.substringAfter',
  replace: 'String.replace',
  replaceFirst: 'String.replaceFirst',
  removeSpaces: 'String.removeSpaces',
  length: 'String.len',
  contains: 'String.stringContains',
  toInteger: 'Convert.toInt',
  toNumber: 'Convert.toNum',
}

const ofLists: Readonly<Record<string, string>> = {
  contains: 'Arrays.contains',
  size: 'Arrays.size',
  isEmpty: 'Arrays.isEmpty',
  add: 'Arrays.add',
  remove: 'Arrays.remove',
  flatten: 'Arrays.flatten',
}
