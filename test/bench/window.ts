// From a cold process to a lock screen that a person can use, beside an empty window; and the memory of both at rest.
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { launch } from './launch.ts'
import { type Subject, takeTurns } from './measure.ts'
import { memoryOf } from './memory.ts'
import { compare, type Result } from './result.ts'
import { setUpStation } from './set-up.ts'

const rounds = 12
const warmUps = 2
const atRestMs = 3_000

/**
 * When the largest part of the page was painted, in wall time; the page keeps it, so that nobody has to watch it start.
 * A part that was taken away since, as of the screen before, has no element any more.
 */
const paintedAt = `new Promise((resolve, reject) => {
  const late = setTimeout(() => reject(new Error('nothing was painted that is still there')), 15000)
  new PerformanceObserver((list) => {
    const last = list.getEntries().at(-1)
    if (!last.element) return
    clearTimeout(late)
    resolve(performance.timeOrigin + last.renderTime)
  }).observe({ type: 'largest-contentful-paint', buffered: true })
})`
/** The lock screen is there, and whatever is typed goes into its first field. */
const isUsable = `document.querySelector('[role=img][aria-label="Login QR code"]') !== null &&
  document.activeElement?.labels?.[0]?.textContent === 'Staff ID'`

interface App {
  readonly folder: string
  readonly data: string
  readonly isReady: string
  readonly memory: number[]
}

export async function benchWindow(electron: string, root: string): Promise<Result[]> {
  const data = process.env.WARDKEY_DATA_DIR
  if (!data) throw new Error('WARDKEY_DATA_DIR names no folder')
  await setUpStation(data)
  const emptyData = path.join(data, 'empty')
  fs.mkdirSync(emptyData)
  const station: App = { folder: root, data, isReady: isUsable, memory: [] }
  const empty: App = {
    folder: path.join(import.meta.dirname, 'empty-app'),
    data: emptyData,
    isReady: 'true',
    memory: [],
  }
  const samples = await takeTurns(
    rounds,
    { station: starting(electron, station), empty: starting(electron, empty) },
    warmUps,
  )
  const start = compare('start to lock screen', samples.station, 'empty window', samples.empty, { aim: 1.25 })
  if (station.memory.length === 0) return [start]
  const [ours, theirs] = [station.memory.slice(warmUps), empty.memory.slice(warmUps)]
  return [start, compare('memory at rest', ours, 'empty window', theirs, { unit: 'MB', aim: 1.3 })]
}

function starting(electron: string, app: App): Subject {
  return async () => {
    const running = await launch(electron, app.folder, { ...process.env, WARDKEY_DATA_DIR: app.data })
    try {
      await delay(atRestMs)
      // Before anybody asks the page: an inspector takes memory too.
      const memory = memoryOf(running.pid)
      if (memory !== null) app.memory.push(memory)
      const paintedAtMs = Number(await running.ask(paintedAt))
      if ((await running.ask(app.isReady)) !== true) throw new Error(`${app.folder}: not what was to be shown`)
      return paintedAtMs - running.startedAtMs
    } finally {
      await running.quit()
    }
  }
}
