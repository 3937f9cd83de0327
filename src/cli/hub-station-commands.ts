// The words of what a station does with its hub, and what each calls.
import type { Command } from 'commander'
import { composeCli } from './compose.ts'
import { hubStatus, join } from './hub.ts'
import type { Prepare, Run } from './program.ts'

interface Options {
  readonly data?: string
  readonly as?: string
  readonly code?: string
}

export function addStationSide(hub: Command, prepare: Prepare, run: Run): void {
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
