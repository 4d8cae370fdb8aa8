// What do the tests of this folder make hooks and users of?

/** Where event hooks are. */
export const HOOKS = '/api/v1/eventHooks'

/** Where the server of a hook is. */
export const URI = 'https://hooks.example.com/okta'

/** The events of users that a hook of these tests wants. */
export const users = { type: 'EVENT_TYPE', items: ['user.lifecycle.create', 'user.lifecycle.activate'] }

/** How a hook is called. */
export const channel = (uri = URI, config: object = {}) => ({
  type: 'HTTP',
  version: '1.0.0',
  config: { uri, ...config },
})

/** A hook with nothing wrong. */
export const hook = (more: object = {}) => ({ name: 'Audit', events: users, channel: channel(), ...more })

/** A user with nothing wrong. */
export const ada = (login = 'ada@example.com') => ({
  profile: { firstName: 'Ada', lastName: 'Byron', email: login, login },
})
