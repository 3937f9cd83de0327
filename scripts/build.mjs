// `npm run build`: the production bundles in out/, made anew only when what they are made of has changed.
import { buildBundles } from './build-bundles.mjs'
import { installNodePackages } from './setup/node-packages.mjs'
import { installSystemPackages } from './setup/system-packages.mjs'
import { runScript } from './speak.mjs'

await runScript(async () => {
  await installSystemPackages(['base'])
  await installNodePackages()
  await buildBundles()
})
