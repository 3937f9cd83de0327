// `npm run package:hub`: the hub as one folder, out/hub, that runs wherever there is Node and nothing else.
import path from 'node:path'
import { modules, node, root } from './project.mjs'
import { runQuietly } from './run-quietly.mjs'
import { prepareNode } from './setup/prepare.mjs'
import { Obstacle, runScript, say } from './speak.mjs'

await runScript(async () => {
  await prepareNode()
  const vite = path.join(modules, 'vite', 'bin', 'vite.js')
  const { ok, output } = await runQuietly(node, [vite, 'build', '--config', 'vite.hub.config.ts'], { cwd: root })
  if (!ok) throw new Obstacle(`the build failed:\n${output}`)
  say('the hub is in out/hub: copy it to where it runs; its README.md says how to go on')
})
