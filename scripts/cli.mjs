// `npm run -s cli -- ...`: the operator's command line on the sources; only its own output goes to stdout.
import fs from 'node:fs'
import path from 'node:path'
import { calledFrom, node, root } from './project.mjs'
import { runChild } from './session/run-child.mjs'
import { chooseDataFolder, openSession } from './session/session.mjs'
import { prepareNode } from './setup/prepare.mjs'
import { Obstacle, runScript } from './speak.mjs'

await runScript(async () => {
  const args = process.argv.slice(2)
  await prepareNode()
  const entry = path.join(root, 'src', 'cli', 'index.ts')
  if (!fs.existsSync(entry)) throw new Obstacle('there is no command line yet (src/cli/index.ts)')
  const session = await openSession({ dataFolder: findDataFolder(args), keyring: 'existing' })
  try {
    return await runChild(node, [entry, ...args], { cwd: calledFrom, env: session.env })
  } finally {
    await session.close()
  }
})

/** The keyring has to be that of the folder in question, which may be named among the arguments. */
function findDataFolder(args) {
  const at = args.indexOf('--data')
  const joined = args.find((arg) => arg.startsWith('--data='))
  if (at >= 0 && args[at + 1]) return chooseDataFolder(args[at + 1])
  return chooseDataFolder(joined?.slice('--data='.length) || undefined)
}
