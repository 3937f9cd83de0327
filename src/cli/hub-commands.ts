// The words of what administrators do at the hub, and what each calls.
import type { Command } from 'commander'
import { addHubCare } from './hub-care-commands.ts'
import * as desk from './hub-desk.ts'
import { changeAccess } from './hub-pending.ts'
import { addHubPending } from './hub-pending-commands.ts'
import { renewStolen, showStolen } from './hub-stolen.ts'
import type { Prepare, Run } from './program.ts'

interface Options {
  readonly hub?: string
  readonly as?: string
  readonly code?: string
  readonly organisation?: string
  readonly name?: string
  readonly admin?: string
  readonly adminName?: string
  readonly role?: string[]
  readonly group?: string
  readonly groups?: string[]
  readonly reason?: string
  readonly after?: string
  readonly unenrolled?: boolean
  readonly renew?: boolean
  readonly location?: string
}
const changes = { suspend: 'suspended', reinstate: 'active', leave: 'left' } as const
const stationChanges = { suspend: 'suspended', reinstate: 'active', remove: 'removed' } as const

/** @param hub under which they stand. */
export function addHubCommands(hub: Command, prepare: Prepare, run: Run): void {
  const at = (parent: Command, usage: string, description: string) =>
    prepare(parent.command(usage))
      .description(description)
      .option('--hub <address>', 'https://HUB/v1/ORGANISATION; or WARDKEY_HUB')
      .option('--as <staff-id>', 'who you are at the hub; or WARDKEY_HUB_TOKEN')
      .option('--code <code>', 'your one-time code; asked for where it is not given')

  const setUp = prepare(hub.command('set-up <link>'))
    .description('make an organisation and its first administrator by the link that the hub printed')
    .requiredOption('--organisation <short-name>', 'for addresses: lower case letters, digits, dashes')
    .requiredOption('--name <name>', 'the organisation')
    .requiredOption('--admin <staff-id>', 'the first administrator')
    .requiredOption('--admin-name <name>', 'their name')
  setUp.action((link: string) => {
    const { organisation = '', name = '', admin = '', adminName = '' } = setUp.opts<Options>()
    return run(() => desk.setUpHub(link, { slug: organisation, name, staffId: admin, displayName: adminName }))()
  })
  const signIn = at(hub, 'sign-in', 'a token for WARDKEY_HUB_TOKEN, good for a quarter of an hour')
  signIn.action(run(() => desk.signInCommand(signIn.opts<Options>())))
  addPeople(hub, at, run)
  addPhones(hub, at, run)
  addStations(hub, at, run)
  addHubCare(hub, at, run)
  addHubPending(hub, at, run)
  const alerts = hub.command('alerts').description('what has to be looked at')
  const lister = at(alerts, 'list', 'open alerts')
  lister.action(run(() => desk.listHubAlerts(lister.opts<Options>())))
  const acknowledge = at(alerts, 'acknowledge <id>', 'somebody has looked at it')
  acknowledge.action((id: string) => run(() => desk.acknowledgeHubAlert(acknowledge.opts<Options>(), id))())
  const policy = at(
    hub.command('policy').description('of every station'),
    'set <file>',
    'a new version',
  ).requiredOption('--reason <text>', 'why')
  policy.action((file: string) => {
    const options = policy.opts<Options>()
    return run(() => desk.setHubPolicy(options, file, options.reason ?? ''))()
  })
}

export type At = (parent: Command, usage: string, description: string) => Command

function addPeople(hub: Command, at: At, run: Run): void {
  const people = hub.command('people').description('the directory')
  const lister = at(people, 'list', 'by staff ID')
    .option('--after <staff-id>', 'the page after this one')
    .option('--unenrolled', 'only those who have no authenticator app: who has to be enrolled')
  lister.action(
    run(() => {
      const { after, unenrolled, ...user } = lister.opts<Options>()
      return desk.listHubPeople(user, { after, only: unenrolled ? 'unenrolled' : undefined })
    }),
  )
  const adder = at(people, 'add <staff-id> <name>', 'add one person')
    .option('--role <role...>', 'staff, supervisor, administrator, auditor', ['staff'])
    .option('--groups <group...>', 'whose stations they use; * is all of them', ['*'])
  adder.action((staffId: string, displayName: string) => {
    const options = adder.opts<Options>()
    const person = { staffId, displayName, roles: options.role, groups: options.groups }
    return run(() => desk.addHubPerson(options, person))()
  })
  const enroll = at(people, 'enroll <staff-id>', 'show them the enrollment code, and take their first code')
  enroll.action((staffId: string) => run(() => desk.enrollHubPerson(enroll.opts<Options>(), staffId))())
  for (const [name, status] of Object.entries(changes)) {
    const command = at(people, `${name} <staff-id>`, `they are ${status}, at every station`).requiredOption(
      '--reason <text>',
      'why',
    )
    command.action((staffId: string) => {
      const options = command.opts<Options>()
      return run(() => desk.changeHubPerson(options, staffId, status, options.reason ?? ''))()
    })
  }
  const access = at(people, 'change <staff-id>', 'which roles they have, and whose stations they use')
    .option('--role <role...>', 'all that they have from now on')
    .option('--groups <group...>', 'all of them; * is every station')
    .requiredOption('--reason <text>', 'why')
  access.action((staffId: string) => {
    const { role: roles, groups, reason, ...user } = access.opts<Options>()
    return run(() => changeAccess(user, staffId, { roles, groups, reason }))()
  })
  const credentials = hub.command('credentials').description('what people prove')
  for (const [name, what, work] of [
    ['revoke', 'for good', desk.revokeAtHub],
    ['reinstate', 'one that was suspended works again', desk.reinstateAtHub],
  ] as const) {
    const command = at(credentials, `${name} <id>`, what).requiredOption('--reason <text>', 'why')
    command.action((id: string) => {
      const options = command.opts<Options>()
      return run(() => work(options, id, options.reason ?? ''))()
    })
  }
}

function addPhones(hub: Command, at: At, run: Run): void {
  const phones = hub.command('phones').description('phones that wait to be let in at the other workstations')
  const lister = at(phones, 'list', 'whose they are, and where they were bound').option('--after <id>', 'the next page')
  lister.action(run(() => desk.listHubPhones(lister.opts<Options>(), lister.opts<Options>().after)))
  for (const [word, description] of [
    ['approve', 'it opens the other workstations of its owner too'],
    ['refuse', 'it opens only the one that bound it'],
  ] as const) {
    const command = at(phones, `${word} <id>`, description).requiredOption('--reason <text>', 'why')
    command.action((id: string) => {
      const options = command.opts<Options>()
      return run(() => desk.settleHubPhone(options, id, word, options.reason ?? ''))()
    })
  }
}

function addStations(hub: Command, at: At, run: Run): void {
  const stations = hub.command('stations').description('the workstations of this organisation')
  const lister = at(stations, 'list', 'by number').option('--after <number>', 'the page after this one')
  lister.action(run(() => desk.listHubStations(lister.opts<Options>(), lister.opts<Options>().after)))
  const code = at(stations, 'join-link', 'for one station, for ten minutes').option('--group <group>', 'it belongs to')
  code.action(run(() => desk.makeHubJoinLink(code.opts<Options>(), code.opts<Options>().group)))
  const change = at(stations, 'change <number>', 'rename or move it')
    .option('--name <name>', 'its name')
    .option('--location <place>', 'where it stands')
    .option('--group <group>', 'its group')
    .requiredOption('--reason <text>', 'why')
  change.action((number: string) => {
    const { name, location, group, reason, ...user } = change.opts<Options>()
    const given = Object.entries({ name, location, group, reason }).filter(([, value]) => value !== undefined)
    return run(() => desk.changeHubStation(user, number, Object.fromEntries(given)))()
  })
  for (const [name, status] of Object.entries(stationChanges)) {
    const command = at(stations, `${name} <number>`, `it is ${status}`).requiredOption('--reason <text>', 'why')
    command.action((number: string) => {
      const { reason, ...user } = command.opts<Options>()
      return run(() => desk.changeHubStation(user, number, { status, reason }))()
    })
  }
  const stolen = at(stations, 'stolen <number>', 'whose secrets it had; with --renew, all of them end everywhere')
    .option('--renew', 'remove it, and end each secret that it had')
    .option('--reason <text>', 'why; with --renew')
  stolen.action((number: string) => {
    const { renew, reason, ...user } = stolen.opts<Options>()
    return run(() => (renew ? renewStolen(user, number, reason) : showStolen(user, number)))()
  })
}
