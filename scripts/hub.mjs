// `npm run hub`: the hub on the sources, with its embedded database in .wardkey/hub unless the environment says otherwise.
import path from 'node:path'
import { calledFrom, node, readPackage, root } from './project.mjs'
import { runChild } from './session/run-child.mjs'
import { prepareNode } from './setup/prepare.mjs'
import { runScript } from './speak.mjs'

await runScript(async () => {
  await prepareNode()
  const folder = process.env.WARDKEY_HUB_DATA_DIR || path.join(root, '.wardkey', 'hub')
  const env = { ...process.env, WARDKEY_HUB_DATA_DIR: path.resolve(calledFrom, folder) }
  env.npm_package_version = readPackage(root).version
  return runChild(node, [path.join(root, 'src', 'hub', 'index.ts')], { cwd: root, env })
})
