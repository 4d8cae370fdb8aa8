import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFormFiles } from './multipart.ts'

async function form(...files: [field: string, bytes: Uint8Array<ArrayBuffer>, name: string][]) {
  const data = new FormData()
  data.append('note', 'no file')
  for (const [field, bytes, name] of files) data.append(field, new Blob([bytes], { type: 'image/png' }), name)
  const request = new Request('http://org.test', { method: 'POST', body: data })
  return { type: request.headers.get('content-type')!, body: new Uint8Array(await request.arrayBuffer()) }
}

describe('the files of a form', () => {
  it('are given as they were sent, whatever their bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 20 }), async (one, two) => {
        const { type, body } = await form(
          ['file', Uint8Array.from(one), 'logo.png'],
          ['other', Uint8Array.from(two), 'x'],
        )
        const files = parseFormFiles(type, body)!
        expect(files.map(({ field, fileName, type }) => [field, fileName, type])).toEqual([
          ['file', 'logo.png', 'image/png'],
          ['other', 'x', 'image/png'],
        ])
        expect([...files[0]!.bytes]).toEqual([...one])
        expect([...files[1]!.bytes]).toEqual([...two])
      }),
    )
  })

  it('may contain what looks like a mark', async () => {
    const bytes = new TextEncoder().encode('a\r\n--x\r\n\r\nb--x--')
    const { type, body } = await form(['file', bytes, 'logo.svg'])
    expect([...parseFormFiles(type, body)![0]!.bytes]).toEqual([...bytes])
  })

  it('none: a form of texts', async () => {
    const { type, body } = await form()
    expect(parseFormFiles(type, body)).toEqual([])
  })
})

describe('what is no form', () => {
  const body = (text: string) => new TextEncoder().encode(text)
  it.each([
    ['no boundary', 'multipart/form-data', '--b\r\n\r\n--b--'],
    ['no type', undefined, '--b--'],
    ['another boundary', 'multipart/form-data; boundary=a', '--b\r\nx: y\r\n\r\n1\r\n--b--'],
    ['an open end', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1'],
    ['JSON', 'multipart/form-data; boundary=b', '{"file":"x"}'],
    ['nothing', 'multipart/form-data; boundary=b', ''],
  ])('%s', (_what, type, text) => {
    expect(parseFormFiles(type, body(text))).toBeUndefined()
  })

  it('any bytes end in files or in nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('--b', '--', '\r\n', ' ', 'Content-Disposition: form-data; name="a"; filename=', '"')),
        (parts) => {
          const files = parseFormFiles('multipart/form-data; boundary=b', body(parts.join('')))
          expect(files === undefined || Array.isArray(files)).toBe(true)
        },
      ),
    )
  })
})
