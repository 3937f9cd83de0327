// What every program of the command line is: parses, runs one command, and ends with 0 done, 1 found a problem, 2 used wrongly.
import { Command, CommanderError } from 'commander'
import { type Answer, print, UsageError } from './output.ts'

export type Run = (work: () => Promise<Answer>) => () => Promise<void>
export type Prepare = (command: Command) => Command

export interface Program {
  readonly program: Command
  /** Every command ends here: its answer printed, its exit status kept. */
  readonly run: Run
  /** Adds what every command has. */
  readonly prepare: Prepare
  parse(): Promise<void>
}

export function newProgram(name: string, description: string): Program {
  const program = new Command(name).description(description).exitOverride()
  program.showHelpAfterError('(see --help)')
  let json = false
  let exitCode = 0
  const run: Run = (work) => async () => {
    const answer = await work()
    print(answer, json)
    exitCode = answer.status ?? (answer.found ? 1 : 0)
  }
  const prepare: Prepare = (command) =>
    command.option('--json', 'machine-readable output').hook('preAction', () => {
      json = command.opts<{ json?: boolean }>().json === true
    })
  const parse = async (): Promise<void> => {
    // Whoever reads us has seen enough, as in `audit export | head`.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
    try {
      await program.parseAsync()
    } catch (error) {
      if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 2
      else if (error instanceof UsageError) {
        console.error(error.message)
        exitCode = 2
      } else throw error
    }
    process.exitCode = exitCode
  }
  return { program, run, prepare, parse }
}
