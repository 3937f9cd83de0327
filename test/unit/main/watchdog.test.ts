// When the window is taken for one that paints no more, and when not.
import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchPainting } from '../../../src/main/watchdog.ts'

type Answer = 'painted' | 'empty' | 'nothing' | 'refused'
class Contents extends EventEmitter {
  answer: Answer = 'painted'
  loading = false
  devTools = false
  asked = 0
  isLoadingMainFrame = () => this.loading
  isDevToolsOpened = () => this.devTools
  executeJavaScript(): Promise<unknown> {
    this.asked++
    if (this.answer === 'nothing') return new Promise(() => {})
    return this.answer === 'refused' ? Promise.reject(new Error('gone')) : Promise.resolve(this.answer === 'painted')
  }
}
const shown = { destroyed: false, visible: true, minimized: false }
let state = { ...shown }
let contents: Contents
let missed: number

beforeEach(() => {
  vi.useFakeTimers()
  state = { ...shown }
  contents = new Contents()
  missed = 0
  const window = {
    webContents: contents,
    isDestroyed: () => state.destroyed,
    isVisible: () => state.visible,
    isMinimized: () => state.minimized,
  }
  watchPainting(window as unknown as BrowserWindow, () => {
    missed++
  })
})
afterEach(() => vi.useRealTimers())

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('says nothing of one that paints', async () => {
  await pass(60_000)
  expect(missed).toBe(0)
  expect(contents.asked).toBeGreaterThan(50)
})

it.each(['empty', 'nothing', 'refused'] as const)(
  'says it within three seconds where the answer is: %s',
  async (answer) => {
    await pass(10_000)
    contents.answer = answer
    await pass(3000)
    expect(missed).toBe(1)
  },
)

it('says it again where nothing changes, and never more than one question waits', async () => {
  contents.answer = 'nothing'
  await pass(10_000)
  expect(missed).toBeGreaterThan(2)
  expect(contents.asked).toBeLessThanOrEqual(missed + 1)
})

it('begins anew with another page: an answer of the one before counts for nothing', async () => {
  contents.answer = 'nothing'
  await pass(1200)
  contents.emit('render-process-gone')
  await pass(1200)
  contents.emit('did-finish-load')
  await pass(1200)
  expect(missed).toBe(0)
})

it('waits longer for a page that loads, and not for ever', async () => {
  contents.loading = true
  await pass(15_000)
  expect(missed).toBe(0)
  await pass(5000)
  expect(missed).toBe(1)
  expect(contents.asked).toBe(0)
})

it.each(['hidden', 'minimized', 'debugged', 'destroyed'] as const)('leaves one alone that is %s', async (how) => {
  contents.answer = 'nothing'
  if (how === 'hidden') state.visible = false
  if (how === 'minimized') state.minimized = true
  if (how === 'debugged') contents.devTools = true
  if (how === 'destroyed') state.destroyed = true
  await pass(20_000)
  expect(missed).toBe(0)
})
