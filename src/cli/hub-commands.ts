// The words of the hub commands, and what each calls: first what a station does, then what administrators do at the hub.
import type { Command } from 'commander'
import { composeCli } from './compose.ts'
import { hubStatus, join } from './hub.ts'
import * as desk from './hub-desk.ts'
import type { Answer } from './output.ts'

interface Options {
  readonly data?: string
  readonly hub?: string
  readonly as?: string
  readonly code?: string
  readonly second?: string
  readonly secondCode?: string
  readonly organisation?: string
  readonly name?: string
  readonly admin?: string
  readonly adminName?: string
  readonly role?: string[]
  readonly group?: string
  readonly groups?: string[]
  readonly reason?: string
  readonly after?: string
  readonly location?: string
}
type Run = (work: () => Promise<Answer>) => () => Promise<void>
const changes = { suspend: 'suspended', reinstate: 'active', leave: 'left' } as const
const stationChanges = { suspend: 'suspended', reinstate: 'active', remove: 'removed' } as const

/** @param prepare adds what every command has; @param run prints what one answers with. */
export function addHubCommands(program: Command, prepare: (command: Command) => Command, run: Run): void {
  const hub = program.command('hub').description('the hub: this station’s, and its administration')
  addStationSide(hub, prepare, run)
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

function addStationSide(hub: Command, prepare: (command: Command) => Command, run: Run): void {
  const joiner = prepare(hub.command('join <link>'))
    .description('this station joins, by a link that the hub made')
    .option('--data <dir>', "the station's data folder")
    .option('--as <staff-id>', 'the administrator of this station who does it')
    .option('--code <code>', 'their one-time code; asked for where it is not given')
  joiner.action((link: string) => {
    const options = joiner.opts<Options>()
    return run(() => join(composeCli(options.data), options, link))()
  })
  const status = prepare(hub.command('status'))
    .description('how this station stands with its hub')
    .option('--data <dir>', "the station's data folder")
  status.action(run(() => hubStatus(composeCli(status.opts<Options>().data))))
}

type At = (parent: Command, usage: string, description: string) => Command

function addPeople(hub: Command, at: At, run: Run): void {
  const people = hub.command('people').description('the directory')
  const lister = at(people, 'list', 'by staff ID').option('--after <staff-id>', 'the page after this one')
  lister.action(run(() => desk.listHubPeople(lister.opts<Options>(), lister.opts<Options>().after)))
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
  const revoke = at(
    hub.command('credentials').description('what people prove'),
    'revoke <id>',
    'for good',
  ).requiredOption('--reason <text>', 'why')
  revoke.action((id: string) => {
    const options = revoke.opts<Options>()
    return run(() => desk.revokeAtHub(options, id, options.reason ?? ''))()
  })
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
}
