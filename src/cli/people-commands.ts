// The words of the people and credentials commands, and what each calls.
import type { Command } from 'commander'
import { composeCli } from './compose.ts'
import { letIn, listCredentials, revoke } from './credentials.ts'
import { auditOffers, createOffer, listAllOffers, withdraw } from './offers.ts'
import { type Answer, UsageError } from './output.ts'
import { add, exportPeople, importFile, list, setStatus } from './people.ts'

interface Options {
  data?: string
  as?: string
  code?: string
  second?: string
  secondCode?: string
  reason?: string
  add?: boolean
  filter?: string
  role?: string[]
  page?: string
  format?: string
  dryRun?: boolean
}
type Run = (work: () => Promise<Answer>) => () => Promise<void>
const changes = { suspend: 'suspended', reinstate: 'active', leave: 'left' } as const

/** @param prepare adds what every command has; @param run prints what one answers with. */
export function addPeopleCommands(program: Command, prepare: (command: Command) => Command, run: Run): void {
  const begin = (parent: Command, usage: string, description: string) =>
    prepare(parent.command(usage)).description(description).option('--data <dir>', "the station's data folder")
  const beginChange = (parent: Command, usage: string, description: string) =>
    begin(parent, usage, description)
      .option('--as <staff-id>', 'the administrator who does it')
      .option('--code <code>', 'their one-time code; asked for where it is not given')
      .option('--second <staff-id>', 'a second person, where policy wants two')
      .option('--second-code <code>', "the second person's one-time code")

  const people = program.command('people').description('who may sign in')
  const lister = begin(people, 'list [search]', 'find people by name or staff ID')
    .option('--page <n>', 'from 1', '1')
    .option('--filter <part>', 'everybody, active, no-phone, suspended, left', 'everybody')
  lister.action((search: string | undefined) => {
    const { data, page, filter } = lister.opts<Options>()
    return run(() => list(composeCli(data), search ?? '', pageOf(page), filter ?? ''))()
  })
  const adder = beginChange(people, 'add <staff-id> <name>', 'add one person').option(
    '--role <role...>',
    'staff, supervisor, administrator, auditor',
    ['staff'],
  )
  adder.action((id: string, name: string) => {
    const options = adder.opts<Options>()
    return run(() => add(composeCli(options.data), options, id, name, options.role ?? []))()
  })
  const importer = beginChange(people, 'import <file>', 'add the people of a CSV file, all of them or none').option(
    '--dry-run',
    'only say what would happen',
  )
  importer.action((file: string) => {
    const options = importer.opts<Options>()
    return run(() => importFile(composeCli(options.data), options, file, options.dryRun === true))()
  })
  const exporter = begin(people, 'export', 'all of them as a table, which `people import` reads').option(
    '--format <format>',
    'csv',
    'csv',
  )
  exporter.action(() => {
    const { data, format } = exporter.opts<Options>()
    return run(() => exportPeople(composeCli(data), format ?? ''))()
  })
  for (const [name, status] of Object.entries(changes)) {
    const command = beginChange(people, `${name} <staff-id>`, `from now on ${status}`).option('--reason <text>')
    command.action((id: string) => {
      const options = command.opts<Options>()
      return run(() => setStatus(composeCli(options.data), options, id, status, options.reason ?? ''))()
    })
  }

  const credentials = program.command('credentials').description('what people prove who they are by')
  const shower = begin(credentials, 'list <staff-id>', 'the credentials of a person')
  shower.action((id: string) => run(() => listCredentials(composeCli(shower.opts<Options>().data), id))())
  const revoker = beginChange(credentials, 'revoke <id>', 'end a credential at once').option('--reason <text>')
  revoker.action((id: string) => {
    const options = revoker.opts<Options>()
    return run(() => revoke(composeCli(options.data), options, id, options.reason ?? ''))()
  })
  const admitter = beginChange(credentials, 'let-in <id>', 'a phone of the hub that waits here').option(
    '--reason <text>',
  )
  admitter.action((id: string) => {
    const options = admitter.opts<Options>()
    return run(() => letIn(composeCli(options.data), options, id, options.reason ?? ''))()
  })

  const offers = program.command('offers').description('enrollments of phones, made and ended')
  const creator = beginChange(offers, 'create <staff-id>', 'an offer that somebody at the station then shows')
    .option('--add', 'a second phone beside the first')
    .option('--reason <text>', 'why the phone from before ends')
  creator.action((id: string) => {
    const options = creator.opts<Options>()
    const wish = { adds: options.add === true, reason: options.reason }
    return run(() => createOffer(composeCli(options.data), options, id, wish))()
  })
  const offerLister = begin(offers, 'list', 'those that live, and those that ended lately')
  offerLister.action(() => run(() => listAllOffers(composeCli(offerLister.opts<Options>().data)))())
  const withdrawer = beginChange(offers, 'withdraw <id>', 'end an offer at once').option('--reason <text>')
  withdrawer.action((id: string) => {
    const options = withdrawer.opts<Options>()
    return run(() => withdraw(composeCli(options.data), options, id, options.reason ?? ''))()
  })
  const auditor = begin(offers, 'audit [staff-id]', 'what was shown, when, to whom, by whom, and how it ended').option(
    '--page <n>',
    'from 1',
    '1',
  )
  auditor.action((id: string | undefined) => {
    const { data, page } = auditor.opts<Options>()
    return run(() => auditOffers(composeCli(data), id, pageOf(page)))()
  })
}

function pageOf(text = '1'): number {
  const page = Number(text)
  if (!Number.isInteger(page) || page < 1 || page > 100_000) throw new UsageError('--page is a number from 1')
  return page - 1
}
