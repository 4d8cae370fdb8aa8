// Which calls does the model know, and how is each sent and judged? Commands are data, so that a failing sequence can be
// shrunk: a word and three numbers, which choose among what has been made so far.
import {
  activated,
  changePassword,
  created,
  deleteGroup,
  deleteUser,
  type Expected,
  gone,
  invalid,
  lifecycle,
  loginTaken,
  type Model,
  type ModelUser,
  missing,
  nameTaken,
  ok,
  setPassword,
  signIn,
  unassign,
  usersOfApp,
} from './model.ts'

/** A command as it is generated. */
export interface Command {
  word: keyof typeof commands
  a: number
  b: number
  c: number
}

/** An answer of the org. */
export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  json: any
}

/** What is known of ids: also those of things that are gone, so that these are asked for too. */
export interface Known {
  users: string[]
  groups: string[]
  apps: string[]
  roles: { id: string; userId: string }[]
  sessions: string[]
}

/** A command made ready: what is sent, and what the model makes of it once the answer is there (it brings new ids). */
export interface Prepared {
  request: string
  body?: unknown
  /** Without the token of the administrator. */
  bare?: true
  /** Changes the model, and says what should have been answered. */
  judge: (model: Model, answer: Answer) => Expected
  /** Notes new ids. */
  note?: (known: Known, answer: Answer) => void
  /** What else the answer must show; a text says what is wrong with it. */
  shows?: (model: Model, answer: Answer) => string | undefined
}

const logins = ['ada', 'bob', 'cyd', 'dan', 'eve', 'ADA'].map((name) => `${name}@example.com`)
const names = ['Pilots', 'Poets', 'pilots', 'Everyone', 'Cooks', 'Nurses']
const labels = ['Notes', 'Files', 'Clock']
const passwords = [
  'Correct-Horse-9',
  'Battery-Staple-7',
  'Another-Horse-10',
  'Third-Horse-11',
  'Last-Mule-12',
  'Old-Goat-13',
]
const roleTypes = ['USER_ADMIN', 'APP_ADMIN', 'HELP_DESK_ADMIN']
const operations = Object.keys(lifecycle)

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!
const userOf = (known: Known, n: number): string => pick(['00unobody', ...known.users], n)
const groupOf = (known: Known, n: number): string => pick(['00gnothing', ...known.groups], n)
const appOf = (known: Known, n: number): string => pick(['0oanothing', ...known.apps], n)

type Prepare = (known: Known, a: number, b: number, c: number) => Prepared

/** An operation on a user who may be gone. */
function onUser(
  request: string,
  id: string,
  judge: (model: Model, user: ModelUser) => Expected,
  body?: unknown,
): Prepared {
  return {
    request,
    body,
    judge(model, _) {
      const user = model.users.get(id)
      return user ? judge(model, user) : missing
    },
  }
}

const sorted = (ids: Iterable<string>): string => [...ids].sort().join()
const idsOf = (answer: Answer): string => sorted(answer.json.map((row: { id: string }) => row.id))
const differs = (what: string, seen: string, wanted: string): string | undefined =>
  seen === wanted ? undefined : `${what}: the org shows ${seen}, the model knows ${wanted}`

const deprovisioned: Expected = { status: 403, code: 'E0000038' }

/** Every command, by its word. */
export const commands = {
  createUser(_, a, b, c) {
    const login = pick(logins, a)
    const password = b % 3 === 0 ? undefined : pick(passwords, b)
    const activate = c % 2 === 0
    return {
      request: `POST /api/v1/users?activate=${activate}`,
      body: {
        profile: { login, email: login, firstName: 'Some', lastName: 'Body' },
        ...(password && { credentials: { password: { value: password } } }),
      },
      judge(model, answer) {
        if (loginTaken(model, login)) return invalid
        const id = answer.json?.id ?? 'unmade'
        const status = activate ? activated({ password }) : 'STAGED'
        model.users.set(id, { id, login, status, password, earlier: [], title: undefined, wrongTries: 0 })
        return ok
      },
      note: (known, answer) => known.users.push(answer.json.id),
    }
  },
  lead(known, a, b) {
    const id = userOf(known, a)
    const operation = pick(operations, b)
    return onUser(`POST /api/v1/users/${id}/lifecycle/${operation}`, id, lifecycle[operation]!)
  },
  deleteUser(known, a) {
    const id = userOf(known, a)
    return onUser(`DELETE /api/v1/users/${id}`, id, deleteUser)
  },
  entitle(known, a, b) {
    const id = userOf(known, a)
    const title = `Title ${b % 5}`
    return onUser(
      `POST /api/v1/users/${id}`,
      id,
      (_, user) => {
        if (user.status === 'DEPROVISIONED') return deprovisioned
        user.title = title
        return ok
      },
      { profile: { title } },
    )
  },
  moveLogin(known, a, b) {
    const id = userOf(known, a)
    const login = pick(logins, b)
    return onUser(
      `POST /api/v1/users/${id}`,
      id,
      (model, user) => {
        if (user.status === 'DEPROVISIONED') return deprovisioned
        if (loginTaken(model, login, id)) return invalid
        user.login = login
        return ok
      },
      { profile: { login } },
    )
  },
  givePassword(known, a, b) {
    const id = userOf(known, a)
    const password = pick(passwords, b)
    return onUser(
      `POST /api/v1/users/${id}`,
      id,
      (_, user) => {
        if (user.status === 'DEPROVISIONED') return deprovisioned
        setPassword(user, password)
        return ok
      },
      { credentials: { password: { value: password } } },
    )
  },
  changePassword(known, a, b, c) {
    const id = userOf(known, a)
    const [old, next] = [pick(passwords, b), pick(passwords, c)]
    return onUser(
      `POST /api/v1/users/${id}/credentials/change_password`,
      id,
      (_, user) => changePassword(user, old, next),
      { oldPassword: { value: old }, newPassword: { value: next } },
    )
  },
  readUser(known, a) {
    const id = userOf(known, a)
    return {
      ...onUser(`GET /api/v1/users/${id}`, id, () => ok),
      shows(model, { json }) {
        const user = model.users.get(id)
        if (!user) return undefined
        const seen = [json.status, json.profile.login, json.profile.title ?? null, 'password' in json.credentials]
        const wanted = [user.status, user.login, user.title ?? null, user.password !== undefined]
        return differs(id, seen.join(), wanted.join())
      },
    }
  },
  groupsOfUser(known, a) {
    const id = userOf(known, a)
    return {
      ...onUser(`GET /api/v1/users/${id}/groups`, id, () => ok),
      shows(model, answer) {
        if (!model.users.has(id)) return undefined
        const seen = answer.json.filter((group: { type: string }) => group.type !== 'BUILT_IN')
        const wanted = [...model.groups.values()].filter((group) => group.members.has(id)).map((group) => group.id)
        return differs(`groups of ${id}`, idsOf({ ...answer, json: seen }), sorted(wanted))
      },
    }
  },
  createGroup(_, a) {
    const name = pick(names, a)
    return {
      request: 'POST /api/v1/groups',
      body: { profile: { name } },
      judge(model, answer) {
        if (nameTaken(model, name)) return invalid
        const id = answer.json?.id ?? 'unmade'
        model.groups.set(id, { id, name, members: new Set() })
        return ok
      },
      note: (known, answer) => known.groups.push(answer.json.id),
    }
  },
  renameGroup(known, a, b) {
    const id = groupOf(known, a)
    const name = pick(names, b)
    return {
      request: `PUT /api/v1/groups/${id}`,
      body: { profile: { name } },
      judge(model) {
        const group = model.groups.get(id)
        if (!group) return missing
        if (nameTaken(model, name, id)) return invalid
        group.name = name
        return ok
      },
    }
  },
  deleteGroup(known, a) {
    const id = groupOf(known, a)
    return {
      request: `DELETE /api/v1/groups/${id}`,
      judge(model) {
        const group = model.groups.get(id)
        return group ? deleteGroup(model, group) : missing
      },
    }
  },
  join(known, a, b) {
    const [groupId, userId] = [groupOf(known, a), userOf(known, b)]
    return {
      request: `PUT /api/v1/groups/${groupId}/users/${userId}`,
      judge(model) {
        const group = model.groups.get(groupId)
        if (!group || !model.users.has(userId)) return missing
        group.members.add(userId)
        return gone
      },
    }
  },
  leave(known, a, b) {
    const [groupId, userId] = [groupOf(known, a), userOf(known, b)]
    return {
      request: `DELETE /api/v1/groups/${groupId}/users/${userId}`,
      judge(model) {
        const group = model.groups.get(groupId)
        if (!group || !model.users.has(userId)) return missing
        group.members.delete(userId)
        return gone
      },
    }
  },
  members(known, a) {
    const id = groupOf(known, a)
    return {
      request: `GET /api/v1/groups/${id}/users`,
      judge: (model) => (model.groups.has(id) ? ok : missing),
      shows(model, answer) {
        const group = model.groups.get(id)
        return group && differs(`members of ${id}`, idsOf(answer), sorted(group.members))
      },
    }
  },
  createApp(_, a) {
    const label = pick(labels, a)
    return {
      request: 'POST /api/v1/apps',
      body: {
        name: 'bookmark',
        label,
        signOnMode: 'BOOKMARK',
        settings: { app: { requestIntegration: false, url: 'https://app.example.com/' } },
      },
      judge(model, answer) {
        const id = answer.json?.id ?? 'unmade'
        model.apps.set(id, { id, label, active: true, users: new Set(), groups: new Set() })
        return ok
      },
      note: (known, answer) => known.apps.push(answer.json.id),
    }
  },
  switchApp(known, a, b) {
    const id = appOf(known, a)
    const on = b % 2 === 0
    return {
      request: `POST /api/v1/apps/${id}/lifecycle/${on ? 'activate' : 'deactivate'}`,
      judge(model) {
        const app = model.apps.get(id)
        if (!app) return missing
        app.active = on
        return ok
      },
    }
  },
  deleteApp(known, a) {
    const id = appOf(known, a)
    return {
      request: `DELETE /api/v1/apps/${id}`,
      judge(model) {
        const app = model.apps.get(id)
        if (!app) return missing
        if (app.active) return { status: 403, code: 'E0000056' }
        model.apps.delete(id)
        return gone
      },
    }
  },
  assign(known, a, b) {
    const [appId, userId] = [appOf(known, a), userOf(known, b)]
    return {
      request: `POST /api/v1/apps/${appId}/users`,
      body: { id: userId, scope: 'USER' },
      judge(model) {
        const app = model.apps.get(appId)
        const user = model.users.get(userId)
        if (!app || !user) return missing
        if (user.status === 'DEPROVISIONED') return invalid
        app.users.add(userId)
        return ok
      },
    }
  },
  unassign(known, a, b) {
    const [appId, userId] = [appOf(known, a), userOf(known, b)]
    return {
      request: `DELETE /api/v1/apps/${appId}/users/${userId}`,
      judge(model) {
        const app = model.apps.get(appId)
        return app && model.users.has(userId) ? unassign(model, app, userId) : missing
      },
    }
  },
  assignGroup(known, a, b) {
    const [appId, groupId] = [appOf(known, a), groupOf(known, b)]
    return {
      request: `PUT /api/v1/apps/${appId}/groups/${groupId}`,
      body: {},
      judge(model) {
        const app = model.apps.get(appId)
        if (!app || !model.groups.has(groupId)) return missing
        app.groups.add(groupId)
        return ok
      },
    }
  },
  unassignGroup(known, a, b) {
    const [appId, groupId] = [appOf(known, a), groupOf(known, b)]
    return {
      request: `DELETE /api/v1/apps/${appId}/groups/${groupId}`,
      judge(model) {
        const app = model.apps.get(appId)
        if (!app?.groups.has(groupId)) return missing
        app.groups.delete(groupId)
        return gone
      },
    }
  },
  usersOfApp(known, a) {
    const id = appOf(known, a)
    return {
      request: `GET /api/v1/apps/${id}/users`,
      judge: (model) => (model.apps.has(id) ? ok : missing),
      shows(model, answer) {
        const app = model.apps.get(id)
        return app && differs(`users of ${id}`, idsOf(answer), sorted(usersOfApp(model, app)))
      },
    }
  },
  giveRole(known, a, b) {
    const userId = userOf(known, a)
    const type = pick(roleTypes, b)
    return {
      request: `POST /api/v1/users/${userId}/roles`,
      body: { type },
      judge(model, answer) {
        const user = model.users.get(userId)
        if (!user) return missing
        if (user.status === 'DEPROVISIONED') return invalid
        if ([...model.roles.values()].some((role) => role.userId === userId && role.type === type)) return invalid
        const id = answer.json?.id ?? 'unmade'
        model.roles.set(`${userId}:${id}`, { id, userId, type })
        return created
      },
      note: (known, answer) => known.roles.push({ id: answer.json.id, userId }),
    }
  },
  takeRole(known, a) {
    const { id, userId } = pick([{ id: 'ra1nothing', userId: userOf(known, a) }, ...known.roles], a)
    return {
      request: `DELETE /api/v1/users/${userId}/roles/${id}`,
      judge(model) {
        return model.roles.delete(`${userId}:${id}`) ? gone : missing
      },
    }
  },
  rolesOfUser(known, a) {
    const id = userOf(known, a)
    return {
      ...onUser(`GET /api/v1/users/${id}/roles`, id, () => ok),
      shows(model, answer) {
        if (!model.users.has(id)) return undefined
        const wanted = [...model.roles.values()].filter((role) => role.userId === id).map((role) => role.id)
        return differs(`roles of ${id}`, idsOf(answer), sorted(wanted))
      },
    }
  },
  readSession(known, a) {
    const id = pick(['102nothing', ...known.sessions], a)
    return { request: `GET /api/v1/sessions/${id}`, judge: (model) => (sees(model, id) ? ok : missing) }
  },
  endSession(known, a) {
    const id = pick(['102nothing', ...known.sessions], a)
    return {
      request: `DELETE /api/v1/sessions/${id}`,
      judge(model) {
        if (!sees(model, id)) return missing
        model.sessions.delete(id)
        return gone
      },
    }
  },
  endSessions(known, a) {
    const id = userOf(known, a)
    return onUser(`DELETE /api/v1/users/${id}/sessions`, id, (model) => {
      for (const session of [...model.sessions.values()]) if (session.userId === id) model.sessions.delete(session.id)
      return gone
    })
  },
  signIn(_, a, b) {
    const login = pick(logins, a)
    const password = pick(passwords, b)
    return {
      request: 'POST /api/v1/authn',
      bare: true,
      body: { username: login, password },
      judge(model) {
        const user = [...model.users.values()].find((one) => one.login.toLowerCase() === login.toLowerCase())
        return signIn(user, password)
      },
    }
  },
} as const satisfies Readonly<Record<string, Prepare>>

/** Can this session be used? Whoever is suspended or gone has none for the time being. */
function sees(model: Model, id: string): boolean {
  const session = model.sessions.get(id)
  const user = session && model.users.get(session.userId)
  return user !== undefined && !['STAGED', 'SUSPENDED', 'DEPROVISIONED'].includes(user.status)
}

/** Makes a command ready for what is known now. */
export function prepare({ word, a, b, c }: Command, known: Known): Prepared {
  return commands[word](known, a, b, c)
}
