// The packaged app begins here: as the station's window, or headless as the command line, for which no Node needs to be there.
import { app } from 'electron'
import { chooseStart } from './choose.ts'

const start = chooseStart(process.argv.slice(1))
if (start.kind === 'window') await import('../main/index.ts')
else {
  // The folder that the window takes, where nothing else is said.
  process.env.WARDKEY_DATA_DIR ||= app.getPath('userData')
  process.argv.splice(1, Number.POSITIVE_INFINITY, ...start.args)
  await import('../cli/index.ts')
  // Before Electron has so much as looked for a display. Its own `exit` does not look at the status that was left.
  process.exit(process.exitCode)
}
