// What does a SAML service provider have to know of the org? The metadata that show the certificate of an app's key.
import type { Answer, Exchange } from '../../http/exchange.ts'
import { paramOf } from '../../lists/query.ts'
import type { Org } from '../../org.ts'
import { certificateFor } from './signing-keys.ts'
import { loadApp } from './store.ts'

/** `GET /apps/{id}/sso/saml/metadata` */
export async function showMetadata(org: Org, x: Exchange): Promise<Answer> {
  const app = await loadApp(org, x)
  const certificate = await certificateFor(org, app, paramOf(x, 'kid'))
  const external = `exk${app.id.slice(3)}`
  const place = `${org.baseUrl}/app/${app.value.name}/${external}/sso/saml`
  const bindings = ['HTTP-POST', 'HTTP-Redirect'].map(
    (binding) =>
      `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${xmlText(place)}"/>`,
  )
  const formats = ['emailAddress', 'unspecified'].map(
    (format) => `<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:${format}</md:NameIDFormat>`,
  )
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor entityID="http://www.okta.com/${external}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">`,
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>',
    `<ds:X509Certificate>${certificate}</ds:X509Certificate>`,
    '</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>',
    ...formats,
    ...bindings,
    '</md:IDPSSODescriptor></md:EntityDescriptor>',
  ].join('')
  return { status: 200, text, headers: [['content-type', typeFor(x)]] }
}

// text/xml (documented), which is what the official Node SDK can read, unless somebody asks for the other name of it.
function typeFor(x: Exchange): string {
  return String(x.incoming.headers.accept ?? '').includes('application/xml') ? 'application/xml' : 'text/xml'
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
