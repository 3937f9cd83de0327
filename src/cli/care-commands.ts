// The words of the commands that look after a station: backup, keys and doctor.
import type { Command } from 'commander'
import { composeCli } from './compose.ts'
import { doctor } from './doctor.ts'
import { rotate } from './keys.ts'
import type { Answer } from './output.ts'

/** Read when it is wanted: the other commands have no use for age's library. */
const backups = () => import('./backup.ts')

type Run = (work: () => Promise<Answer>) => () => Promise<void>

/** @param prepare adds what every command has; @param run prints what one answers with. */
export function addCareCommands(program: Command, prepare: (command: Command) => Command, run: Run): void {
  const begin = (parent: Command, usage: string, description: string) =>
    prepare(parent.command(usage)).description(description).option('--data <dir>', "the station's data folder")

  const backup = program.command('backup').description('one encrypted file that a station can be restored from')
  const creator = begin(backup, 'create <file>', 'back up this station; asks for a passphrase')
    .option('--as <staff-id>', 'the administrator who does it')
    .option('--code <code>', 'their one-time code; asked for where it is not given')
  creator.action((file: string) => {
    const options = creator.opts<{ data?: string; as?: string; code?: string }>()
    return run(async () => (await backups()).createBackup(composeCli(options.data), options, file))()
  })
  const restorer = begin(backup, 'restore <file>', 'restore into an empty folder, as a new station')
  restorer.action((file: string) =>
    run(async () => (await backups()).restore(composeCli(restorer.opts<{ data?: string }>().data), file))(),
  )
  const keys = program.command('keys').description('the keys under which this station rests')
  const rotator = begin(
    keys,
    'rotate',
    'a new key in the keychain, and everything under it; not while the station runs',
  )
    .option('--as <staff-id>', 'the administrator who does it')
    .option('--code <code>', 'their one-time code; asked for where it is not given')
  rotator.action(() => {
    const options = rotator.opts<{ data?: string; as?: string; code?: string }>()
    return run(() => rotate(composeCli(options.data), options))()
  })
  const examiner = begin(program, 'doctor', 'look at all that a station stands on, and say how to mend it')
  examiner.option('--kiosk', 'also which ways out of the window this computer closes')
  examiner.action(
    run(() => {
      const { data, kiosk } = examiner.opts<{ data?: string; kiosk?: boolean }>()
      return doctor(composeCli(data), kiosk)
    }),
  )
}
