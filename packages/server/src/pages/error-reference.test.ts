import { createHash } from 'node:crypto'
import { codes } from '@errorg/errors/codes'
import { redirectErrors } from '@errorg/errors/oauth'
import { describe, expect, it } from 'vitest'
import { testOrg } from '../testing.ts'
import { escapeHtml, renderErrorReference } from './error-reference.ts'

describe('the error reference', () => {
  it('has an anchor, a row by code and a row by status for each code', () => {
    const html = renderErrorReference()
    const [byCode = '', byStatus = ''] = html.slice(html.indexOf('id="by-code"')).split('id="by-status"')
    const all = Object.values(codes)
    expect(all.length).toBeGreaterThan(60)
    for (const { code, reference } of all) {
      expect(html.split(`id="${code}"`), code).toHaveLength(2)
      const description = escapeHtml(reference.description)
      expect(byCode).toContain(`>${code}</a></td><td>${description}</td><td>${reference.status}</td>`)
      expect(byStatus).toContain(`<a href="#${code}">${code}</a></td><td>${description}</td>`)
    }
    for (const { error } of Object.values(redirectErrors)) expect(html).toContain(`id="${error}"`)
  })

  it('spans each status over exactly its codes', () => {
    const spans = [...renderErrorReference().matchAll(/rowspan="(\d+)" scope="rowgroup">(\d+)</g)]
    const counts = new Map(spans.map(([, rows, status]) => [Number(status), Number(rows)]))
    for (const [status, count] of counts) {
      expect(Object.values(codes).filter((entry) => entry.reference.status === status)).toHaveLength(count)
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(Object.keys(codes).length)
    expect([...counts.keys()]).toEqual([...counts.keys()].sort((a, b) => a - b))
  })

  it('is well-formed: every tag that opens closes', () => {
    const open: string[] = []
    const tags = renderErrorReference().matchAll(/<(\/?)([a-z0-9]+)\b[^>]*>/g)
    for (const [, slash, name] of tags) {
      if (name === 'meta') continue
      if (slash === '') open.push(name!)
      else expect(open.pop()).toBe(name)
    }
    expect(open).toEqual([])
  })

  it.each(['/docs/reference/error-codes', '/docs/getting_started/error_codes', '/reference/error_codes'])(
    'is served at %s to anybody',
    async (path) => {
      const t = await testOrg()
      const page = await t.call(`GET ${path}`, undefined, { token: null, headers: { accept: 'text/html,*/*;q=0.8' } })
      expect(page.status).toBe(200)
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(page.text).toBe(renderErrorReference())
    },
  )

  it('allows its own style by its hash, and nothing else', async () => {
    const t = await testOrg()
    const page = await t.call('GET /docs/reference/error-codes', undefined, { headers: { accept: '*/*' } })
    const style = /<style>([\s\S]*)<\/style>/.exec(page.text)![1]!
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'self'`,
    )
    expect(page.text).not.toMatch(/<script|\son\w+=|style=/)
  })
})

describe('text in HTML', () => {
  it('cannot become markup', () => {
    expect(escapeHtml(`<b a="1" c='2'>&</b>`)).toBe('&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;&lt;/b&gt;')
  })
})
