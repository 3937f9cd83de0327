// The words of the policy commands, and what each calls.
import type { Command } from 'commander'
import { composeCli } from './compose.ts'
import { type Answer, UsageError } from './output.ts'
import { checkFile, schema, setFile, showPolicy } from './policy.ts'

interface Options {
  data?: string
  as?: string
  code?: string
  reason?: string
  version?: string
}
type Run = (work: () => Promise<Answer>) => () => Promise<void>

/** @param prepare adds what every command has; @param run prints what one answers with. */
export function addPolicyCommands(program: Command, prepare: (command: Command) => Command, run: Run): void {
  const policy = program.command('policy').description('what the station asks of whom')
  const begin = (usage: string, description: string) =>
    prepare(policy.command(usage)).description(description).option('--data <dir>', "the station's data folder")

  const shower = begin('show', 'the policy in force').option('--version <n>', 'an earlier one')
  shower.action(() => {
    const { data, version } = shower.opts<Options>()
    return run(() => showPolicy(composeCli(data), numberOf(version)))()
  })
  const checker = begin('check <file>', 'what is wrong with a policy, and how it differs from the one in force')
  checker.action((file: string) => run(() => checkFile(composeCli(checker.opts<Options>().data), file))())
  const setter = begin('set <file>', 'put a policy in force')
    .option('--as <staff-id>', 'the administrator who does it')
    .option('--code <code>', 'their one-time code; asked for where it is not given')
    .option('--reason <text>')
  setter.action((file: string) => {
    const options = setter.opts<Options>()
    return run(() => setFile(composeCli(options.data), options, file, options.reason ?? ''))()
  })
  prepare(policy.command('schema'))
    .description('the JSON Schema of a policy')
    .action(run(async () => schema()))
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new UsageError('--version is a number from 1')
  return number
}
