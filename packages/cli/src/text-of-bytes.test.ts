import { describe, expect, it } from 'vitest'
import { textOfBytes } from './text-of-bytes.ts'

const words = 'HTTP/1.1 403 Forbidden – né'
const wide = Buffer.from(words, 'utf16le')

describe('textOfBytes', () => {
  it.each([
    ['UTF-8', Buffer.from(words)],
    ['UTF-8 with its mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(words)])],
    ['UTF-16, as PowerShell writes it', Buffer.concat([Buffer.from([0xff, 0xfe]), wide])],
    ['UTF-16, the other end first', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(wide).swap16()])],
  ])('reads %s', (_name, bytes) => {
    expect(textOfBytes(bytes)).toBe(words)
  })

  it('gives something for any bytes', () => {
    expect(textOfBytes(Buffer.from([0xff, 0xfe, 0x00]))).toBe('\ufffd')
    expect(textOfBytes(Buffer.alloc(0))).toBe('')
  })
})
