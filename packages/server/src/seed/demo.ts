// What is in the org that `npm start` serves? A small company with one administrator of each interesting kind.
import type { SeedInput } from '../control/schemas.ts'

/** The administrator of an org made without a seed, and the demo's. Passwords are made per org unless pinned. */
export const adminLogin = 'admin@example.com'

// The names differ from those that proofs make, so that `errorg trigger --org` and its scripts find them free.
/** The demo data. Its passwords are public on purpose: the org listens on loopback and holds nothing real. */
export const demoSeed: SeedInput = {
  groups: [
    { name: 'Engineering', description: 'Builds things' },
    { name: 'Support', description: 'Helps people' },
  ],
  users: [
    {
      login: 'ada.lovelace@example.com',
      firstName: 'Ada',
      lastName: 'Lovelace',
      password: 'Analytical-Engine-1843',
      groups: ['Engineering'],
      recoveryQuestion: { question: 'Who wrote the first program?', answer: 'I did' },
    },
    {
      login: 'grace.hopper@example.com',
      firstName: 'Grace',
      lastName: 'Hopper',
      password: 'Nanosecond-Wire-1952',
      groups: ['Engineering'],
    },
    { login: 'alan.turing@example.com', firstName: 'Alan', lastName: 'Turing', status: 'STAGED' },
    {
      login: 'hedy.lamarr@example.com',
      firstName: 'Hedy',
      lastName: 'Lamarr',
      password: 'Frequency-Hopping-1941',
      roles: ['HELP_DESK_ADMIN'],
      groups: ['Support'],
    },
    {
      login: 'rosalind.franklin@example.com',
      firstName: 'Rosalind',
      lastName: 'Franklin',
      password: 'Photograph-51-Reads',
      roles: ['READ_ONLY_ADMIN'],
    },
  ],
  apps: [
    {
      label: 'Demo web app',
      type: 'web',
      pkceRequired: true,
      redirectUris: ['http://localhost:3000/callback', 'http://localhost:8080/login/oauth2/code/okta'],
      postLogoutRedirectUris: ['http://localhost:3000'],
      groups: ['Everyone'],
    },
    {
      label: 'Demo single-page app',
      type: 'browser',
      redirectUris: ['http://localhost:5173/login/callback', 'http://localhost:3000/login/callback'],
      postLogoutRedirectUris: ['http://localhost:5173'],
      groups: ['Engineering'],
    },
    { label: 'Demo service', type: 'service' },
  ],
  // A service app asks for scopes of its own: the `default` server has those of OpenID Connect only.
  authorizationServers: [{ name: 'default', scopes: [{ name: 'demo.read', description: 'Read what the demo shows' }] }],
}
