// The words of what keeps a hub in order, and what each calls: logs, retention, legal holds.
import type { Command } from 'commander'
import type { At } from './hub-commands.ts'
import { exportKept, verifyKept, verifyKeptFile } from './hub-log.ts'
import { liftHold, setHold, setRetention, showHolds, showRetention } from './hub-retention.ts'
import { UsageError } from './output.ts'
import type { Run } from './program.ts'

interface Options {
  readonly hub?: string
  readonly as?: string
  readonly code?: string
  readonly file?: string
  readonly person?: string
  readonly from?: string
  readonly to?: string
  readonly reason?: string
}

export function addHubCare(hub: Command, at: At, run: Run): void {
  const audit = hub.command('audit').description('one station’s log as the hub keeps it')
  const verify = at(audit, 'verify [number]', 'is it complete, unchanged, and signed by both?').option(
    '--file <export>',
    'an export instead of the hub',
  )
  verify.action((number: string | undefined) => {
    const { file, ...user } = verify.opts<Options>()
    if ((file === undefined) === (number === undefined)) throw new UsageError('give a station’s number or --file')
    return run(() => (file === undefined ? verifyKept(user, number ?? '') : verifyKeptFile(file)))()
  })
  const exporter = at(audit, 'export <number>', 'as JSON Lines on standard output')
  exporter.action((number: string) => run(() => exportKept(exporter.opts<Options>(), number))())

  const retention = hub.command('retention').description('how long the hub keeps what events say')
  const shown = at(retention, 'show', 'the days now')
  shown.action(run(() => showRetention(shown.opts<Options>())))
  const set = at(retention, 'set <days>', 'a number of days, or off').requiredOption('--reason <text>', 'why')
  set.action((days: string) => {
    const { reason, ...user } = set.opts<Options>()
    return run(() => setRetention(user, days, reason))()
  })

  const holds = hub.command('holds').description('legal holds: what is pruned by nothing')
  const list = at(holds, 'list', 'those that hold now')
  list.action(run(() => showHolds(list.opts<Options>())))
  const holder = at(holds, 'set', 'hold everything, or what these say')
    .option('--person <staff-id>', 'whatever names this person')
    .option('--from <time>', 'from this day or time on')
    .option('--to <time>', 'up to this day or time')
    .requiredOption('--reason <text>', 'why')
  holder.action(() => {
    const { person, from, to, reason, ...user } = holder.opts<Options>()
    return run(() => setHold(user, { person, from, to, reason }))()
  })
  const lift = at(holds, 'lift <id>', 'it holds no more').requiredOption('--reason <text>', 'why')
  lift.action((id: string) => {
    const { reason = '', ...user } = lift.opts<Options>()
    return run(() => liftHold(user, id, reason))()
  })
}
