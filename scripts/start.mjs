// `npm start`: the station in development mode, set up from nothing if need be.
import { buildBundles } from './build-bundles.mjs'
import { openWindow, readArguments } from './open-window.mjs'
import { openSession } from './session/session.mjs'
import { prepareStation } from './setup/prepare.mjs'
import { runScript } from './speak.mjs'

await runScript(async () => {
  const args = readArguments(process.argv.slice(2))
  const electron = await prepareStation()
  await buildBundles()
  const session = await openSession({ display: true })
  try {
    return await openWindow(electron, session.env, args)
  } finally {
    await session.close()
  }
})
