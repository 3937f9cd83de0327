// `npm run demo`: a station with sample people in a throw-away folder; their setup keys and codes stay in the terminal.
import fs from 'node:fs'
import path from 'node:path'
import { buildBundles } from './build-bundles.mjs'
import { openWindow, readArguments } from './open-window.mjs'
import { node, root } from './project.mjs'
import { startChild } from './session/run-child.mjs'
import { openThrowAwaySession } from './session/throw-away.mjs'
import { prepareStation } from './setup/prepare.mjs'
import { Obstacle, runScript } from './speak.mjs'

const entry = path.join(root, 'src', 'cli', 'demo.ts')

await runScript(async () => {
  if (!fs.existsSync(entry)) throw new Obstacle('there is no demonstration yet (src/cli/demo.ts)')
  const args = readArguments(process.argv.slice(2))
  const electron = await prepareStation()
  await buildBundles()
  const session = await openThrowAwaySession('demo')
  try {
    const people = await fillStation(session.env)
    try {
      return await openWindow(electron, session.env, args)
    } finally {
      people.child.kill('SIGTERM')
      await people.ended
    }
  } finally {
    await session.close()
  }
})

/** Makes the sample people, and goes on showing their codes once it has said `ready` on a line of its own. */
async function fillStation(env) {
  const people = startChild(node, [entry], {
    cwd: root,
    // Its output passes through us, so it can't see for itself whether somebody is looking at a terminal.
    env: { ...env, WARDKEY_DEMO_TERMINAL: process.stdout.isTTY ? '1' : '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = new Promise((resolve) => {
    let text = ''
    let isReady = false
    people.child.stdout.setEncoding('utf8').on('data', (chunk) => {
      if (isReady) return process.stdout.write(chunk)
      text += chunk
      const line = /^ready\r?\n/m.exec(text)
      if (!line) return
      isReady = true
      process.stdout.write(text.slice(0, line.index) + text.slice(line.index + line[0].length))
      resolve(true)
    })
    people.child.once('close', () => {
      if (!isReady) process.stdout.write(text)
      resolve(false)
    })
  })
  if (!(await ready)) throw new Obstacle('the sample people could not be made')
  return people
}
