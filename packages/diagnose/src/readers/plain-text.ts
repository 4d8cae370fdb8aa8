// Which marks of a terminal or an editor stand around the words of this input? They are taken off before anything is read.

/** The input without a byte order mark and without the colours of a terminal. */
export function plainText(input: string): string {
  const text = input.charCodeAt(0) === 0xfeff ? input.slice(1) : input
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with the escape character
  return text.includes('\u001b[') ? text.replace(/\u001b\[[\d;]{0,40}[A-Za-z]/g, '') : text
}
