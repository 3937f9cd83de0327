// `npm run bench`: the benchmarks, against the built app in a display and a keyring of their own.
import fs from 'node:fs'
import path from 'node:path'
import { buildBundles } from './build-bundles.mjs'
import { localCache, node, root } from './project.mjs'
import { runChild } from './session/run-child.mjs'
import { openThrowAwaySession } from './session/throw-away.mjs'
import { prepareStation } from './setup/prepare.mjs'
import { runScript } from './speak.mjs'

await runScript(async () => {
  const electron = await prepareStation({ tests: true })
  await buildBundles()
  // On the disk that the project is on: a temporary folder may be in memory, where a commit costs nothing.
  const folder = fs.mkdtempSync(path.join(localCache, 'bench-'))
  try {
    return await runBenchmarks(electron, folder)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

async function runBenchmarks(electron, folder) {
  const session = await openThrowAwaySession('bench')
  try {
    const own = { WARDKEY_BENCH_ELECTRON: electron.file, WARDKEY_BENCH_FOLDER: folder }
    const env = { ...session.env, ...electron.env, ...own }
    return await runChild(node, [path.join(root, 'test', 'bench', 'index.ts')], { cwd: root, env })
  } finally {
    await session.close()
  }
}
