// `npm run bench`: the benchmarks, against the built app in a display and a keyring of their own.
import fs from 'node:fs'
import path from 'node:path'
import { buildBundles } from './build-bundles.mjs'
import { node, root } from './project.mjs'
import { runChild } from './session/run-child.mjs'
import { openThrowAwaySession } from './session/throw-away.mjs'
import { prepareStation } from './setup/prepare.mjs'
import { Obstacle, runScript } from './speak.mjs'

await runScript(async () => {
  const entry = path.join(root, 'test', 'bench', 'index.ts')
  if (!fs.existsSync(entry)) throw new Obstacle('there are no benchmarks yet (test/bench/index.ts)')
  const electron = await prepareStation({ tests: true })
  await buildBundles()
  const session = await openThrowAwaySession('bench')
  try {
    const env = { ...session.env, ...electron.env }
    return await runChild(node, [entry, ...process.argv.slice(2)], { cwd: root, env })
  } finally {
    await session.close()
  }
})
