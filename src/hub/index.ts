// The hub as a process: settings from the environment, one line of where it is, and an end in good order.
import path from 'node:path'
import { startHub } from './compose.ts'
import { NewerDatabaseError } from './migrations.ts'
import { readSettings, SettingsError } from './settings.ts'

const version = process.env.npm_package_version ?? '0.0.0'
/** Set where the hub was built as one folder, which has its administration beside it. */
const administration = process.env.WARDKEY_HUB_ADMINISTRATION ?? 'npm run -s cli -- hub'
try {
  const settings = readSettings(process.env, path.resolve('.wardkey', 'hub'))
  const hub = await startHub(settings, { version, logs: true })
  console.log(`wardkey hub: at ${hub.address}`)
  if (hub.setupLink)
    console.log(
      `wardkey hub: nobody is set up yet. This link makes the first administrator, once:\n  ${hub.setupLink}\n` +
        `  on the command line: ${administration} set-up '${hub.setupLink}'`,
    )
  if (hub.isSetUpElsewhere)
    console.log(
      'wardkey hub: nobody is set up yet. The link for it is what the first process on this database printed.',
    )
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      void hub.stop().then(() => process.exit(0))
    })
  console.log('wardkey hub: ready')
} catch (error) {
  const known = error instanceof SettingsError || error instanceof NewerDatabaseError
  console.error(`wardkey hub: ${known ? error.message : `could not start: ${(error as Error).message}`}`)
  // Whatever is still open: whoever started it has to learn that it is not there.
  process.exit(1)
}
