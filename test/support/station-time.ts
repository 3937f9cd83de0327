// The clock of a station whose test is not about time: where a person would wait for the next code, it goes ahead instead.
import { setTimeout as delay } from 'node:timers/promises'
import type { ElectronApplication } from '@playwright/test'

interface Going {
  readonly folder: string
  readonly app: ElectronApplication
}
/** How far ahead of this computer's clock a station is, by its folder: a restart does not set it back. */
const ahead = new Map<string, number>()
let going: Going | null = null

const aheadMs = (): number => (going ? (ahead.get(going.folder) ?? 0) : 0)

/** Wall time as the station that runs has it. */
export const nowMs = (): number => Date.now() + aheadMs()

/** From then on the test's waiting moves the station's clock. */
export async function begin(folder: string, app: ElectronApplication): Promise<void> {
  going = { folder, app }
  await passMs(0)
}

export function end(): void {
  going = null
}

/** As long as it takes, or no time at all where the station's clock can go ahead. */
export async function passMs(ms: number): Promise<void> {
  if (!going) return delay(ms)
  const { folder, app } = going
  ahead.set(folder, aheadMs() + ms)
  await app.evaluate((_electron, by) => {
    const main = globalThis as { computersNow?: () => number }
    main.computersNow ??= Date.now
    const now = main.computersNow
    Date.now = () => now() + by
  }, aheadMs())
}

/** For the command line beside it, which has the same clock. */
export function sameTime(): Record<string, string> {
  if (aheadMs() === 0) return {}
  const code = `const now = Date.now; Date.now = () => now() + ${aheadMs()}`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` }
}
