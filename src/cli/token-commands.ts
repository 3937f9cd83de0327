// The words of the tokens commands, and what each calls.
import type { Command } from 'commander'
import { defaultTokenDays } from '../contracts/tokens.ts'
import { composeCli } from './compose.ts'
import type { Answer } from './output.ts'
import { createToken, endToken, showTokens } from './tokens.ts'

interface Options {
  readonly data?: string
  readonly as?: string
  readonly code?: string
  readonly may: string
  readonly days?: string
  readonly reason?: string
}
type Run = (work: () => Promise<Answer>) => () => Promise<void>

/** @param prepare adds what every command has; @param run prints what one answers with. */
export function addTokenCommands(program: Command, prepare: (command: Command) => Command, run: Run): void {
  const tokens = program.command('tokens').description("IT's tokens, for changes without an administrator at hand")
  const begin = (usage: string, description: string) =>
    prepare(tokens.command(usage)).description(description).option('--data <dir>', "the station's data folder")
  const change = (usage: string, description: string) =>
    begin(usage, description)
      .option('--as <staff-id>', 'the administrator who does it')
      .option('--code <code>', 'their one-time code; asked for where it is not given')

  const creator = change('create <name>', 'a new token, shown once')
    .requiredOption('--may <scopes>', 'what it is for, such as people.add,people.import,offers')
    .option('--days <n>', 'how long it works, 1 to 366', String(defaultTokenDays))
  creator.action((name: string) => {
    const options = creator.opts<Options>()
    return run(() => createToken(composeCli(options.data), options, name, options))()
  })
  const lister = begin('list', 'those that were not revoked, and those that were lately')
  lister.action(() => run(() => showTokens(composeCli(lister.opts<Options>().data)))())
  const revoker = change('revoke <name|id>', 'end a token at once').option('--reason <text>')
  revoker.action((which: string) => {
    const options = revoker.opts<Options>()
    return run(() => endToken(composeCli(options.data), options, which, options.reason ?? ''))()
  })
}
