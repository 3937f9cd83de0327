// The hub's commands as a program of their own, beside a hub that has no tree of Wardkey: no station, no keychain.
import { addHubCommands } from './hub-commands.ts'
import { newProgram } from './program.ts'

const { program, run, prepare, parse } = newProgram('wardkey-hub-admin', 'the administration of a Wardkey hub')
addHubCommands(program, prepare, run)
await parse()
