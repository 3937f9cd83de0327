// `npm run reading`: how often the login QR code is read, under which conditions, into docs/reading.md.
import path from 'node:path'
import { buildBundles } from './build-bundles.mjs'
import { node, root } from './project.mjs'
import { runChild } from './session/run-child.mjs'
import { openThrowAwaySession } from './session/throw-away.mjs'
import { prepareStation } from './setup/prepare.mjs'
import { runScript } from './speak.mjs'

await runScript(async () => {
  const electron = await prepareStation({ tests: true })
  await buildBundles()
  const session = await openThrowAwaySession('reading')
  try {
    const entry = path.join(root, 'test', 'reading', 'index.ts')
    return await runChild(node, [entry], { cwd: root, env: { ...session.env, ...electron.env } })
  } finally {
    await session.close()
  }
})
