// `npm run setup`: everything that the other commands set up on their own, and nothing else.
import { prepareStation } from './setup/prepare.mjs'
import { runScript, say } from './speak.mjs'

await runScript(async () => {
  const { file } = await prepareStation()
  say(`ready, with ${file}`)
})
