// The operator's command line: its commands in their areas; exit status 3 is older data.
import { checkpoint, exportLog, verifyFile, verifyFolder } from './audit.ts'
import { addBrandCommands } from './brand-commands.ts'
import { addCareCommands } from './care-commands.ts'
import { composeCli } from './compose.ts'
import { listEmergency } from './emergency.ts'
import { addHubCommands } from './hub-commands.ts'
import { addStationSide } from './hub-station-commands.ts'
import { UsageError } from './output.ts'
import { addPeopleCommands } from './people-commands.ts'
import { addPolicyCommands } from './policy-commands.ts'
import { newProgram } from './program.ts'
import { status } from './status.ts'
import { addTokenCommands } from './token-commands.ts'

const { program, run, prepare: withJson, parse } = newProgram('wardkey', 'The lock on a shared workstation')

const audit = program.command('audit').description('the audit log')
const verify = withJson(audit.command('verify'))
  .description('is the log complete and unchanged?')
  .option('--data <dir>', "the station's data folder")
  .option('--file <export>', 'an export instead of a data folder')
  .option('--checkpoint <file>', 'a checkpoint kept elsewhere, which the log must extend')
verify.action(
  run(async () => {
    const { data, file, checkpoint: trusted } = verify.opts<{ data?: string; file?: string; checkpoint?: string }>()
    if (data !== undefined && file !== undefined) throw new UsageError('give --data or --file, not both')
    return file === undefined ? verifyFolder(composeCli(data), trusted) : verifyFile(file, trusted)
  }),
)
const show = withJson(audit.command('checkpoint')).description('the signed head of the log').option('--data <dir>')
show.action(run(() => checkpoint(composeCli(show.opts<{ data?: string }>().data))))
const exporter = withJson(audit.command('export'))
  .description('the log as JSON Lines or as a table, on standard output')
  .option('--data <dir>')
  .option('--format <format>', 'jsonl: can be verified; csv: for people, with their names', 'jsonl')
  .option('--since <number|date>', 'csv only: from this event, or from this day or time, on')
exporter.action(
  run(async () => {
    const { data, format, since } = exporter.opts<{ data?: string; format: string; since?: string }>()
    return exportLog(composeCli(data), format, since)
  }),
)
const state = withJson(program.command('status'))
  .description('what this station is and how it does')
  .option('--data <dir>')
state.action(run(() => status(composeCli(state.opts<{ data?: string }>().data))))
addPeopleCommands(program, withJson, run)
addCareCommands(program, withJson, run)
addPolicyCommands(program, withJson, run)
addBrandCommands(program, withJson, run)
const hub = program.command('hub').description('the hub: this station’s, and its administration')
addStationSide(hub, withJson, run)
addHubCommands(hub, withJson, run)
addTokenCommands(program, withJson, run)
const emergency = program.command('emergency').description('emergency access')
const uses = withJson(emergency.command('list'))
  .description('each use of an emergency code, with its review')
  .option('--data <dir>')
  .option('--page <n>', 'a page of 20, from 1', '1')
uses.action(
  run(async () => {
    const { data, page } = uses.opts<{ data?: string; page: string }>()
    if (!/^[1-9][0-9]{0,4}$/.test(page)) throw new UsageError('a page is a number from 1')
    return listEmergency(composeCli(data), Number(page) - 1)
  }),
)

await parse()
